"""Somebody leaves: the account is closed, their work goes on, their stories stay."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles.desk import roles
from articles.desk.accounts.leaving import LeavingRefused, close_account, open_account_again
from articles.desk.calendar_feed import renew_feed
from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.plan import Plan
from articles.models import Author, LoggedAction, Note, Post
from tests.builders import make_author, make_post, make_story, make_user

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def make_plan(user):
    post = make_post("Planned", status=Post.Status.PLANNED)
    return Plan.objects.create(post=post, assigned_to=user)


def test_plans_drafts_and_notes_go_to_a_colleague_and_the_rest_stays(
    reporter, editor, administrator
):
    plan = make_plan(reporter)
    draft = make_post("Draft", status="draft", created_by=reporter)
    story = make_story("Live", authors=["Anna Brown"], created_by=reporter)
    Author.objects.filter(pk=make_author().pk).update(user=reporter)
    in_review = make_post("In review", status="in_review", created_by=reporter)
    begun = Plan.objects.create(post=in_review, assigned_to=reporter)
    open_note, done = (
        leave_note(draft, text=text, by=administrator, to=reporter, now=NOW)
        for text in ("Call back.", "Call again.")
    )
    Note.objects.filter(pk=done.pk).update(done_at=NOW)

    handed = close_account(reporter, by=administrator, hand_to=editor, now=NOW)

    assert handed == {"plans": 1, "notes": 1, "stories": 2}
    for row in (plan, draft, in_review, begun, story, open_note, done, reporter):
        row.refresh_from_db()
    assert (plan.assigned_to, draft.created_by, open_note.to) == (editor, editor, editor)
    assert (in_review.created_by, begun.assigned_to) == (editor, editor)
    assert (story.created_by, done.to) == (reporter, reporter)
    assert not reporter.is_active
    assert Author.objects.get().user == reporter
    assert "Live" in Client().get("/authors/anna-brown/").text
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (administrator, str(reporter.pk))
    assert "handed to editor" in entry.change_message


def test_a_note_from_the_colleague_who_takes_over_is_done(reporter, editor, administrator):
    note = leave_note(make_post(), text="Call me.", by=editor, to=reporter, now=NOW)

    handed = close_account(reporter, by=administrator, hand_to=editor, now=NOW)

    note.refresh_from_db()
    assert handed["notes"] == 0
    assert (note.to, note.done_at, note.done_by) == (reporter, NOW, administrator)


def test_who_is_signed_in_is_out_at_once_and_stays_so(reporter, administrator):
    theirs, others = signed_in(reporter), signed_in(administrator)
    assert theirs.get("/admin/").status_code == 200

    close_account(reporter, by=administrator, now=timezone.now())

    assert theirs.get("/admin/").status_code == 302
    User.objects.filter(pk=reporter.pk).update(is_active=True)
    assert theirs.get("/admin/").status_code == 302
    assert others.get("/admin/").status_code == 200


def test_the_address_of_their_calendar_stays_closed_if_the_account_is_opened_again(
    reporter, administrator
):
    feed = f"/admin/calendar/feed/{renew_feed(reporter, now=NOW)}.ics"
    assert Client().get(feed).status_code == 200

    close_account(reporter, by=administrator, now=NOW)

    User.objects.filter(pk=reporter.pk).update(is_active=True)
    assert Client().get(feed).status_code == 404


def test_without_a_colleague_plans_and_notes_are_for_everybody(reporter, editor, administrator):
    plan = make_plan(reporter)
    draft = make_post("Draft", status="draft", created_by=reporter)
    note = leave_note(draft, text="Call back.", by=editor, to=reporter, now=NOW)

    close_account(reporter, by=administrator, now=NOW)

    for row in (plan, draft, note):
        row.refresh_from_db()
    assert (plan.assigned_to, draft.created_by, note.to) == (None, reporter, None)


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, None])
def test_only_administrators_close_accounts(role, reporter):
    with pytest.raises(PermissionDenied):
        close_account(reporter, by=make_user(role), now=NOW)

    reporter.refresh_from_db()
    assert reporter.is_active


def test_nobody_closes_the_account_of_somebody_above_them(administrator):
    chief = User.objects.create_superuser("chief")

    with pytest.raises(PermissionDenied):
        close_account(chief, by=administrator, now=NOW)


def test_nobody_closes_their_own_account_or_one_twice(administrator, reporter, editor):
    with pytest.raises(LeavingRefused, match="your own"):
        close_account(administrator, by=administrator, now=NOW)
    close_account(reporter, by=administrator, now=NOW)
    with pytest.raises(LeavingRefused, match="closed already"):
        close_account(reporter, by=administrator, now=NOW)
    with pytest.raises(LeavingRefused, match="a colleague who works"):
        close_account(editor, by=administrator, hand_to=reporter, now=NOW)


def test_an_administrator_closes_an_account_on_its_page(reporter, editor, administrator):
    make_post("Draft", status="draft", created_by=reporter)
    client = signed_in(administrator)
    page = f"/admin/auth/user/{reporter.pk}/leave/"
    assert page in client.get(f"/admin/auth/user/{reporter.pk}/change/").text
    assert "1 draft" in client.get(page).text

    answer = client.post(page, {"hand_to": editor.pk}, follow=True)

    assert "Handed on: 1 begun story." in answer.text
    assert Post.objects.get().created_by == editor
    again = client.post(page, {"hand_to": "x"})
    assert again.status_code == 200
    assert "Select a valid choice" in again.text


def test_a_closed_account_is_opened_again_by_one_button(reporter, administrator):
    close_account(reporter, by=administrator, now=NOW)
    page = signed_in(administrator).get(f"/admin/auth/user/{reporter.pk}/change/")
    assert 'name="open_again"' in page.text

    sent = {"open_again": ""}
    signed_in(administrator).post(f"/admin/auth/user/{reporter.pk}/leave/", sent)

    reporter.refresh_from_db()
    assert reporter.is_active
    assert LogEntry.objects.first().change_message == "Account opened again."
    assert LoggedAction.objects.filter(verb="open_again", by=administrator).count() == 1


def test_who_is_below_somebody_does_not_open_their_account(reporter, administrator):
    chief = User.objects.create_superuser("chief", is_active=False)

    for below in (reporter, administrator):
        with pytest.raises(PermissionDenied):
            open_account_again(chief, by=below)

    chief.refresh_from_db()
    assert not chief.is_active
