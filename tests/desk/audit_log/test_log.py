"""The log of who did what: who, what, which row, what changed; and no line is ever changed."""

import datetime as dt

import pytest
from django.db import transaction

from articles.desk.audit_log.log import log_action
from articles.desk.audit_log.logged_action import LoggedAction
from articles.desk.audit_log.verbs import Verb
from articles.desk.workflow import move
from articles.library.append_only import Frozen
from articles.models import Transition
from tests.builders import make_post, make_topic

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def test_a_line_tells_who_did_what_to_which_row(editor):
    topic = make_topic()

    log_action(Verb.CHANGE, topic, by=editor, changes=[{"field": "name", "from": "A", "to": "B"}])

    line = LoggedAction.objects.get()
    assert (line.by, line.by_name, line.verb_words) == (editor, "editor", "Changed")
    assert (line.kind, line.row, line.row_name) == ("articles.topic", str(topic.pk), "Syria")
    assert line.changes_in_words == [{"field": "Name", "from": "A", "to": "B"}]


def test_a_line_outlives_the_row_and_the_account(editor):
    topic = make_topic()
    log_action(Verb.DELETE, topic, by=editor)

    topic.delete()
    editor.delete()

    line = LoggedAction.objects.get()
    assert (line.by_name, line.row_name) == ("editor", "Syria")


def test_no_line_is_changed_or_removed(editor):
    log_action(Verb.CHANGE, make_topic(), by=editor)
    lines, line = LoggedAction.objects.all(), LoggedAction.objects.get()
    line.note = "Nothing happened."

    for attempt in (
        line.save,
        line.delete,
        lines.delete,
        lambda: line.save(update_fields=["note"]),
        lambda: lines.update(by=None),
        lambda: lines.bulk_update([line], ["note"]),
    ):
        with pytest.raises(Frozen):
            attempt()

    assert LoggedAction.objects.get().note == ""


def test_a_long_text_is_named_and_not_repeated(editor):
    change = {"field": "bio", "from": "x" * 201, "to": "y"}

    log_action(Verb.CHANGE, make_topic(), by=editor, changes=[change])

    assert LoggedAction.objects.get().changes == [{"field": "bio"}]


def test_a_step_is_logged_with_its_note_and_goes_when_the_step_is_undone(reporter, editor):
    post = make_post("Fire", status="in_review", created_by=reporter)

    with transaction.atomic():
        move(post, Transition.Action.SEND_BACK, by=editor, note="Who says so?")
        transaction.set_rollback(True)
    assert not LoggedAction.objects.exists()

    move(post, Transition.Action.SEND_BACK, by=editor, note="Who says so?")
    line = LoggedAction.objects.get()
    assert (line.verb_words, line.row_name, line.note) == ("Sent back", "Fire", "Who says so?")
    assert line.changes == [{"field": "status", "from": "in_review", "to": "draft"}]


def test_what_a_page_saves_again_and_again_is_said_once(editor, reporter):
    topic, minute = make_topic(), dt.timedelta(minutes=1)

    def save(by=editor, after=0, **more):
        log_action(Verb.CHANGE, topic, by=by, now=NOW + after * minute, once_in=10 * minute, **more)

    words = [{"field": "text"}]
    save(changes=words)
    save(changes=words, after=9)
    assert LoggedAction.objects.count() == 1

    save(changes=words, after=9, by=reporter)
    save(changes=words, after=10)
    save(changes=words, after=21)
    save(changes=[{"field": "name", "from": "A", "to": "B"}], after=21)
    save(changes=[{"field": "name", "from": "A", "to": "B"}], after=21)
    assert LoggedAction.objects.count() == 6
