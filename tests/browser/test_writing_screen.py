"""The writing screen in a real browser: what is typed is saved, merged, kept and never lost."""

import datetime as dt
import re

import pyotp
import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.desk.accounts.second_factor.set_up import set_up
from articles.desk.blocks import Alternative
from articles.models import Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from tests.builders import make_photo, make_post, make_user

from .accessibility import violations
from .desk import (
    TEXT,
    complaints,
    crash,
    enter,
    expect_saved,
    html_of,
    open_story,
    paragraph,
    save,
    sign_in,
    type_at_end,
)

SAVES = re.compile(r"/save/$")
KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("newsroom-writing");
  opening.onsuccess = () => {
    const all = opening.result.transaction("copies").objectStore("copies").getAll();
    all.onsuccess = () => resolve(JSON.stringify(all.result));
  };
})"""
"""What the browser keeps of the words that the server has not got."""


@pytest.fixture
def person(desk_server, open_page):
    """`person(role, name)` gives a page on which somebody new is signed in."""

    def make(role, name, **options):
        return sign_in(open_page(**options), desk_server, role, name)

    return make


@pytest.fixture
def editor(person):
    return person(names.EDITOR, "editor")


@pytest.fixture
def post(roles):
    return make_post("Talks", text="<p>One is here.</p><p>Two is here.</p>", status="draft")


def test_a_story_is_a_draft_with_its_first_words_and_saves_itself(person):
    reporter = person(names.REPORTER, "reporter")
    open_story(reporter)

    reporter.keyboard.type("Talks resume")
    reporter.click(TEXT)
    reporter.keyboard.type("First words.")
    expect_saved(reporter)
    reporter.keyboard.press("Enter")
    reporter.keyboard.type("Second words.")
    expect(reporter.locator("#story-saved")).to_have_text("Not saved yet")
    expect_saved(reporter)

    post = Post.objects.get()
    assert post.headline == "Talks resume"
    assert html_of(post) == "<p>First words.</p><p>Second words.</p>"
    assert reporter.url.endswith(f"/admin/articles/post/{post.pk}/change/")
    reporter.reload()
    expect(paragraph(reporter, 1)).to_have_text("Second words.")
    assert complaints(reporter) == []


def test_an_untouched_story_is_not_saved(editor, post):
    open_story(editor, post)

    paragraph(editor, 0).click()
    save_is_asked = []
    editor.on("request", lambda request: SAVES.search(request.url) and save_is_asked.append(1))
    editor.goto(f"{editor.base}/admin/")

    assert save_is_asked == []
    post.refresh_from_db()
    assert post.version == 1


def test_a_save_sends_only_what_was_changed(editor):
    post = make_post("Talks", text="<h2>Head</h2><p>One <strong>is</strong> here.</p>")
    open_story(editor, post)
    paragraph(editor, 0).click()

    with editor.expect_request(SAVES) as sent:
        editor.fill("#id_kicker", "Syria")

    assert 'name="kicker"' in sent.value.post_data
    assert 'name="document"' not in sent.value.post_data
    assert 'name="headline"' not in sent.value.post_data


def test_what_two_people_write_in_two_paragraphs_is_on_both_screens(person, post):
    one, two = person(names.EDITOR, "one"), person(names.EDITOR, "two")
    open_story(one, post)
    open_story(two, post)

    type_at_end(one, 0, " Added by one.")
    type_at_end(two, 1, " Added by two.")

    for page in (one, two):
        expect(paragraph(page, 0)).to_have_text("One is here. Added by one.", timeout=30_000)
        expect(paragraph(page, 1)).to_have_text("Two is here. Added by two.", timeout=30_000)
    expect(one.locator("#story-people")).to_have_text("two is here")
    # The cursor of the second stands where it stood.
    two.keyboard.type(" And on.")
    expect_saved(two)
    assert html_of(post) == (
        "<p>One is here. Added by one.</p><p>Two is here. Added by two. And on.</p>"
    )


def test_two_wordings_of_a_sentence_stand_side_by_side_and_one_key_settles_them(person, post):
    one, two = person(names.EDITOR, "one"), person(names.EDITOR, "two")
    open_story(one, post)
    open_story(two, post)
    two.route(SAVES, lambda route: route.abort())
    type_at_end(two, 0, " It was late.")
    replace_words(two, 0, "One has gone.")
    replace_words(one, 0, "One was there.")
    save(one)
    two.unroute(SAVES)

    expect(two.locator(".own-alternative")).to_be_visible(timeout=30_000)
    two.click("#tab-before")
    expect(two.locator("#side-before button").first).to_have_text(
        "Two people changed the same words. Choose which are to stay."
    )
    assert violations(two) == {}
    two.set_viewport_size({"width": 1280, "height": 800})
    two.locator("#side-before button").first.click()
    two.keyboard.press("t")
    expect_saved(two)

    assert not Alternative.objects.exists()
    assert html_of(post).startswith("<p>One was there.")


def replace_words(page, number, words):
    paragraph(page, number).click(click_count=3)
    page.keyboard.type(words)


def test_words_typed_without_a_connection_are_saved_when_it_is_back(editor, post):
    open_story(editor, post)
    editor.route(SAVES, lambda route: route.abort())
    type_at_end(editor, 0, " Typed offline.")
    expect(editor.locator("#story-saved")).to_contain_text("no connection", timeout=8_000)
    assert "Typed offline" not in html_of(post)

    editor.unroute(SAVES)

    expect_saved(editor)
    assert "Typed offline." in html_of(post)


def test_words_of_a_page_that_died_are_offered_and_put_back(editor, post):
    open_story(editor, post)
    editor.route(SAVES, lambda route: route.abort())
    type_at_end(editor, 0, " Typed before the end.")
    editor.fill("#id_kicker", "Syria")
    expect(editor.locator("#story-saved")).to_contain_text("no connection", timeout=8_000)
    again = editor.context.new_page()
    again.base = editor.base
    crash(editor)

    open_dialog(again, post)
    assert "Typed before the end." in again.inner_text("dialog")
    assert violations(again) == {}
    again.click("text=Put them back")
    expect_saved(again)

    post.refresh_from_db()
    assert "Typed before the end." in html_of(post)
    assert post.kicker == "Syria"
    again.reload()
    again.wait_for_selector("body.writing-ready")
    assert not again.locator("dialog[open]").count()


def open_dialog(page, post):
    page.goto(f"{page.base}/admin/articles/post/{post.pk}/change/")
    page.wait_for_selector("dialog[open]")


def die_offline(page, post, words, number=0):
    """Type in a page of its own that reaches no server, and dies."""
    page.route(re.compile(r"/(save|since)/"), lambda route: route.abort())
    open_story(page, post)
    type_at_end(page, number, words)
    expect(page.locator("#story-saved")).to_contain_text("no connection", timeout=8_000)


def another_page(page):
    again = page.context.new_page()
    again.set_default_timeout(10_000)
    again.base = page.base
    return again


def test_words_about_which_somebody_decides_later_stay_while_they_write_on(editor, post):
    dying = another_page(editor)
    die_offline(dying, post, " Typed before the end.")
    crash(dying)
    open_dialog(editor, post)
    editor.keyboard.press("Escape")

    type_at_end(editor, 1, " And on.")
    expect_saved(editor)

    open_dialog(editor, post)
    editor.click("text=Put them back")
    expect_saved(editor)
    assert html_of(post) == ("<p>One is here. Typed before the end.</p><p>Two is here. And on.</p>")


def test_each_of_two_pages_of_one_person_keeps_its_own_words(editor, post):
    pages = [another_page(editor), another_page(editor)]
    for number, page in enumerate(pages):
        die_offline(page, post, f" From page {number}.", number)
    for page in pages:
        crash(page)

    open_dialog(editor, post)
    editor.click("text=Put them back")
    expect(editor.locator("dialog")).to_contain_text("From page 0.")
    editor.click("text=Put them back")

    # Not before: until then it says that the first copy is saved.
    expect(editor.locator("dialog")).to_have_count(0)
    expect_saved(editor)
    assert html_of(post) == "<p>One is here. From page 0.</p><p>Two is here. From page 1.</p>"


def test_a_new_story_whose_answer_was_lost_with_its_page_is_put_back_once(editor):
    dying = another_page(editor)

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    dying.route(SAVES, lose_the_answer)
    open_story(dying)
    dying.keyboard.type("Talks resume")
    dying.click(TEXT)
    dying.keyboard.type("First words.")
    expect(dying.locator("#story-saved")).to_contain_text("no connection", timeout=8_000)
    crash(dying)

    editor.goto(f"{editor.base}/admin/articles/post/add/")
    editor.wait_for_selector("dialog[open]")
    editor.click("text=Put them back")
    expect_saved(editor)
    type_at_end(editor, 0, " And more.")
    expect_saved(editor)

    post = Post.objects.get()
    assert (post.headline, html_of(post)) == ("Talks resume", "<p>First words. And more.</p>")
    assert editor.url.endswith(f"/admin/articles/post/{post.pk}/change/")


def test_a_headline_that_is_put_back_does_not_replace_a_colleagues(person, editor, post):
    dying = another_page(editor)
    die_offline(dying, post, " More.")
    dying.fill("#id_headline", "My talks")
    expect(dying.locator("#story-saved")).to_have_text("Not saved yet")
    expect(dying.locator("#story-saved")).to_contain_text("no connection", timeout=8_000)
    crash(dying)
    Post.objects.update(headline="Their talks", version=2)

    open_dialog(editor, post)
    editor.click("text=Put them back")

    expect(editor.locator(".own-alternative")).to_contain_text("Their talks")
    expect_saved(editor)
    assert Alternative.objects.get().text == "Their talks"


def test_words_of_a_story_that_moved_on_are_shown(person):
    reporter = person(names.REPORTER, "reporter")
    post = make_post("Talks", text="<p>One.</p>", status="draft")
    Post.objects.update(created_by=User.objects.get(username="reporter"))
    dying = another_page(reporter)
    die_offline(dying, post, " Typed too late.")
    crash(dying)
    Post.objects.update(status=Post.Status.IN_REVIEW)

    open_dialog(reporter, post)

    assert "Typed too late." in reporter.inner_text("dialog")
    assert not reporter.locator("text=Put them back").count()
    assert violations(reporter) == {}


def test_a_story_taken_back_from_review_can_be_written_again_at_once(person):
    reporter = person(names.REPORTER, "reporter")
    mine = make_post("Talks", text="<p>One.</p>", status="draft")
    Post.objects.update(created_by=User.objects.get(username="reporter"))
    open_story(reporter, mine)
    reporter.click("#next-step")
    expect(reporter.locator("#story-saved")).to_have_text("You can only read this story now")

    reporter.click("#beside-step")
    expect(reporter.locator("#story-state")).to_contain_text("Draft")
    reporter.wait_for_selector("body.writing-ready")
    type_at_end(reporter, 0, " Written on.")
    expect_saved(reporter)
    assert html_of(mine) == "<p>One. Written on.</p>"


def test_a_field_that_is_saved_brings_what_a_colleague_wrote(person, post):
    one, two = person(names.EDITOR, "one"), person(names.EDITOR, "two")
    open_story(one, post)
    open_story(two, post)
    two.route(re.compile("/since/"), lambda route: route.abort())
    type_at_end(one, 0, " Added by one.")
    one.fill("#id_standfirst", "In short.")
    save(one)

    two.fill("#id_kicker", "Syria")
    expect(paragraph(two, 0)).to_have_text("One is here. Added by one.")
    expect(two.locator("#id_standfirst")).to_have_value("In short.")
    type_at_end(two, 1, " Added by two.")
    expect_saved(two)

    assert html_of(post) == "<p>One is here. Added by one.</p><p>Two is here. Added by two.</p>"


def test_what_is_shown_of_a_picture_is_asked_again_when_the_server_was_busy(editor, post):
    make_photo(slug="harbour", caption="The harbour.")
    editor.route(re.compile("/refs/"), lambda route: route.fulfill(status=503), times=1)
    open_story(editor, post)
    caption = editor.evaluate(
        """async () => {
            const { createRefs } = await import("/static/admin-desk/writing/refs.js");
            const { urls } = JSON.parse(document.getElementById("writing-state").textContent);
            const refs = createRefs({}, urls.refs);
            return new Promise((resolve) => {
                refs.onChange(() => resolve(refs.photo("harbour").caption));
                refs.load({ photos: ["harbour"] });
            });
        }"""
    )
    assert caption == "The harbour."


def test_nobody_saves_the_words_of_somebody_else(editor, post):
    make_user(names.EDITOR, "colleague")
    open_story(editor, post)
    beside = another_page(editor)
    editor.context.clear_cookies()
    enter(beside, "colleague")
    type_at_end(editor, 0, " Typed by the editor.")
    editor.wait_for_selector("dialog.sign-in")

    editor.fill("dialog [autocomplete=username]", "colleague")
    editor.fill("dialog [type=password]", "in-tests-only")
    editor.click("dialog button")
    expect(editor.locator("dialog [role=alert]")).to_have_text(
        "These are words of editor, who has to sign in."
    )
    assert "Typed by the editor." not in html_of(post)
    editor.fill("dialog [autocomplete=username]", "editor")
    editor.click("dialog button")

    expect_saved(editor)
    post.refresh_from_db()
    assert "Typed by the editor." in html_of(post)
    assert post.saved_by.username == "editor"


def test_a_second_factor_is_asked_for_over_the_page(editor, post):
    secret, before = pyotp.random_base32(), timezone.now() - dt.timedelta(hours=1)
    person = User.objects.get(username="editor")
    set_up(person, secret, pyotp.TOTP(secret).at(before), now=before)
    open_story(editor, post)
    editor.context.clear_cookies()
    type_at_end(editor, 0, " Typed by the editor.")
    editor.wait_for_selector("dialog.sign-in")
    editor.fill("dialog [autocomplete=username]", "editor")
    editor.fill("dialog [type=password]", "in-tests-only")
    editor.click("dialog button")

    code = editor.locator("dialog [autocomplete=one-time-code]")
    expect(code).to_be_focused()
    expect(editor.locator("dialog [type=password]")).to_be_hidden()
    code.fill("000000")
    editor.click("dialog button")
    expect(editor.locator("dialog [role=alert]")).to_contain_text("The code is wrong")
    code.fill(pyotp.TOTP(secret).now())
    editor.click("dialog button")

    expect_saved(editor)
    assert "Typed by the editor." in html_of(post)


def test_leaving_with_unsaved_words_asks_first(editor, post):
    open_story(editor, post)
    editor.route(SAVES, lambda route: route.abort())
    type_at_end(editor, 0, " Unsaved.")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.accept()

    editor.on("dialog", stay)
    editor.goto(f"{editor.base}/admin/")

    assert asked == ["beforeunload"]


def test_words_that_were_undone_are_not_offered_as_unsaved(editor, post):
    open_story(editor, post)
    type_at_end(editor, 0, " Thrown away.")
    editor.keyboard.press("Control+z")
    expect(editor.locator("#story-saved[data-kind=waiting]")).to_have_count(0)
    assert "Thrown away" not in editor.inner_text(TEXT)

    editor.reload()
    editor.wait_for_selector("body.writing-ready")

    expect(editor.get_by_text("Put them back")).to_have_count(0)
    assert "Thrown away" not in html_of(post)


def test_a_session_that_has_ended_is_renewed_over_the_page(editor, post):
    open_story(editor, post)
    editor.context.clear_cookies()
    type_at_end(editor, 0, " Signed out.")
    editor.wait_for_selector("dialog.sign-in")
    assert violations(editor) == {}
    editor.fill("dialog [autocomplete=username]", "editor")
    editor.fill("dialog [type=password]", "wrong")
    editor.click("dialog button")
    expect(editor.locator("dialog [role=alert]")).to_contain_text("password is wrong")

    editor.fill("dialog [type=password]", "in-tests-only")
    editor.click("dialog button")

    expect_saved(editor)
    assert "Signed out." in html_of(post)


def test_the_next_step_is_taken_without_leaving_the_page(person):
    reporter = person(names.REPORTER, "reporter")
    open_story(reporter)
    reporter.keyboard.type("Talks resume")
    reporter.click(TEXT)
    reporter.keyboard.type("Words.")
    loads = []
    reporter.on("load", lambda page: loads.append(page.url))

    reporter.keyboard.press("Control+s")
    expect(reporter.locator("#next-step")).to_have_text("Send to review")
    reporter.keyboard.press("Control+Enter")

    expect(reporter.locator("#story-messages")).to_contain_text("Sent to review.")
    expect(reporter.locator("#story-state")).to_have_text("In review")
    assert reporter.get_attribute(TEXT, "contenteditable") == "false"
    assert loads == []
    assert Post.objects.get().status == Post.Status.IN_REVIEW


def test_what_is_missing_leads_to_its_place(editor):
    post = make_post("Talks", section=None, photo=make_photo(credit=""), status="draft")
    open_story(editor, post)

    editor.click("#tab-before")
    editor.click("text=The section is missing.")
    assert editor.evaluate("document.activeElement.id") == "id_section"
    editor.click("#tab-before")
    editor.click("text=has no credit")

    assert editor.evaluate("document.activeElement.closest('#lead') !== null")


def test_the_preview_beside_the_text_shows_what_was_just_typed(editor, post):
    open_story(editor, post)
    editor.click("#preview-button")
    frame = editor.frame_locator(".preview-frame iframe:last-child")
    expect(frame.locator("article")).to_contain_text("One is here.")

    type_at_end(editor, 0, " Just typed.")

    expect(frame.locator("article")).to_contain_text("Just typed.", timeout=10_000)
    assert complaints(editor) == []


def test_a_picture_editor_reads_the_words_and_changes_captions(person, post):
    post = make_post("Talks", text="<p>One.</p>", photo=make_photo())
    pictures = person(names.PICTURE_EDITOR, "pictures")
    open_story(pictures, post)

    type_at_end(pictures, 0, " Mine.")
    expect(paragraph(pictures, 0)).to_have_text("One.")
    pictures.locator("#lead textarea").first.fill("Seen from the hill.")
    expect_saved(pictures)

    assert post.articles_caption_set.get().caption == "Seen from the hill."
    assert html_of(post) == "<p>One.</p>"


def test_without_script_the_story_is_shown_and_its_fields_are_saved(desk_server, open_page):
    make_user(names.EDITOR, "editor")
    post = make_post("Talks", text="<p>One is here.</p>", photo=make_photo())
    page = open_page(java_script_enabled=False)
    page.base = desk_server
    enter(page, "editor")

    page.goto(f"{page.base}/admin/articles/post/{post.pk}/change/")
    expect(page.frame_locator(".writing-read").locator("article")).to_contain_text("One is here.")
    page.fill("#id_headline", "Talks resume")
    page.click("#save-button")

    post.refresh_from_db()
    assert post.headline == "Talks resume"
    assert html_of(post) == "<p>One is here.</p>"
    assert page.inner_text("#story-messages") == "Saved."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_writing_screen(person, width, scheme):
    page = person(names.EDITOR, "editor", width=width, color_scheme=scheme)
    post = make_post("Talks", text="<h2>Head</h2><p>One.</p>" * 5, photo=make_photo())
    open_story(page, post)

    assert violations(page) == {}
    page.click("#more-button")
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_of_a_killed_story_stays_in_a_page_or_a_browser_that_has_it_open(person, post):
    one = person(names.EDITOR, "one")
    open_story(one, post)
    one.route(SAVES, lambda route: route.abort())
    type_at_end(one, 0, " MARKER.")
    expect(one.locator("#story-saved")).to_contain_text("Kept on this computer")
    assert "MARKER" in one.evaluate(KEPT)
    ask_kill(post, by=make_user(), reason="A letter.", words="Removed.")
    kill(post, by=make_user())

    expect(one.locator("h2#killed-title")).to_be_visible(timeout=15_000)

    assert "One is here" not in one.content()
    assert one.evaluate(KEPT) == "[]"
