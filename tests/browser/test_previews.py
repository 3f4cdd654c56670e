"""Previews: beside the text, and by a link in a browser that knows nobody."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.models import Note, Post, PreviewApproval, PreviewLink
from articles.publishing.preview_links.make import make_link
from tests.builders import make_post

from .accessibility import violations
from .desk import complaints, open_story, save, sign_in, type_at_end

LONG = "".join(f"<p>Paragraph {number}, with words enough for a line.</p>" for number in range(60))
COPIED = "The link is copied. Paste it into a message."
FRAME = ".preview-frame iframe"


@pytest.fixture
def editor(desk_server, open_page):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return sign_in(page, desk_server, names.EDITOR, "editor")


@pytest.fixture
def post(roles):
    return make_post("Talks resume", text=LONG, status="draft")


def keep(page, name):
    """A picture to look at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder) / f"{name}.png")


def faults(page):
    """What axe finds; the page has its own size again afterwards."""
    size = page.viewport_size
    found = violations(page)
    page.set_viewport_size(size)
    return found


def shown_scale(page):
    return page.locator(FRAME).evaluate(
        "frame => [frame.offsetWidth, Math.round(frame.getBoundingClientRect().width)]"
    )


def test_the_preview_has_three_widths_that_fit_and_its_own_colours(editor, post):
    open_story(editor, post)
    editor.click("#preview-button")
    frame = editor.frame_locator(FRAME)
    frame.locator("h1").wait_for()

    for width, pixels in (("phone", 390), ("tablet", 820), ("desktop", 1280)):
        editor.click(f"[data-width={width}]")
        expect(editor.locator(f"[data-width={width}].button")).to_have_attribute(
            "aria-pressed", "true"
        )
        whole, shown = shown_scale(editor)
        assert whole == pixels
        room = editor.locator(".preview-frame").bounding_box()["width"]
        assert shown <= room + 1
        keep(editor, f"pane-{width}")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = frame.locator("body").evaluate(f"() => {paper}")
    editor.click("[data-scheme=dark]")
    dark = frame.locator("body").evaluate(f"() => {paper}")
    keep(editor, "pane-dark")

    assert light != dark
    assert editor.evaluate("matchMedia('(prefers-color-scheme: light)').matches")
    assert faults(editor) == {}
    assert complaints(editor) == []


def test_what_was_chosen_is_remembered_on_this_device(editor, post):
    open_story(editor, post)
    editor.click("#preview-button")
    editor.click("[data-width=tablet].button")
    editor.click("[data-scheme=dark]")

    open_story(editor, post)

    expect(editor.locator("#preview")).to_be_visible()
    expect(editor.locator("[data-width=tablet].button")).to_have_attribute("aria-pressed", "true")
    expect(editor.locator("[data-scheme=dark]")).to_have_attribute("aria-pressed", "true")


def test_unsaved_words_are_shown_where_the_page_was_scrolled(editor, post):
    open_story(editor, post)
    editor.click("#preview-button")
    frame = editor.frame_locator(FRAME)
    frame.locator("h1").wait_for()
    scroll = "() => window.scrollTo({top: 400, behavior: 'instant'})"
    frame.locator("body").evaluate(scroll)
    # From now on nothing is saved.
    editor.route("**/save/", lambda route: route.abort())

    type_at_end(editor, 0, " Typed just now.")

    expect(frame.locator("body")).to_contain_text("Typed just now.")
    assert frame.locator("body").evaluate("() => window.scrollY") == 400
    assert "Typed" not in Post.objects.get().articles_text_set.get().html
    editor.unroute("**/save/")


def test_a_link_in_the_preview_opens_beside_it(editor, post):
    open_story(editor, post)
    editor.click("#preview-button")
    frame = editor.frame_locator(FRAME)

    with editor.context.expect_page() as opened:
        frame.locator(".masthead-name a").click()

    assert opened.value.url.rstrip("/") == editor.base
    expect(frame.locator("h1")).to_be_visible()


def test_the_preview_is_reached_and_left_by_keyboard(editor, post):
    open_story(editor, post)
    editor.focus("#preview-button")
    editor.keyboard.press("Enter")
    editor.focus("[data-width=phone].button")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")

    expect(editor.locator("[data-width=tablet].button")).to_have_attribute("aria-pressed", "true")
    # Once it is loaded it has the colours that were chosen.
    editor.frame_locator(FRAME).locator("html[style]").wait_for()
    editor.frame_locator(FRAME).locator(".skip").focus()
    editor.keyboard.press("Escape")
    expect(editor.locator("#preview")).to_be_hidden()
    assert editor.evaluate("document.activeElement.id") == "preview-button"


def test_on_a_phone_the_preview_is_a_sheet(desk_server, open_page, post):
    phone = sign_in(open_page(width=360, height=740), desk_server, names.EDITOR, "editor")
    open_story(phone, post)

    phone.click("#preview-button")

    phone.frame_locator(FRAME).locator("h1").wait_for()
    keep(phone, "sheet-phone")
    box = phone.locator("#preview").bounding_box()
    assert (box["width"], round(box["y"] + box["height"])) == (360, 740)
    assert phone.evaluate("document.querySelector('.writing-page').inert")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.click("#share-button")
    phone.locator(".share-form").wait_for()
    keep(phone, "share-phone")
    assert violations(phone) == {}
    phone.keyboard.press("Escape")
    phone.click("#preview-close")
    assert not phone.evaluate("document.querySelector('.writing-page').inert")


def test_a_lawyer_is_sent_a_link_reads_answers_approves_and_is_shut_out(editor, open_page, post):
    open_story(editor, post)
    type_at_end(editor, 0, " The marker.")
    editor.click("#preview-button")
    editor.click("#share-button")
    editor.fill("#share-for_whom", "Jane Smith, lawyer")
    editor.check("#share-may_approve")
    keep(editor, "share-open")
    editor.click("[data-make]")

    expect(editor.locator(".share-said")).to_have_text(COPIED)
    address = editor.evaluate("navigator.clipboard.readText()")
    keep(editor, "share-made")
    assert faults(editor) == {}
    assert complaints(editor) == []

    lawyer = open_page()
    answer = lawyer.goto(address)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    expect(lawyer.locator("main")).to_contain_text("The marker.")
    expect(lawyer.get_by_text("Preview, not published")).to_be_visible()
    assert lawyer.title().startswith("PREVIEW: Talks resume")
    keep(lawyer, "guest")
    lawyer.evaluate("scrollTo(0, 2000)")
    expect(lawyer.get_by_text("Preview, not published")).to_be_in_viewport()
    assert faults(lawyer) == {}

    lawyer.fill("#note-text", "Say who told you so.")
    lawyer.click("text=Send the note")
    expect(lawyer.locator(".guest-said")).to_have_text(
        "Thank you. Your note has reached the newsroom."
    )
    expect(lawyer.locator("#note-form .guest-said")).to_be_in_viewport()
    version = Post.objects.get().version
    lawyer.click("text=I approve this version")
    expect(lawyer.locator(".guest-said")).to_contain_text(f"you approve version {version}")
    expect(lawyer.locator(".guest-said")).to_be_in_viewport()
    expect(lawyer.get_by_text("I approve this version")).to_have_count(0)
    keep(lawyer, "guest-approved")
    lawyer.locator("#guest-answer").scroll_into_view_if_needed()
    keep(lawyer, "guest-answer")
    assert faults(lawyer) == {}
    assert not lawyer.context.cookies()
    assert PreviewApproval.objects.get().name == "Jane Smith, lawyer"
    assert Note.objects.filter(to__username="editor").count() == 2

    editor.keyboard.press("Escape")
    type_at_end(editor, 1, " Another word.")
    save(editor)
    editor.click("#preview-close")
    editor.click("#tab-notes")
    expect(editor.locator("#side-notes")).to_contain_text("The words were changed since.")
    expect(editor.locator("#note-list")).to_contain_text("Say who told you so.")
    keep(editor, "notes")
    editor.click("#more-button")
    editor.click("#share-menu-button")
    expect(editor.locator(".share-row")).to_contain_text("Opened once")
    keep(editor, "share-list")
    editor.locator(".share-row").get_by_role("button", name="Revoke").click()
    expect(editor.locator(".share-row")).to_contain_text("Revoked.")
    assert PreviewLink.objects.get().openings == 1

    assert lawyer.goto(address).status == 410
    expect(lawyer.locator("h1")).to_have_text("This preview is not open")
    keep(lawyer, "guest-closed")


def test_the_page_of_links_and_that_of_all_of_the_desk(editor, post):
    for path in (f"/admin/articles/post/{post.pk}/previews/", "/admin/previews/"):
        editor.goto(editor.base + path)
        if "post" in path:
            editor.fill("#share-for_whom", "An interviewee")
            editor.click("[data-make]")
            editor.locator(".share-row").wait_for()
        keep(
            editor,
            f"page-{path.strip('/').rpartition('/')[2]}-{'one' if 'post' in path else 'all'}",
        )
        assert faults(editor) == {}
    editor.get_by_role("button", name="Revoke").click()
    expect(editor.locator("#content-main")).to_contain_text("No link is open.")


def test_a_guest_on_a_phone_in_the_dark(desk_server, open_page, editor, post):

    link = make_link(post, by=User.objects.get(), may_approve=True)
    phone = open_page(width=360, height=740, color_scheme="dark")

    phone.goto(f"{desk_server}/preview/{link.token}/")

    keep(phone, "guest-phone-dark")
    phone.locator("#guest-answer").scroll_into_view_if_needed()
    keep(phone, "guest-phone-dark-answer")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.click("text=Send the note")
    # The browser says what is missing, before anything is sent.
    assert phone.evaluate("document.activeElement.id") == "note-text"
