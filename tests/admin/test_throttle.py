"""Guessing passwords is slow from everywhere, and the owner of a name is never shut out."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk.sign_in_throttle import FREE_FAILURES

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOME, RIGHT = "198.51.100.7", "in-tests-only"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def sign_in(address=HOME, password=RIGHT, name="editor"):
    """The answer's status: 302 for who is in, 200 for a wrong password, else refused."""
    data = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/admin/login/", data).status_code


def guess(clock, times, name="editor", apart=1):
    """How many guesses were heard, each from an address of its own and so many seconds apart."""
    heard = 0
    for number in range(times):
        heard += sign_in(f"203.0.{number // 250}.{number % 250 + 1}", "wrong", name) == 200
        clock.shift(apart)
    return heard


def test_who_has_many_addresses_gets_one_guess_a_minute(clock, editor):
    assert guess(clock, FREE_FAILURES) == FREE_FAILURES

    assert guess(clock, 50, apart=6) <= 6


def test_after_a_minute_an_address_that_nobody_knows_is_heard(clock, editor):
    guess(clock, FREE_FAILURES)
    guess(clock, 20, apart=5)
    assert sign_in("192.0.2.1") == 429

    clock.shift(61)

    assert sign_in("192.0.2.1") == 302


def test_where_somebody_signed_in_before_their_name_is_never_slow(clock, editor):
    assert sign_in() == 302
    guess(clock, FREE_FAILURES + 30)

    assert sign_in() == 302
    assert sign_in("192.0.2.1") == 429


def test_who_waits_in_vain_is_not_shut_out_for_an_hour(clock, editor):
    guess(clock, FREE_FAILURES)

    for _ in range(15):
        assert sign_in() == 429
    clock.shift(61)

    assert sign_in() == 302


def test_a_colleague_is_not_slowed_down(clock, editor, reporter):
    guess(clock, FREE_FAILURES + 10)

    assert sign_in("192.0.2.1", name="reporter") == 302


def test_the_page_says_what_to_do(clock, editor):
    guess(clock, FREE_FAILURES)
    data = {"username": "editor", "password": "in-tests-only"}

    page = Client(REMOTE_ADDR=HOME).post("/admin/login/", data).text

    assert "wait a minute" in page
    assert "for an hour" not in page


def test_the_slowness_ends_a_day_after_the_guessing(clock, editor):
    guess(clock, FREE_FAILURES + 5)

    clock.shift(24 * 3600)

    assert guess(clock, 5) == 5


@pytest.mark.parametrize("name", ["e" * 151, "e" * 256, "e" * 100_000, "\ufdfa" * 150])
def test_a_name_longer_than_any_is_wrong_like_any_other(editor, name):
    for _ in range(9):
        assert sign_in(name=name) == 200
    assert sign_in(name=name) == sign_in(name=name) == 429
    assert sign_in() == 302

    for model in (AccessAttempt, AccessFailureLog):
        assert {len(each.username) for each in model.objects.all()} == {150}


def test_a_password_of_a_megabyte_is_wrong_like_any_other(editor):
    assert sign_in(password="x" * 1_000_000) == 200
    assert sign_in() == 302


def test_a_network_of_ipv6_is_one_place(editor):
    for number in range(10):
        sign_in(f"2001:db8:0:7::{number + 1:x}", "wrong")

    assert sign_in("2001:db8:0:7:ffff::1") == 429
    assert sign_in("2001:db8:0:8::1") == 302
    assert sign_in("::ffff:192.0.2.1") == 302
    assert AccessLog.objects.filter(ip_address="192.0.2.1").exists()


def test_the_command_of_every_minute_forgets_what_is_old(clock, editor):
    sign_in()
    sign_in("192.0.2.1", "wrong")
    call_command("send_pings")
    assert all(model.objects.exists() for model in (Session, AccessAttempt, AccessFailureLog))

    clock.shift(dt.timedelta(hours=12, minutes=1))
    call_command("send_pings")
    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()
    assert AccessFailureLog.objects.exists()

    clock.shift(dt.timedelta(days=1))
    call_command("send_pings")
    assert not AccessFailureLog.objects.exists()
    assert AccessLog.objects.exists()

    clock.shift(dt.timedelta(days=90))
    call_command("send_pings")
    assert not AccessLog.objects.exists()


def test_a_session_ends_after_hours_of_rest_and_not_while_its_person_works(clock, client, editor):
    client.force_login(editor)
    for _ in range(6):
        clock.shift(dt.timedelta(hours=5))
        assert client.get("/admin/").status_code == 200

    clock.shift(dt.timedelta(hours=11, minutes=45))
    assert client.get("/admin/").status_code == 200
    clock.shift(dt.timedelta(hours=12, seconds=1))

    assert client.get("/admin/").status_code == 302


def test_a_session_is_not_written_with_every_request(client, editor):
    client.force_login(editor)
    client.get("/admin/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")

    assert not [query for query in queries if not query["sql"].startswith("SELECT")]
