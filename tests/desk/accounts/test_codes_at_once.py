"""The same code sent twice at the same moment lets in once."""

import datetime as dt
import threading

import pyotp
import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.desk.accounts.second_factor.set_up import CodeRefused, set_up
from articles.desk.accounts.second_factor.sign_in import is_code_right, unused_recovery_codes

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def at_once(act, times=4):
    """What so many calls at the same moment give."""
    start, given = threading.Barrier(times), []

    def run():
        start.wait(10)
        try:
            given.append(act())
        except CodeRefused as refusal:
            given.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


@pytest.fixture
def person():
    return User.objects.create_user("person")


def test_a_code_of_the_app_lets_in_once(person):
    set_up(person, SECRET, pyotp.TOTP(SECRET).at(NOW), now=NOW)
    code = pyotp.TOTP(SECRET).at(LATER)

    given = at_once(lambda: is_code_right(person, code, now=LATER))

    assert sorted(given) == [False, False, False, True]


def test_a_recovery_code_lets_in_once(person):
    code = set_up(person, SECRET, pyotp.TOTP(SECRET).at(NOW), now=NOW)[0]

    given = at_once(lambda: is_code_right(person, code, now=LATER))

    assert sorted(given) == [False, False, False, True]
    assert unused_recovery_codes(person) == 9


def test_of_pages_that_set_it_up_together_one_counts(person):
    def act():
        return set_up(person, SECRET, pyotp.TOTP(SECRET).at(NOW), now=NOW)

    given = at_once(act)

    assert sum(isinstance(each, list) for each in given) == 1
    assert unused_recovery_codes(person) == 10
