"""Undoing what was moved in the calendar."""

import datetime as dt
import re

import pytest
import time_machine

from articles.desk.planning.move_due import move_due
from articles.models import Edition, LoggedAction, Plan
from articles.publishing.steps.schedule import schedule
from tests.builders import make_post

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def make_plan(due_at, **fields):
    return Plan.objects.create(post=make_post("Floods", status="planned"), due_at=due_at, **fields)


def move(client, post, kind, was):
    """Move it to Friday at noon; the page that tells of it."""
    was = was.isoformat().replace("+00:00", "Z") if was else ""
    sent = {"kind": kind, "was": was, "day": "2026-11-27", "time": "12:00", "view": "month"}
    return client.post(f"/admin/calendar/{post.pk}/move/", sent, follow=True).text


def undo(client, page):
    """Press the button of the page that tells of a move."""
    form = re.search(r'<form[^>]*class="cal-undo".*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    action = re.search(r'action="([^"]*)"', form)[1]
    return client.post(action, sent, follow=True).text


@pytest.mark.parametrize("was", [NOW + HOUR, NOW - 3 * DAY, None])
def test_a_plan_goes_back_to_the_day_it_had_even_one_that_has_passed(desk, was):
    plan = make_plan(was)

    said = undo(desk, move(desk, plan.post, "due" if was else "undated", was))

    plan.refresh_from_db()
    assert plan.due_at == was
    assert ("was moved from 27 Nov" if was else "is planned for no day yet") in said


def test_a_scheduled_story_goes_back_to_its_hour(desk):
    schedule(post := make_post("Floods"), by=None, at=NOW + HOUR)

    undo(desk, move(desk, post, "coming", NOW + HOUR))

    newest = Edition.objects.filter(post=post).order_by("number").last()
    assert newest.live_from == NOW + HOUR


def test_what_a_colleague_moved_since_stays_where_it_is(desk):
    plan = make_plan(NOW + HOUR)
    page = move(desk, plan.post, "due", NOW + HOUR)
    move_due(plan.post, NOW + 4 * DAY, by=None)

    assert "any more. Look again." in undo(desk, page)
    plan.refresh_from_db()
    assert plan.due_at == NOW + 4 * DAY


def test_who_may_not_move_it_undoes_nothing(desk, reporter):
    plan = make_plan(NOW + HOUR)
    page = move(desk, plan.post, "due", NOW + HOUR)
    logged = LoggedAction.objects.count()
    desk.force_login(reporter)

    undo(desk, page)

    plan.refresh_from_db()
    assert plan.due_at != NOW + HOUR
    assert LoggedAction.objects.count() == logged


def test_a_place_that_the_desk_did_not_name_is_refused(desk):
    plan = make_plan(NOW + HOUR)
    for sent in ({}, {"move": "x:y:z"}):
        answer = desk.post(f"/admin/calendar/{plan.post_id}/undo/", sent)
        assert answer.status_code == 400
