"""The calendar for other programs: who gets in by which address, and what they read."""

import datetime as dt

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.calendar.ical import calendar_text, fold
from articles.desk.calendar_feed import CalendarFeed, renew_feed
from articles.models import Plan
from articles.publishing.steps.schedule import schedule
from newsroom.operations.request_log import RequestLog
from tests.builders import make_post, make_story, make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PAGE = "/admin/calendar/feed/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def comes(headline, at, **fields):
    post = make_post(headline, **fields)
    schedule(post, by=None, at=at)
    return post


def address_of(user):
    return f"{PAGE}{renew_feed(user, now=timezone.now())}.ics"


def events(answer):
    """[{name: value}] of an unfolded calendar."""
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    found = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_another_program_reads_what_is_to_come_without_signing_in(client, reporter):
    post = comes("Floods, again; and again", NOW + HOUR)
    plan = make_post("Harbour strike", status="planned")
    Plan.objects.create(post=plan, due_at=NOW + DAY)
    make_story("Out")

    answer = client.get(address_of(reporter))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    first, second = events(answer)
    assert first["SUMMARY"] == r"Scheduled: Floods\, again\; and again"
    assert (first["DTSTART"], second["DTSTART"]) == ("20261125T175200Z", "20261126T165200Z")
    assert first["URL"].endswith(f"/admin/articles/post/{post.pk}/change/")
    assert second["SUMMARY"] == "Due · Planned: Harbour strike"
    assert first["UID"] != second["UID"]


def test_an_event_keeps_its_identity_when_it_is_moved(client, editor):
    post, address = comes("Floods", NOW + HOUR), address_of(editor)
    [before] = events(client.get(address))

    schedule(post, by=editor, at=NOW + DAY)

    [after] = events(client.get(address))
    assert after["UID"] == before["UID"]
    assert after["DTSTART"] != before["DTSTART"]


def test_a_new_address_makes_the_old_one_lead_nowhere(client, reporter, editor):
    old, other = address_of(reporter), address_of(editor)
    client.force_login(reporter)

    page = client.post(PAGE)

    new = page.context_data["address"]
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == client.get(other).status_code == 200


def test_a_stopped_address_leads_nowhere_and_is_logged(client, reporter):
    address = address_of(reporter)
    client.force_login(reporter)

    client.post(PAGE, {"stop": "1"})

    assert client.get(address).status_code == 404
    assert LogEntry.objects.filter(user=reporter, object_id=str(reporter.pk)).count() == 2


@pytest.mark.parametrize("lost", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_sign_in_any_more_reads_nothing(client, reporter, lost):
    address = address_of(reporter)

    for name, value in lost.items():
        setattr(reporter, name, value)
    reporter.save()

    assert client.get(address).status_code == 404


def test_who_lost_their_role_reads_nothing(client, reporter):
    address = address_of(reporter)

    reporter.groups.clear()

    assert client.get(address).status_code == 404


def test_who_may_see_no_stories_gets_no_address(client):
    someone = make_user(None)
    client.force_login(someone)

    assert client.post(PAGE).status_code == 403
    with pytest.raises(PermissionDenied):
        renew_feed(someone, now=NOW)


@pytest.mark.parametrize("token", ["x", "x" * 500, "%00", "%ff", "é"])
def test_a_guess_leads_nowhere(client, token):
    assert client.get(f"{PAGE}{token}.ics").status_code == 404


def test_the_token_is_stored_nowhere_and_shown_once(client, reporter):
    client.force_login(reporter)
    token = client.post(PAGE).context_data["address"].split("/")[-1].removesuffix(".ics")

    assert token not in client.get(PAGE).text
    assert token not in str(CalendarFeed.objects.values_list())
    assert CalendarFeed.objects.count() == 1


def test_the_token_is_in_no_line_of_the_log(rf, caplog):
    with caplog.at_level("INFO", logger="newsroom.requests"):
        RequestLog(lambda request: HttpResponse())(rf.get(f"{PAGE}secret.ics"))

    assert f'"{PAGE}-"' in caplog.text
    assert "secret" not in caplog.text


def test_looking_at_the_page_makes_no_address(client, reporter):
    client.force_login(reporter)

    assert client.get(PAGE).status_code == 200
    assert not CalendarFeed.objects.exists()


def test_whoever_is_not_signed_in_gets_no_address(client):
    assert client.get(PAGE).status_code == 302


def test_nothing_that_was_typed_breaks_out_of_its_line():
    event = {"uid": "1", "moment": NOW, "url": "https://a/", "description": "", "section": ""}

    text = calendar_text("Desk", [event | {"summary": "a\r\nEND:VCALENDAR\x00\\b"}], now=NOW)

    assert r"SUMMARY:a\nEND:VCALENDAR\\b" in text
    assert text.count("END:VCALENDAR\r\n") == 1


def test_long_lines_are_folded_between_letters():
    line = "SUMMARY:" + "é" * 100

    lines = fold(line).split("\r\n")

    assert all(len(each.encode()) <= 75 for each in lines)
    assert "".join([lines[0], *(each[1:] for each in lines[1:])]) == line


def test_the_feed_costs_the_same_for_one_story_and_for_thirty(client, reporter):
    address = address_of(reporter)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert events(client.get(address))
        return len(seen)

    comes("One", NOW + HOUR)
    queries()  # once in a process Django asks what SQLite can do with JSON
    one = queries()
    for number in range(29):
        comes(f"No {number}", NOW + HOUR)
    assert queries() == one <= 5
