"""Notes between colleagues: to whom, by whom, and until when."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.notes.leave_note import leave_note, mark_done, notes_to
from articles.desk.workflow import Refusal
from articles.models import LoggedAction, Note
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db


def test_a_note_waits_for_its_colleague_until_it_is_done(editor, reporter):
    note = leave_note(make_post(), "Call the harbour.", by=editor, to=reporter)
    leave_note(make_post(), "To everybody.", by=editor)

    assert list(notes_to(reporter)) == [note]
    mark_done(note, by=reporter)
    assert list(notes_to(reporter)) == []
    assert Note.objects.get(pk=note.pk).done_by == reporter


def test_the_same_note_sent_twice_is_left_once(editor, reporter):
    post = make_post()
    note = leave_note(post, "Call the harbour.", by=editor, to=reporter)

    assert leave_note(post, " Call the harbour. ", by=editor, to=reporter) == note
    assert LoggedAction.objects.filter(kind="articles.note").count() == 1
    for other in ({"by": reporter, "to": editor}, {"by": editor, "to": None}):
        assert leave_note(post, "Call the harbour.", **other) != note
    mark_done(note, by=reporter)
    assert leave_note(post, "Call the harbour.", by=editor, to=reporter) != note


def test_the_newest_note_comes_first(editor, reporter):
    post = make_post()
    first, second = (leave_note(post, text, by=editor, to=reporter) for text in "ab")

    assert list(notes_to(reporter)) == [second, first]


def test_a_note_that_is_done_stays_with_who_did_it(editor, reporter):
    note = leave_note(make_post(), "Call the harbour.", by=editor, to=reporter)
    mark_done(note, by=reporter)

    assert mark_done(note, by=editor).done_by == reporter


def test_a_note_to_a_colleague_is_theirs_to_mark_as_done(editor, reporter):
    stranger = make_user(roles.REPORTER)
    of_reporter = leave_note(make_post(), "Look.", by=reporter, to=editor)
    to_reporter = leave_note(make_post(), "Look.", by=stranger, to=reporter)

    with pytest.raises(Refusal, match="This note is to editor"):
        mark_done(of_reporter, by=stranger)
    assert mark_done(of_reporter, by=reporter).done_by == reporter
    # Who may change any story looks after the notes at them, too.
    assert mark_done(to_reporter, by=editor).done_by == editor


def test_a_note_to_everybody_is_anybodys_to_mark_as_done(editor, reporter):
    note = leave_note(make_post(), "Look.", by=editor)

    assert mark_done(note, by=reporter).done_by == reporter


def test_who_sees_no_stories_leaves_and_settles_no_notes(editor):
    person, note = make_user(role=None), leave_note(make_post(), "Look.", by=editor)

    with pytest.raises(PermissionDenied):
        leave_note(make_post(), "Mine.", by=person)
    with pytest.raises(PermissionDenied):
        mark_done(note, by=person)


def test_nobody_is_written_to_who_could_not_read_it(editor):
    gone = make_user(roles.REPORTER, is_active=False)

    for person in (gone, make_user(role=None)):
        with pytest.raises(Refusal, match="cannot open"):
            leave_note(make_post(), "Look.", by=editor, to=person)


def test_an_empty_note_is_refused(editor):
    with pytest.raises(Refusal, match="is empty"):
        leave_note(make_post(), " \n", by=editor)
