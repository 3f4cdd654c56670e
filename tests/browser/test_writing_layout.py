"""Where things stand on the writing screen, and that they stay there."""

import pytest
from playwright.sync_api import expect

from articles.desk import roles as names
from tests.builders import make_post

from .accessibility import violations
from .desk import TEXT, open_story, paragraph, sign_in

LONG = "".join(f"<p>Paragraph {number}.</p>" for number in range(12))


@pytest.fixture
def editor(desk_server, open_page):
    return sign_in(open_page(), desk_server, names.EDITOR, "editor")


def left(page, selector):
    return page.locator(selector).bounding_box()["x"]


def test_the_preview_stands_beside_the_text_of_a_long_story(editor):
    open_story(editor, make_post("Talks", text=LONG, status="draft"))
    expect(editor.locator("#outline li")).to_have_count(12)

    editor.click("#preview-button")

    text = editor.locator(TEXT).bounding_box()
    assert text["width"] > 500
    assert left(editor, "#preview") >= text["x"] + text["width"]


def test_the_text_stands_still_when_the_outline_comes(editor):
    open_story(editor, make_post("Talks", text=LONG[:78], status="draft"))
    before = left(editor, TEXT)

    paragraph(editor, 0).click()
    for _number in range(9):
        editor.keyboard.press("Enter")
        editor.keyboard.type("More.")

    expect(editor.locator("#outline")).to_be_visible()
    assert left(editor, TEXT) == before


def test_the_first_words_of_a_new_story_stand_in_the_upper_half(editor):
    open_story(editor)
    assert editor.locator(f"{TEXT} > p").bounding_box()["y"] < 900 * 0.4


def test_what_the_server_says_is_put_away_with_a_button(editor):
    post = make_post("Talks", text=LONG, status="draft")
    editor.goto(f"{editor.base}/admin/articles/post/{post.pk}/step/cancel/")
    said = editor.locator("#story-messages p")
    expect(said).to_contain_text("is not possible now: this story is “Draft”.")

    said.get_by_role("button").click()
    expect(said).to_have_count(0)


def test_what_a_step_finds_missing_leads_to_its_place(editor):
    post = make_post("Talks", text="<p>One is here.</p>", status="draft", section=None)
    editor.goto(f"{editor.base}/admin/articles/post/{post.pk}/step/send_to_review/")

    editor.get_by_role("link", name="The section is missing.").click()
    editor.wait_for_selector("body.writing-ready")

    expect(editor.locator("#id_section")).to_be_focused()


def blocks(page):
    return page.locator(f"{TEXT} > p").all_inner_texts()


def test_a_block_is_dragged_to_its_place_in_the_outline(editor):
    open_story(editor, make_post("Talks", text=LONG, status="draft"))
    lines = editor.locator("#outline button")
    expect(lines).to_have_count(12)

    lines.nth(0).drag_to(lines.nth(3), target_position={"x": 20, "y": 20})

    expect(lines.nth(3)).to_have_text("Paragraph 0.")
    assert blocks(editor)[:4] == [f"Paragraph {number}." for number in (1, 2, 3, 0)]


def test_alt_and_the_arrows_move_a_block_in_the_outline(editor):
    open_story(editor, make_post("Talks", text=LONG, status="draft"))
    lines = editor.locator("#outline button")

    lines.nth(2).focus()
    editor.keyboard.press("Alt+ArrowUp")

    expect(lines.nth(1)).to_have_text("Paragraph 2.")
    assert blocks(editor)[:3] == [f"Paragraph {number}." for number in (0, 2, 1)]


def test_ctrl_enter_takes_the_next_step_from_the_search_in_a_picker(editor):
    open_story(editor)
    editor.keyboard.type("Talks resume")
    editor.locator(".field-topics .select2-search__field").focus()

    editor.keyboard.press("Control+Enter")

    expect(editor.locator("#story-state")).to_have_text("In review")


def test_ctrl_enter_puts_no_line_break_into_the_text(editor):
    open_story(editor, make_post("Talks", text="<p>One.</p>", status="draft"))
    paragraph(editor, 0).click()

    editor.keyboard.press("Control+Enter")

    expect(editor.locator("#story-state")).to_have_text("In review")
    assert blocks(editor) == ["One."]


def test_the_details_of_a_story_are_a_sheet_on_a_phone(editor):
    editor.set_viewport_size({"width": 360, "height": 760})
    post = make_post("Talks", text=LONG, status="draft", section=None)
    open_story(editor, post)
    expect(editor.locator("#side-button")).to_have_text("Details 1")

    editor.click("#side-button")
    assert violations(editor) == {}
    editor.click("#tab-before")
    editor.get_by_role("button", name="The section is missing.").click()
    expect(editor.locator("#id_section")).to_be_focused()
    editor.keyboard.press("Escape")

    expect(editor.locator("#story-side")).to_be_hidden()
    expect(editor.locator("#side-button")).to_be_focused()


@pytest.mark.parametrize("width", [390, 800])
def test_what_more_there_is_to_do_with_a_story_one_can_only_read_stands_on_the_page(
    desk_server, open_page, width
):
    page = sign_in(open_page(width=width), desk_server, names.REPORTER, "leila")
    open_story(page, make_post("Talks", text=LONG, status="in_review"))

    page.click("#more-button")

    menu = page.locator("#more-menu").bounding_box()
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= width


def test_escape_closes_the_menu_wherever_the_keys_are(editor):
    open_story(editor, make_post("Talks", text=LONG, status="ready"))
    menu = editor.locator("#more-menu")
    editor.click("#more-button")
    # “Schedule…” is the first, and stands beside the menu on a wide screen.
    assert editor.evaluate("document.activeElement.offsetParent?.id") == "more-menu"

    for leave in (lambda: None, lambda: editor.evaluate("document.activeElement.blur()")):
        leave()
        editor.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(editor.locator("#more-button")).to_be_focused()
        editor.click("#more-button")
        expect(menu).to_be_visible()


def test_who_comes_to_a_place_from_another_page_finds_the_checks_beside_it(editor):
    post = make_post("Talks", text='<p>He said "not now" and left.</p>', status="draft")
    story = f"{editor.base}/admin/articles/post/{post.pk}"
    editor.goto(f"{story}/checks/")
    editor.click("text=A straight quotation mark")
    editor.wait_for_selector("body.writing-ready")

    expect(editor.locator("#tab-before[aria-selected=true]")).to_be_visible()
    assert editor.evaluate("getSelection().toString()") == '"not now"'
    expect(editor.locator("#missing-count")).not_to_be_empty()
