"""Notes on passages, mentions, answers, and mail about them."""

import datetime as dt

import pytest
from django.core import mail

from articles.desk.notes.leave_note import Passage, leave_note, mark_done, notes_to
from articles.desk.notes.mail_wish import MailWish, wish_for_mail
from articles.desk.notes.mentions import mentioned
from articles.models import Note
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def with_mail(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example.org", "https://news.example.org"


def test_a_note_keeps_the_words_that_it_is_about(editor):
    note = leave_note(
        make_post(), "Who says?", by=editor, passage=Passage("abc", "the  mayor\n" + "x" * 300)
    )
    assert note.node == "abc"
    assert note.quote.startswith("the mayor x")
    assert len(note.quote) == 200


def test_an_answer_is_to_whoever_wrote_the_note(editor, reporter):
    post = make_post()
    note = leave_note(post, "Call the mayor.", by=editor, to=reporter)

    answer = leave_note(post, "Done so.", by=reporter, answer_to=note)
    again = leave_note(post, "Thanks.", by=editor, answer_to=answer)

    assert (answer.to, answer.answer_to) == (editor, note)
    assert (again.to, again.answer_to) == (reporter, note)  # one level only
    assert list(notes_to(editor)) == [answer]


def test_an_answer_to_somebody_who_left_is_for_all(editor, reporter):
    post = make_post()
    note = leave_note(post, "Call the mayor.", by=editor, to=reporter)
    editor.is_active = False
    editor.save()
    note.refresh_from_db()
    assert leave_note(post, "Done so.", by=reporter, answer_to=note).to is None


def test_with_a_note_its_answers_are_done(editor, reporter):
    post = make_post()
    note = leave_note(post, "Call the mayor.", by=editor, to=reporter)
    leave_note(post, "Done so.", by=reporter, answer_to=note)
    mark_done(note, by=editor)
    assert not Note.objects.open().exists()


def test_an_answer_stays_open_for_its_addressee_when_somebody_else_marks_the_note_done(
    editor, reporter
):
    post = make_post()
    note = leave_note(post, "Call the mayor.", by=editor, to=reporter)
    answer = leave_note(post, "Which of them?", by=reporter, answer_to=note)
    to_nobody = leave_note(post, "The new one.", by=editor, answer_to=note)
    Note.objects.filter(pk=to_nobody.pk).update(to=None)

    mark_done(note, by=reporter)

    assert list(notes_to(editor)) == [answer]
    assert not Note.objects.open().exclude(pk=answer.pk).exists()
    mark_done(answer, by=editor)
    assert not notes_to(editor).exists()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Anna Brown and @ben: look.", ["anna", "ben"]),
        ("@ANNA BROWN", ["anna"]),
        ("@anna", ["anna"]),
        ("@annabel", []),
        ("write to x@ben.org", []),
        ("@ben @Ben Low @ben", ["ben"]),
        ("@nobody @reader", []),
        ("(@أحمد)", ["أحمد"]),
        ("Anna Brown", []),
    ],
)
def test_colleagues_are_mentioned_by_name_or_account(text, names):
    make_user(username="anna", first_name="Anna", last_name="Brown")
    make_user(username="ben", first_name="Ben", last_name="Low")
    make_user(username="أحمد")
    make_user(None, username="reader")  # sees no stories
    assert [person.username for person in mentioned(text)] == names


def left(note_text, post, by, to, now, capture):
    with capture(execute=True):
        return leave_note(post, note_text, by=by, to=to, now=now)


def test_who_wants_it_has_a_mail_that_says_nothing_of_the_story(
    with_mail, django_capture_on_commit_callbacks
):
    by, to = make_user(username="eve"), make_user(email="anna@example.org")
    wish_for_mail(to, True)
    post = make_post("MARKER headline", embargo_open_ended=True)
    left("MARKER words", post, by, to, NOON, django_capture_on_commit_callbacks)

    [sent] = mail.outbox
    assert sent.to == ["anna@example.org"]
    assert "MARKER" not in sent.subject + sent.body
    assert f"https://news.example.org/admin/articles/post/{post.pk}/change/" in sent.body
    assert "eve" in sent.body


def test_who_does_not_want_it_or_writes_to_themselves_has_none(
    with_mail, django_capture_on_commit_callbacks
):
    by, to = make_user(email="e@example.org"), make_user(email="anna@example.org")
    wish_for_mail(by, True)
    wish_for_mail(to, True)
    wish_for_mail(to, False)
    for colleague in (to, by, None):
        left("Look.", make_post(), by, colleague, NOON, django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert not MailWish.objects.filter(user=to).exists()


def test_mails_come_no_sooner_than_ten_minutes_after_each_other(
    with_mail, django_capture_on_commit_callbacks
):
    by, to = make_user(), make_user(email="anna@example.org")
    wish_for_mail(to, True)
    for minutes in (0, 1, 9, 10, 11):
        now = NOON + minutes * MINUTE
        left("Look.", make_post(), by, to, now, django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 2
