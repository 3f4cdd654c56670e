"""The writing screen in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Post
from tests.builders import make_photo, make_post, make_section, make_story, make_user


@pytest.fixture
def desk(open_page, live_server, roles):
    """A page signed in as an editor, and all that its console complained about."""
    make_user(username="editor")
    page = open_page()
    page.complaints = []
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else None
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "in-tests-only")
    page.click("[type=submit]")
    page.base = live_server.url
    return page


def open_form(page, post=None):
    page.goto(f"{page.base}/admin/articles/post/{f'{post.pk}/change' if post else 'add'}/")
    page.wait_for_selector("body.writing-ready")


def pick(page, selector, term):
    page.locator(f"{selector} + .select2-container").click()
    page.keyboard.type(term)
    page.locator(".select2-results__option", has_text=term).first.click()


def complaints(page):
    return [text for text in page.complaints if "404" not in text]


def test_an_editor_makes_the_whole_political_story(desk):
    make_photo(caption="A street in Aleppo")
    make_section("Politics")
    make_story("Ceasefire talks resume")
    make_story("Aid convoy waits")
    make_story("How the siege began")
    open_form(desk)

    desk.fill("#id_headline", "Labour leader criticises attacks on Aleppo")
    desk.fill("#id_standfirst", "He told the Commons that it must stop.")
    desk.select_option("#id_section", label="Politics")
    desk.click(".lead-adder button")
    pick(desk, "#id_articles_caption_set-0-photo", "A street in Aleppo")
    desk.click(".block-text:not(.empty-form) .tiptap")
    desk.keyboard.type("First paragraph.")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Second paragraph.")
    for number, headline in enumerate(
        ["Ceasefire talks resume", "Aid convoy waits", "How the siege began"]
    ):
        desk.click(".adders button:has-text('Related link')")
        pick(desk, f"#id_articles_relatedlink_set-{number}-story", headline)
    desk.select_option("#id_articles_relatedlink_set-0-label", "watch")
    heads = desk.locator(".order-machine .inline-related:not(.empty-form) .inline_label")
    assert heads.all_inner_texts() == [
        "A street in Aleppo",
        "First paragraph. Second paragraph.",
        "WATCH: Ceasefire talks resume",
        "Aid convoy waits",
        "How the siege began",
    ]
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/**")

    post = Post.objects.get(headline__startswith="Labour leader")
    links = list(post.articles_relatedlink_set.all())
    assert links[0].story.headline == "Ceasefire talks resume"
    assert [link.label for link in links] == ["watch", "", ""]
    assert "<p>Second paragraph.</p>" in post.articles_text_set.get().html
    assert post.articles_caption_set.get().region == "lead"
    assert complaints(desk) == []


def test_a_block_is_moved_with_the_keyboard_alone(desk):
    post = make_post(text="<p>One.</p>")
    post.articles_text_set.create(region="body", ordering=20, html="<p>Two.</p>")
    open_form(desk, post)

    desk.get_by_role("button", name="Move down: One.").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+s")
    desk.wait_for_url("**/change/#**")
    desk.wait_for_selector(".messagelist")

    assert [block.html for block in post.articles_text_set.all()] == ["<p>Two.</p>", "<p>One.</p>"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_form(desk, scheme):
    post = make_post(
        text="<p>One.</p>", photo=make_photo(), topics=["Syria"], authors=["Anna Brown"]
    )
    desk.emulate_media(color_scheme=scheme)
    open_form(desk, post)

    found = Axe().run(desk).response["violations"]

    assert [(each["id"], [n["html"][:150] for n in each["nodes"]]) for each in found] == []


def test_the_password_can_be_changed_under_the_content_policy(desk):
    desk.goto(f"{desk.base}/admin/password_change/")
    desk.fill("#id_old_password", "in-tests-only")
    desk.fill("#id_new_password1", "another-long-word-9")
    desk.fill("#id_new_password2", "another-long-word-9")
    desk.click("form#content-main [type=submit], #content-main [type=submit]")

    assert "password_change/done" in desk.url
    assert complaints(desk) == []
