"""Killing a story on the desk: by two people, and what each of them is shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.models import LoggedAction, Post
from tests.admin.forms import change_url
from tests.admin.steps.steps import confirm, offered, step_url
from tests.builders import make_photo, make_story, make_user

pytestmark = pytest.mark.django_db

TOLD = {"words": "Removed for legal reasons.", "note": "A court order of Monday."}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def second(db):
    """Another editor's desk."""
    other = Client()
    other.force_login(make_user())
    return other


@pytest.fixture
def story(db):
    return make_story("MARKER", photo=make_photo(caption="The only use."))


def test_two_people_kill_a_story_and_nobody_sees_a_word_of_it(desk, second, story):
    address = story.editions.get().get_absolute_url()
    assert step_url(story, "ask_kill") in desk.get(step_url(story, "withdraw")).text

    page = confirm(desk, story, "ask_kill", **TOLD, with_pictures="on").text
    assert "Somebody else has to confirm" in page
    assert offered(desk, story) == ["decline_kill"]
    assert offered(second, story) == ["kill", "decline_kill"]

    page = second.get(step_url(story, "kill")).text
    for shown in ("A court order of Monday.", "Removed for legal reasons.", "are removed"):
        assert shown in page
    page = confirm(second, story, "kill", note="Agreed with counsel.").text
    assert "Killed: no word of it is left" in page
    assert story.transitions.first().note == "Agreed with counsel.\nA court order of Monday."

    assert offered(second, story) == []
    for screen in (change_url(story), f"/admin/articles/post/{story.pk}/history/", "/admin/"):
        assert "MARKER" not in second.get(screen, follow=True).text
    answer = Client().get(address)
    assert (answer.status_code, TOLD["words"] in answer.text) == (410, True)


def test_the_page_of_a_killed_story_says_who_killed_it_and_why(desk, second, story, editor):
    confirm(desk, story, "ask_kill", **TOLD)
    since = f"/admin/articles/post/{story.pk}/since/"
    assert "killed" not in desk.get(since).json()
    confirm(second, story, "kill")

    # The pages that are open on it are told, and shown no more.
    assert desk.get(since).json() == {"killed": True}
    page = desk.get(change_url(story)).text
    for shown in (f"{editor.username} asked for it", " confirmed it ", *TOLD.values()):
        assert shown in page
    assert "story-form" not in page
    assert step_url(story, "open_sealed") not in page
    lawyer = Client()
    lawyer.force_login(make_user(roles.LAWYER))
    assert step_url(story, "open_sealed") in lawyer.get(change_url(story)).text


def test_who_asked_is_not_shown_the_page_that_confirms(desk, story):
    confirm(desk, story, "ask_kill", **TOLD)
    page = desk.get(step_url(story, "kill"), follow=True).text
    assert "somebody else has to confirm it" in page
    page = desk.post(step_url(story, "kill"), {"note": ""}, follow=True).text
    assert "somebody else has to confirm it" in page
    story.refresh_from_db()
    assert story.status == Post.Status.KILL_ASKED


@pytest.mark.parametrize("missing", TOLD)
def test_words_for_readers_and_a_reason_are_needed(desk, story, missing):
    page = confirm(desk, story, "ask_kill", **TOLD | {missing: " "}).text
    assert 'class="errorlist"' in page
    story.refresh_from_db()
    assert story.status == Post.Status.PUBLISHED


def test_a_kill_may_be_declined_and_the_story_put_back(desk, second, story):
    confirm(desk, story, "ask_kill", **TOLD)
    page = confirm(second, story, "decline_kill", note="It is about another paper.").text
    assert "It is not killed." in page
    confirm(second, story, "put_back")
    assert "MARKER" in Client().get("/latest/").text


def test_the_button_is_where_a_withdrawn_story_is(desk, story):
    assert offered(desk, story).index("ask_kill") > 0
    confirm(desk, story, "withdraw")
    assert "ask_kill" in offered(desk, story)


def test_who_may_withdraw_and_not_kill_is_led_to_no_such_page(desk, story, editor):
    role = editor.groups.get()
    role.permissions.remove(*role.permissions.filter(codename="kill_post"))
    assert "ask_kill" not in desk.get(step_url(story, "withdraw")).text
    assert desk.get(step_url(story, "ask_kill")).status_code == 403


@pytest.mark.parametrize("role", [roles.LAWYER, roles.ADMINISTRATOR])
def test_sealed_words_are_shown_to_who_may_open_them_once_a_reason_is_given(
    desk, second, story, role
):
    reader = make_user(role)
    confirm(desk, story, "ask_kill", **TOLD)
    confirm(second, story, "kill")
    lawyer = Client()
    lawyer.force_login(reader)

    assert desk.get(step_url(story, "open_sealed")).status_code == 403
    assert offered(lawyer, story) == ["open_sealed"]
    assert "MARKER" not in lawyer.get(step_url(story, "open_sealed")).text
    assert "MARKER" not in confirm(lawyer, story, "open_sealed", note=" ").text
    page = confirm(lawyer, story, "open_sealed", note="The hearing.")

    assert "MARKER" in page.text
    everything = page.text.partition('id="sealed-all"')[2]
    assert "<dt>Headline</dt>" in everything
    assert "MARKER" in everything
    assert not any(mark in everything for mark in ("&quot;", "&lt;p", "[{", "{&#x27;"))
    assert "no-store" in page.headers["Cache-Control"]
    log = story.transitions.first()
    assert (log.action, log.note, log.by) == ("open_sealed", "The hearing.", reader)


def test_the_pages_of_a_kill_cost_no_more_than_pages_may(desk, second, story):
    def cost(client, action):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(step_url(story, action)).status_code == 200
        return len(asked)

    cost(desk, "ask_kill")  # what is asked once in a process
    assert cost(desk, "ask_kill") <= 12
    confirm(desk, story, "ask_kill", **TOLD)
    cost(second, "kill")
    assert cost(second, "kill") <= 12
    assert cost(second, "decline_kill") <= 12
    confirm(second, story, "kill")


def test_the_start_page_asks_the_second_person_and_tells_who_asked_that_it_waits(
    desk, second, story
):
    confirm(desk, story, "ask_kill", **TOLD)
    asks, waits = "To be killed, if you confirm it", "Your kills, waiting for a second person"
    told = [client.get("/admin/").text for client in (second, desk)]
    assert [(asks in page, waits in page) for page in told] == [(True, False), (False, True)]
    assert all(TOLD["note"] in page for page in told)

    confirm(second, story, "decline_kill", note="No.")
    told = [client.get("/admin/").text for client in (second, desk)]
    assert not any(asks in page or waits in page for page in told)


def test_who_may_not_kill_is_told_of_no_request(desk, story, reporter):
    confirm(desk, story, "ask_kill", **TOLD)
    writer = Client()
    writer.force_login(reporter)
    assert TOLD["note"] not in writer.get("/admin/").text


def test_whoever_asks_for_a_kill_is_told_who_may_confirm_it(desk, second, story):
    make_user(roles.ADMINISTRATOR, "grace", first_name="Grace", last_name="Hopper")
    make_user(roles.REPORTER, "rob", first_name="Rob", last_name="Reporter")

    page = confirm(desk, story, "ask_kill", **TOLD).text

    said = page.partition("Somebody else has to confirm that it is killed. These may: ")[2][:200]
    assert "Grace Hopper" in said
    assert "Rob" not in said


def test_the_log_keeps_why_a_story_was_killed(desk, second, story):
    confirm(desk, story, "ask_kill", **TOLD)
    confirm(second, story, "kill")
    line = LoggedAction.objects.get(kind="articles.post", row=story.pk, verb="kill")
    assert TOLD["note"] in line.note
