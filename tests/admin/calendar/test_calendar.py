"""The desk's calendar: weeks and months, and moving what stands in them."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.models import Edition, Plan, PlanNeed
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_section, make_stories, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

CALENDAR = "/admin/calendar/"
NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)  # a Wednesday
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
TODAY, TOMORROW = NOW.date(), NOW.date() + DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def shown(client, **query):
    """{day: [(headline, mark)]} of the days with something on them."""
    page = client.get(CALENDAR, query)
    days = [day for week in page.context_data["weeks"] for day in week]
    return {
        day["day"]: [(str(each["row"].story.post), each["row"].mark) for each in day["rows"]]
        for day in days
        if day["rows"]
    }


def days_of(client, **query):
    weeks = client.get(CALENDAR, query).context_data["weeks"]
    return weeks[0][0]["day"], weeks[-1][-1]["day"], len(weeks)


def make_plan(headline, due_at, *, status="planned", **fields):
    return Plan.objects.create(post=make_post(headline, status=status), due_at=due_at, **fields)


def comes(headline, at, **fields):
    post = make_post(headline, **fields)
    schedule(post, by=None, at=at)
    return post


def test_a_week_begins_on_monday_and_a_month_is_shown_in_whole_weeks(desk):
    assert days_of(desk) == (dt.date(2026, 11, 23), dt.date(2026, 11, 29), 1)
    assert days_of(desk, day="2026-01-01") == (dt.date(2025, 12, 29), dt.date(2026, 1, 4), 1)
    assert days_of(desk, view="month") == (dt.date(2026, 10, 26), dt.date(2026, 12, 6), 6)


@pytest.mark.parametrize("day", ["2026-13-40", "x", "0001-01-01", "9999-12-31", "2026-11-25\x00"])
def test_what_is_no_day_shows_this_week(desk, day):
    assert days_of(desk, day=day) == days_of(desk)


def test_a_day_shows_what_went_live_goes_live_leaves_and_is_due(desk, editor):
    make_story("Out", at=NOW - DAY)
    rewrite(post := make_story("Updated", at=NOW - 9 * DAY), "Other words.")
    schedule(post, by=editor, at=NOW + HOUR)
    withdraw(make_story("Leaves", at=NOW - 9 * DAY), by=editor, at=NOW + 2 * HOUR)
    make_plan("Planned", NOW + DAY)
    make_plan("Begun", NOW + DAY + HOUR, status="draft")
    make_plan("Done", NOW + DAY, status="published")
    comes("Comes", NOW + 2 * DAY)

    assert shown(desk) == {
        TODAY - DAY: [("Out", "live")],
        TODAY: [("Updated", "coming"), ("Leaves", "leaving")],
        TOMORROW: [("Planned", "due"), ("Begun", "due")],
        TODAY + 2 * DAY: [("Comes", "coming")],
    }


def test_a_planned_story_that_is_scheduled_stands_once(desk):
    plan = make_plan("Planned", NOW + HOUR, status="ready")
    schedule(plan.post, by=None, at=NOW + 2 * HOUR)

    assert shown(desk) == {TODAY: [("Planned", "coming")]}


def test_a_day_begins_at_midnight_where_the_newsroom_is(desk, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    comes("Comes", NOW + HOUR)

    assert shown(desk) == {TOMORROW: [("Comes", "coming")]}


def test_a_section_is_shown_alone(desk):
    comes("Home", NOW + HOUR)
    comes("Abroad", NOW + HOUR, section="World")
    make_plan("Home too", NOW + HOUR)

    assert shown(desk, section="world") == {TODAY: [("Abroad", "coming")]}
    assert len(shown(desk, section="nowhere")[TODAY]) == 3


def test_a_full_day_of_a_month_leads_to_its_week(desk):
    make_stories({"at": NOW - HOUR} for _n in range(7))

    page = desk.get(CALENDAR, {"view": "month"})

    assert len(shown(desk, view="month")[TODAY]) == 6
    assert len(shown(desk)[TODAY]) == 7
    assert "More that day" in page.text


def test_plans_without_a_day_are_named_below(desk):
    make_plan("Some day", None)

    assert "Some day" in desk.get(CALENDAR).text


def moved(client, post, seen, to, kind="coming", **more):
    data = {"kind": kind, "was": seen.isoformat(), "day": to.date(), "time": f"{to:%H:%M}"}
    page = client.post(f"{CALENDAR}{post.pk}/move/", data | more, follow=True)
    return page.text


def start_of(post):
    return Edition.objects.filter(post=post).order_by("number").last().live_from


def test_what_is_scheduled_is_moved_to_another_day(desk):
    post = comes("Floods", NOW + HOUR)
    to = (NOW + DAY + HOUR).replace(second=0)

    page = moved(desk, post, NOW + HOUR, to, view="month")

    assert start_of(post) == to
    assert "was moved from 25 Nov 2026, 17:52 to 26 Nov 2026, 17:52" in page
    assert "November 2026</h1>" in page


def test_what_is_due_is_moved_to_another_day(desk):
    plan = make_plan("Floods", NOW + HOUR)

    page = moved(desk, plan.post, NOW + HOUR, NOW + DAY, "due")

    plan.refresh_from_db()
    assert plan.due_at == NOW + DAY
    assert "was moved" in page


def test_a_plan_that_is_dropped_on_a_day_is_due_then_at_an_hour_that_is_free(desk):
    make_plan("Already there", dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))
    plan = make_plan("Some day", None)
    assert (
        f'data-move="{CALENDAR}{plan.post_id}/move/" data-kind="undated"' in desk.get(CALENDAR).text
    )

    sent = {"kind": "undated", "was": "", "day": "2026-11-27", "time": ""}
    page = desk.post(f"{CALENDAR}{plan.post_id}/move/", sent, follow=True).text

    plan.refresh_from_db()
    assert plan.due_at == dt.datetime(2026, 11, 27, 13, tzinfo=dt.UTC)
    assert "“Some day” is due 27 Nov 2026, 13:00." in page


def test_a_plan_that_has_a_day_meanwhile_keeps_it(desk):
    plan = make_plan("Some day", NOW + DAY)

    sent = {"kind": "undated", "was": "", "day": "2026-11-28", "time": ""}
    page = desk.post(f"{CALENDAR}{plan.post_id}/move/", sent)

    plan.refresh_from_db()
    assert plan.due_at == NOW + DAY
    assert "has a day meanwhile" in page.text


def test_the_page_that_asks_for_a_day_proposes_one(desk):
    plan = make_plan("Some day", None)

    page = desk.get(f"{CALENDAR}{plan.post_id}/move/?day=2026-11-27").text

    assert "It has no day yet." in page
    assert 'value="2026-11-27"' in page
    assert 'value="12:00"' in page


@pytest.mark.parametrize("kind", ["coming", "due"])
def test_what_a_colleague_moved_meanwhile_stays_where_it_is(desk, kind):
    post = comes("Floods", NOW + HOUR) if kind == "coming" else None
    plan = None if post else make_plan("Floods", NOW + HOUR)

    page = moved(desk, post or plan.post, NOW + 2 * HOUR, NOW + DAY, kind)

    assert "any more. Look again." in page
    assert start_of(post) == NOW + HOUR if post else Plan.objects.get().due_at == NOW + HOUR


def test_an_embargo_is_asked_and_the_page_says_so(desk):
    post = comes("Budget", NOW + 2 * DAY, embargo_until=NOW + 2 * DAY)

    page = moved(desk, post, NOW + 2 * DAY, NOW + DAY)

    assert "embargoed until" in page
    assert start_of(post) == NOW + 2 * DAY


@pytest.mark.parametrize(
    "sent", [{"day": ""}, {"time": "x"}, {"day": "2026-11-24"}, {"day": "\x00"}, {"was": "\x00"}]
)
def test_what_is_no_moment_to_come_moves_nothing(desk, sent):
    post = comes("Floods", NOW + HOUR)
    data = {"kind": "coming", "was": (NOW + HOUR).isoformat(), "day": "2026-11-24", "time": "10:00"}

    page = desk.post(f"{CALENDAR}{post.pk}/move/", data | sent)

    assert page.status_code == 422
    assert start_of(post) == NOW + HOUR


def test_looking_at_the_page_that_asks_moves_nothing(desk):
    post = comes("Floods", NOW + HOUR)

    page = desk.get(f"{CALENDAR}{post.pk}/move/", {"day": "2026-11-27", "time": "10:00"})

    assert "Move it there" in page.text
    assert start_of(post) == NOW + HOUR


@pytest.mark.parametrize("key", ["0", "999999", "99999999999999999999999"])
def test_there_is_nothing_to_move_of_a_story_that_stands_nowhere(desk, key):
    assert desk.get(f"{CALENDAR}{key}/move/").status_code in {400, 404}
    assert desk.get(f"{CALENDAR}{make_post().pk}/move/").status_code == 404


def test_reporters_move_no_schedules_and_only_the_plans_that_are_theirs(client, reporter):
    scheduled = comes("Scheduled", NOW + HOUR)
    theirs, mine = make_plan("Theirs", NOW + HOUR), make_plan(
        "Mine", NOW + HOUR, assigned_to=reporter
    )  # fmt: skip
    client.force_login(reporter)

    week = client.get(CALENDAR)
    moved(client, scheduled, NOW + HOUR, NOW + DAY)
    for plan in (theirs, mine):
        moved(client, plan.post, NOW + HOUR, NOW + DAY, "due")

    assert week.text.count("data-move") == 1
    assert start_of(scheduled) == NOW + HOUR
    assert Plan.objects.get(pk=theirs.pk).due_at == NOW + HOUR
    assert Plan.objects.get(pk=mine.pk).due_at == NOW + DAY


def test_who_may_see_no_stories_sees_no_calendar(client):
    post = comes("Secret", NOW + HOUR)
    client.force_login(make_user(None))

    assert client.get(CALENDAR).status_code == 403
    assert client.get(f"{CALENDAR}{post.pk}/move/").status_code == 403


@pytest.mark.parametrize("role", roles.PERMISSIONS)
@pytest.mark.parametrize("view", ["week", "month"])
def test_a_calendar_costs_the_same_for_one_story_and_for_thirty(client, role, view):
    person = make_user(role)
    client.force_login(person)
    make_section("World")

    def fill(number):
        for n in range(number):
            comes(f"Comes {number} {n}", NOW + HOUR)
            make_plan(f"Planned {number} {n}", NOW + HOUR, assigned_to=person)
            make_plan(f"Undated {number} {n}", None, assigned_to=person)
        make_stories({"at": NOW - HOUR} for _n in range(number))

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(CALENDAR, {"view": view}).status_code == 200
        return len(seen)

    fill(1)
    queries()  # once in a process Django asks what SQLite can do with JSON
    one = queries()
    fill(20)
    assert queries() == one <= 8


def test_an_entry_says_who_writes_the_story_and_what_it_needs(desk, reporter):
    plan = make_plan("Planned", NOW + HOUR, assigned_to=reporter)
    PlanNeed.objects.create(plan=plan, kind="picture")
    PlanNeed.objects.create(plan=plan, kind="graphic", met=True)

    page = desk.get(CALENDAR).text

    assert '<span class="cal-who">reporter</span>' in page
    assert "Picture: missing" in page
    assert "Graphic" not in page


def test_a_new_plan_is_proposed_for_an_hour_at_which_nothing_is_due(desk):
    noon = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    add = f"/admin/articles/plan/add/?day={TOMORROW}"
    make_plan("At noon", noon)
    make_plan("At two", noon + 2 * HOUR)

    assert 'value="2026-11-26T13:00"' in desk.get(add).text
    for number in range(12):
        make_plan(f"Full {number}", noon + number * HOUR)
    assert 'value="2026-11-26T12:00"' in desk.get(add).text
