"""The panel of notes beside a story and beside a plan."""

import pytest

from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.plan_story import plan_story
from articles.models import Note
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def address(post):
    return f"/admin/articles/post/{post.pk}/notes/"


def test_a_note_is_left_and_shown_without_leaving_the_story(client, editor, reporter):
    post = make_post()
    client.force_login(editor)

    answer = client.post(
        address(post), {"text": "Call the <b>harbour</b>.", "to": reporter.pk}, headers=JSON
    ).json()

    assert "Call the &lt;b&gt;harbour" in answer["notes"]
    assert answer["open"] == 1
    assert answer["said"] == "Left for reporter, who finds it on Today."
    assert Note.objects.get().to == reporter


def test_a_note_that_is_done_goes_below_the_others(client, reporter, editor):
    post = make_post()
    first = leave_note(post, "First", by=editor)
    leave_note(post, "Second", by=editor)
    client.force_login(reporter)

    answer = client.post(address(post), {"done": first.pk}, headers=JSON).json()

    assert answer["notes"].index("Second") < answer["notes"].index("First")
    assert answer["open"] == 1


def test_a_note_to_a_colleague_has_no_button_for_others_and_is_refused_in_words(
    client, reporter, editor
):
    post = make_post()
    note = leave_note(post, "Call the harbour.", by=editor, to=editor)
    client.force_login(reporter)

    shown = client.post(address(post), {"text": "Seen."}, headers=JSON).json()["notes"]
    refused = client.post(address(post), {"done": note.pk}, headers=JSON)

    assert 'aria-label="Done: Seen."' in shown
    assert "Done: Call the harbour" not in shown
    assert refused.status_code == 400
    assert "This note is to editor" in refused.json()["refused"]
    assert Note.objects.get(pk=note.pk).done_at is None


def test_a_note_of_another_story_is_not_settled_here(client, editor):
    note = leave_note(make_post(), "Look.", by=editor)
    client.force_login(editor)

    for number in (note.pk, "x", "9" * 40, ""):
        assert client.post(address(make_post()), {"done": number}).status_code == 404
    assert Note.objects.get().done_at is None


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 5001])
def test_a_note_that_cannot_be_kept_is_refused_with_a_reason(client, editor, text):
    post = make_post()
    client.force_login(editor)

    answer = client.post(address(post), {"text": text}, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["refused"]
    assert not Note.objects.exists()


def test_a_colleague_who_sees_no_stories_is_not_to_be_chosen(client, editor):
    post, stranger = make_post(), make_user(role=None)
    client.force_login(editor)

    answer = client.post(address(post), {"text": "Look.", "to": stranger.pk}, headers=JSON)

    assert answer.status_code == 400
    assert not Note.objects.exists()


def test_without_a_script_the_note_leads_back_to_the_story(client, editor):
    post = plan_story(slug_line="Harbour strike", by=None)
    client.force_login(editor)

    page = client.post(address(post), {"text": "Look."}, follow=True)

    assert "Left for everybody who opens this story." in page.text
    assert "Look." in page.text


def test_no_note_is_left_without_the_forgery_token_or_by_who_sees_no_stories(client, editor):
    post, strict = make_post(), type(client)(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(address(post), {"text": "Forged"}).status_code == 403
    client.force_login(make_user(role=None))
    assert client.post(address(post), {"text": "Mine"}).status_code == 403

    assert not Note.objects.exists()


def test_who_only_reads_a_story_may_leave_a_note_at_it(client, reporter):
    post = make_post(created_by=make_user())
    client.force_login(reporter)

    assert client.post(address(post), {"text": "A typo."}, headers=JSON).status_code == 200


def test_a_note_that_is_done_stays_above_while_an_answer_to_it_is_open(client, editor, reporter):
    post = make_post()
    leave_note(post, "Later", by=editor, to=editor)
    note = leave_note(post, "Call the mayor.", by=editor, to=reporter)
    leave_note(post, "Which of them?", by=reporter, answer_to=note)
    settled = leave_note(post, "Settled", by=reporter)
    client.force_login(reporter)
    client.post(address(post), {"done": settled.pk}, headers=JSON)

    answer = client.post(address(post), {"done": note.pk}, headers=JSON).json()

    assert answer["notes"].index("Which of them?") < answer["notes"].index("Settled")
    assert answer["open"] == 2
