"""Codes of an app and recovery codes: right once, in time, and for their owner alone."""

import datetime as dt
import re

import pyotp
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.accounts.second_factor.codes import step_of
from articles.desk.accounts.second_factor.factor import RecoveryCode, SecondFactor
from articles.desk.accounts.second_factor.set_up import (
    CodeRefused,
    renew_recovery_codes,
    require_second_factor,
    reset,
    set_up,
    turn_off,
)
from articles.desk.accounts.second_factor.sign_in import (
    has_second_factor,
    is_code_right,
    needs_second_factor,
    unused_recovery_codes,
)
from articles.models import DeskRight, LoggedAction
from tests.builders import make_section, make_user

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 12, 0, 10, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "in-tests-only"


def code_at(moment, secret=SECRET):
    return pyotp.TOTP(secret).at(moment)


def with_factor(user, now=NOW):
    """The recovery codes of a person whose second factor was set up just now."""
    return set_up(user, SECRET, code_at(now), now=now)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1234567890, "89005924"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    # The test vectors of RFC 6238 have eight digits; apps show the last six.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    now = dt.datetime.fromtimestamp(seconds, dt.UTC)

    assert step_of(code[-6:], secret, now=now) == seconds // 30


def test_a_factor_counts_only_once_a_code_confirms_it(editor):
    with pytest.raises(CodeRefused):
        set_up(editor, SECRET, "000000", now=NOW)
    assert not has_second_factor(editor)

    with_factor(editor)

    assert has_second_factor(editor)


def test_neither_the_secret_nor_a_recovery_code_is_stored_as_it_is(editor):
    codes = with_factor(editor)

    assert SECRET not in SecondFactor.objects.get().sealed_secret
    stored = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(part in stored for code in codes for part in (code, code.replace("-", "")))


def test_a_code_is_right_once(editor):
    with_factor(editor)

    assert is_code_right(editor, code_at(LATER), now=LATER)
    assert not is_code_right(editor, code_at(LATER), now=LATER)


def test_the_code_that_confirmed_the_factor_signs_nobody_in(editor):
    with_factor(editor)

    assert not is_code_right(editor, code_at(NOW), now=NOW)


def test_a_clock_may_be_wrong_by_half_a_minute_and_no_more(editor):
    with_factor(editor)
    step = dt.timedelta(seconds=30)

    assert not is_code_right(editor, code_at(LATER - 2 * step), now=LATER)
    assert is_code_right(editor, code_at(LATER - step), now=LATER)
    assert not is_code_right(editor, code_at(LATER + 2 * step), now=LATER)
    assert is_code_right(editor, code_at(LATER + step), now=LATER)


def test_an_earlier_code_is_no_good_after_a_later_one(editor):
    with_factor(editor)
    later = code_at(LATER + dt.timedelta(seconds=30))

    assert is_code_right(editor, later, now=LATER)
    assert not is_code_right(editor, code_at(LATER), now=LATER)


def test_a_recovery_code_is_right_once_however_it_is_typed(editor):
    codes = with_factor(editor)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-z2-7]{4}-){3}[a-z2-7]{4}", code) for code in codes)

    assert is_code_right(editor, f" {codes[0].upper().replace('-', ' ')} ", now=NOW)
    assert not is_code_right(editor, codes[0], now=NOW)
    assert unused_recovery_codes(editor) == 9
    assert LoggedAction.objects.filter(verb="recovery_used", row=editor.pk).exists()


def test_codes_are_their_owners_alone(editor, reporter):
    codes = with_factor(editor)
    other = pyotp.random_base32()
    set_up(reporter, other, code_at(NOW, other), now=NOW)

    assert not is_code_right(reporter, codes[0], now=NOW)
    assert not is_code_right(reporter, code_at(LATER), now=LATER)


@pytest.mark.parametrize(
    "typed", ["", " ", "١٢٣٤٥٦", "12345", "1234567", "x" * 9999, "\ud800", "\x00"]
)
def test_what_is_no_code_is_wrong(editor, typed):
    with_factor(editor)

    assert not is_code_right(editor, typed, now=LATER)


def test_new_recovery_codes_replace_the_old_ones(editor):
    old = with_factor(editor)

    new = renew_recovery_codes(editor, code_at(LATER), now=LATER)

    assert not is_code_right(editor, old[0], now=LATER)
    assert is_code_right(editor, new[0], now=LATER)
    with pytest.raises(CodeRefused):
        renew_recovery_codes(editor, "000000", now=LATER)


def test_turning_it_off_takes_the_password_and_a_code(editor):
    with_factor(editor)

    for password, code in ((PASSWORD, "000000"), ("wrong", code_at(LATER))):
        with pytest.raises(CodeRefused):
            turn_off(editor, password, code, now=LATER)
    assert has_second_factor(editor)

    turn_off(editor, PASSWORD, code_at(LATER), now=LATER)
    assert not has_second_factor(editor)
    assert not RecoveryCode.objects.exists()


def test_a_second_page_does_not_replace_what_the_first_set_up(editor):
    with_factor(editor)
    other = pyotp.random_base32()

    with pytest.raises(CodeRefused):
        set_up(editor, other, code_at(LATER, other), now=LATER)

    assert is_code_right(editor, code_at(LATER), now=LATER)


def test_after_the_secret_key_has_changed_recovery_codes_still_let_in(editor, settings):
    codes = with_factor(editor)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-this-site"

    assert not is_code_right(editor, code_at(LATER), now=LATER)
    assert is_code_right(editor, codes[0], now=LATER)

    settings.SECRET_KEY_FALLBACKS = [before]
    assert is_code_right(editor, code_at(LATER), now=LATER)


@pytest.mark.parametrize("is_needed", [False, True])
def test_an_administrator_resets_it_and_the_person_is_written_to(
    reporter, administrator, settings, django_capture_on_commit_callbacks, is_needed
):
    if is_needed:
        role = Group.objects.get(name=roles.REPORTER)
        require_second_factor(role, True, by=administrator, now=NOW)
    settings.EMAIL_HOST = "mail.example.org"
    User.objects.filter(pk=reporter.pk).update(email="reporter@example.org")
    reporter.refresh_from_db()
    with_factor(reporter)

    with django_capture_on_commit_callbacks(execute=True):
        reset(reporter, by=administrator, now=LATER)

    assert not has_second_factor(reporter)
    assert LoggedAction.objects.filter(verb="factor_reset", by=administrator).exists()
    (letter,) = mail.outbox
    assert letter.to == ["reporter@example.org"]
    assert "administrator" in letter.body
    assert ("your password alone lets you in" in letter.body) != is_needed


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, None])
def test_nobody_else_resets_it(reporter, role):
    with_factor(reporter)

    with pytest.raises(PermissionDenied):
        reset(reporter, by=make_user(role), now=LATER)

    assert has_second_factor(reporter)


def test_nobody_resets_that_of_somebody_above_them_or_their_own(administrator):
    chief = User.objects.create_superuser("chief")

    for user in (chief, administrator):
        with_factor(user)
        with pytest.raises(PermissionDenied):
            reset(user, by=administrator, now=LATER)


def test_a_role_asks_for_it_once_an_administrator_says_so(reporter, editor, administrator):
    role = Group.objects.get(name=roles.EDITOR)
    with pytest.raises(PermissionDenied):
        require_second_factor(role, True, by=editor, now=NOW)
    assert not needs_second_factor(editor)

    require_second_factor(role, True, by=administrator, now=NOW)

    assert needs_second_factor(editor)
    assert not needs_second_factor(reporter)
    line = LoggedAction.objects.get(kind="auth.group")
    assert (line.by, line.row_name) == (administrator, roles.EDITOR)
    require_second_factor(role, False, by=administrator, now=NOW)
    assert not needs_second_factor(editor)


def test_nobody_changes_what_a_role_above_theirs_asks(administrator):
    above = Group.objects.create(name="Above")
    above.permissions.set(Permission.objects.filter(codename="delete_group"))

    with pytest.raises(PermissionDenied):
        require_second_factor(above, False, by=administrator, now=NOW)


def test_a_role_at_one_desk_only_asks_for_a_second_factor_too():
    administrator, reporter = make_user(roles.ADMINISTRATOR), make_user(roles.REPORTER)
    role = Group.objects.get(name=roles.EDITOR)
    require_second_factor(role, True, by=administrator, now=NOW)
    assert not needs_second_factor(reporter)

    DeskRight.objects.create(user=reporter, section=make_section(), role=role)

    assert needs_second_factor(reporter)
