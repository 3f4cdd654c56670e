"""From the plan to the draft, and what colleagues tell each other beside it, in a real browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.begin import begin_draft
from articles.desk.planning.plan_story import plan_story
from articles.models import Note, Plan, PlanNeed, Post
from tests.builders import make_post, make_user

from .accessibility import violations
from .desk import TEXT, complaints, expect_saved, html_of, open_story, sign_in, type_at_end

PLANNING = "/admin/articles/plan/"


@pytest.fixture
def editor(desk_server, open_page, roles):
    return sign_in(open_page(), desk_server, names.EDITOR, "editor")


@pytest.fixture
def planned(roles):
    due = timezone.now() + dt.timedelta(hours=1)
    return plan_story(
        slug_line="Harbour strike",
        by=None,
        due_at=due,
        length=600,
        about="Dockers meet at noon. " * 20,
        needs=["picture", "legal_read"],
    )


def test_a_story_is_planned_and_begun_by_keyboard_alone(editor):
    editor.goto(f"{editor.base}{PLANNING}add/")
    editor.focus("#id_slug_line")
    editor.keyboard.type("Harbour strike")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("“Harbour strike” is planned")
    editor.get_by_role("link", name="Harbour strike").press("Enter")
    editor.get_by_role("button", name="Start writing").press("Enter")

    editor.wait_for_selector("body.writing-ready")
    assert Post.objects.get().status == Post.Status.DRAFT
    assert complaints(editor) == []


def test_a_note_is_left_while_words_are_being_written(editor):
    post = make_post("Talks", text="<p>One is here.</p>", status="draft")
    open_story(editor, post)
    type_at_end(editor, 0, " Two is new.")
    editor.click("#tab-notes")
    editor.fill("#note-text", "Call the harbour.")
    editor.press("#note-text", "Control+Enter")

    expect(editor.locator("#note-list")).to_contain_text("Call the harbour.")
    expect(editor.locator("#beside-said")).to_have_text("Left for everybody who opens this story.")
    expect(editor.locator("#notes-count")).to_have_text("1")
    expect_saved(editor)
    assert "Two is new." in html_of(post)
    assert editor.input_value("#note-text") == ""
    assert violations(editor) == {}
    assert complaints(editor) == []


def test_a_note_half_typed_stays_when_the_story_is_saved_and_a_colleague_writes(editor):
    post = make_post("Talks", text="<p>One is here.</p>", status="draft")
    open_story(editor, post)
    editor.click("#tab-notes")
    editor.fill("#note-text", "Half a note")
    leave_note(post, "From a colleague.", by=make_user())
    type_at_end(editor, 0, " More.")

    expect(editor.locator("#note-list")).to_contain_text("From a colleague.")
    assert editor.input_value("#note-text") == "Half a note"


def test_a_note_that_is_done_is_off_the_list_and_the_focus_is_kept(editor):
    post = make_post("Talks", status="draft")
    leave_note(post, "Call the harbour.", by=make_user())
    open_story(editor, post)
    editor.click("#tab-notes")
    editor.get_by_role("button", name="Done: Call the harbour.").press("Enter")

    expect(editor.locator("#beside-said")).to_have_text("Done: the note is off the list.")
    expect(editor.locator("#notes-count")).to_have_text("")
    expect(editor.locator("#note-text")).to_be_focused()
    assert Note.objects.get().done_at


def test_a_new_story_takes_notes_once_its_first_words_are_saved(editor):
    open_story(editor)
    editor.click("#tab-notes")
    expect(editor.locator("#story-notes")).to_be_hidden()
    editor.fill("#id_headline", "Talks resume")
    editor.click(TEXT)
    editor.keyboard.type("First words.")
    expect_saved(editor)
    editor.fill("#note-text", "Is this right?")
    editor.get_by_role("button", name="Leave the note").click()

    expect(editor.locator("#note-list")).to_contain_text("Is this right?")
    assert Note.objects.get().post == Post.objects.get()


def test_what_a_draft_needs_is_said_to_be_there_beside_it(editor, planned):
    begin_draft(planned, by=make_user())
    open_story(editor, planned)
    expect(editor.locator("#story-plan")).to_contain_text("0 of 600 words")
    editor.get_by_role("button", name="Picture: It is there").press("Enter")

    expect(editor.locator("#story-plan")).to_contain_text("Picture: there")
    assert PlanNeed.objects.get(kind="picture").met
    assert violations(editor) == {}


def test_where_a_draft_stands_is_asked_again_when_the_server_was_busy(editor, planned):
    begin_draft(planned, by=make_user())
    editor.route("**/standing/", lambda route: route.fulfill(status=503), times=2)
    open_story(editor, planned)

    expect(editor.locator("#story-plan")).to_contain_text("0 of 600 words")
    expect(editor.locator("#next-step")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_screen_of_planning_fits_and_can_be_used(
    desk_server, open_page, planned, width, colours
):
    leave_note(planned, "Ask the harbour master. " * 10, by=make_user(), to=make_user())
    page = sign_in(
        open_page(width=width, color_scheme=colours), desk_server, names.EDITOR, "editor"
    )
    found = {}
    for path in ("", "add/", f"{(key := Plan.objects.get().pk)}/change/", f"{key}/delete/"):
        page.goto(f"{page.base}{PLANNING}{path}")
        overhang = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if (faults := violations(page)) or overhang > 0:
            found[path] = faults, overhang
    assert found == {}
    assert complaints(page) == []


def test_a_note_on_a_passage_leads_to_it_mentions_and_is_answered(editor):
    post = make_post("Talks", text="<p>One is here.</p><p>Two is XX.</p>", status="draft")
    make_user(username="harbour-desk")
    open_story(editor, post)
    editor.click("#tab-before")
    editor.click("#story-checks [data-words=XX]")
    assert editor.evaluate("getSelection().toString()") == "XX"

    editor.click("#tab-notes")
    editor.focus("#note-text")
    expect(editor.locator("#note-about span")).to_have_text("About “XX”")
    editor.type("#note-text", "How many, @harb")
    editor.press("#note-text", "Enter")
    assert editor.input_value("#note-text") == "How many, @harbour-desk "
    editor.press("#note-text", "Control+Enter")
    expect(editor.locator("#beside-said")).to_contain_text("Left for harbour-desk")

    editor.click(".note-quote button")
    assert editor.evaluate("getSelection().toString()") == "XX"
    editor.click("[data-answer]")
    editor.type("#note-text", "Six.")
    editor.press("#note-text", "Control+Enter")
    expect(editor.locator(".note .note")).to_contain_text("Six.")
    assert violations(editor) == {}
    assert complaints(editor) == []
