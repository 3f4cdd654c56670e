"""Signing in with a second factor: what opens after the password alone, and what does not."""

import datetime as dt
import re

import pyotp
import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.desk.accounts.second_factor.factor import SecondFactor
from articles.desk.accounts.second_factor.set_up import require_second_factor, set_up
from articles.desk.accounts.second_factor.sign_in import has_second_factor
from articles.models import DeskRight, LoggedAction
from tests.builders import make_section

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE, SET_UP = "/admin/login/code/", "/admin/login/second-factor/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


@pytest.fixture
def codes(editor):
    """The recovery codes of the editor, who set up a second factor an hour ago."""
    before = NOON - dt.timedelta(hours=1)
    return set_up(editor, SECRET, pyotp.TOTP(SECRET).at(before), now=before)


def give_password(client, to="/admin/articles/post/", name="editor"):
    data = {"username": name, "password": "in-tests-only", "next": to}
    return client.post("/admin/login/", data)


def give_code(client, code=None, page=CODE):
    return client.post(page, {"code": code or pyotp.TOTP(SECRET).now()})


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_the_password_alone_opens_nothing(client, codes):
    answer = give_password(client)

    assert answer.url == CODE
    assert not is_in(client)
    assert 'autocomplete="one-time-code"' in client.get(CODE).text


def test_the_code_leads_where_somebody_wanted_to_go(client, codes):
    give_password(client)

    assert give_code(client).url == "/admin/articles/post/"
    assert is_in(client)


def test_a_recovery_code_lets_in_without_the_telephone(client, codes):
    give_password(client)

    give_code(client, codes[0])

    assert is_in(client)


def test_a_wrong_code_is_said_to_be_wrong_and_opens_nothing(client, codes):
    give_password(client)

    page = give_code(client, "000000")

    assert "The code is wrong" in page.text
    assert not is_in(client)
    assert LoggedAction.objects.filter(verb="sign_in_failed", note="Wrong code").exists()


def test_the_pages_after_the_password_open_to_nobody_else(client, codes):
    for page in (CODE, SET_UP):
        assert client.get(page).url == "/admin/login/"
        assert give_code(client, page=page).url == "/admin/login/"
    assert not is_in(client)


def test_ten_minutes_after_the_password_one_begins_again(client, codes, clock):
    give_password(client)
    clock.shift(601)

    assert give_code(client).url == "/admin/login/"
    assert not is_in(client)


def test_a_password_that_was_changed_meanwhile_is_no_half_of_a_sign_in(client, codes, editor):
    give_password(client)
    editor.set_password("another-one-2026")
    editor.save()

    assert give_code(client).url == "/admin/login/"
    assert not is_in(client)


def test_guessing_codes_is_throttled_as_passwords_are(client, codes):
    give_password(client)
    for _attempt in range(10):
        answer = give_code(client, "000000")
    assert answer.status_code == 429

    assert give_code(client).status_code == 429
    assert give_password(client).status_code == 429
    assert not is_in(client)


def test_the_throttle_keeps_no_code(client, codes):
    give_password(client)
    give_code(client, "654321")

    assert "654321" not in AccessAttempt.objects.get().post_data


def test_somebody_who_signs_in_with_few_recovery_codes_left_is_told(client, codes):
    for code in codes[:7]:
        client.logout()
        give_password(client)
        give_code(client, code)

    assert "You have 3 recovery codes left" in client.get("/admin/").text


def test_of_two_who_send_the_same_code_one_gets_in(codes):
    one, other = Client(), Client()
    for client in (one, other):
        give_password(client)
        give_code(client)

    assert [is_in(one), is_in(other)] == [True, False]


def need_it(administrator, role=roles.EDITOR):
    require_second_factor(Group.objects.get(name=role), True, by=administrator, now=NOON)


def test_who_is_signed_out_as_a_factor_is_asked_for_is_told_why(client, editor, administrator):
    why = "your role asks for a second factor now"
    assert why not in client.get("/admin/login/").text
    give_password(client)
    need_it(administrator)

    page = client.get("/admin/articles/post/", follow=True)

    assert page.redirect_chain
    assert why in page.text


def test_who_needs_one_and_has_none_sets_it_up_before_anything_opens(client, editor, administrator):
    need_it(administrator)
    assert give_password(client).url == SET_UP
    page = client.get(SET_UP).text
    assert not is_in(client)
    key = re.search(r'factor-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "<svg" in page

    assert "not the code" in give_code(client, "000000", SET_UP).text
    assert not has_second_factor(editor)
    done = give_code(client, pyotp.TOTP(key).now(), SET_UP)
    assert 'data-copies="recovery-codes"' in done.text
    assert "data-print" in done.text

    assert len(re.findall(r"<code>[a-z2-7-]{19}</code>", done.text)) == 10
    assert is_in(client)
    # Nobody is shown the key again.
    assert key not in client.get("/admin/account/second-factor/").text.replace(" ", "")


def test_setting_up_is_no_way_around_a_factor_that_is_there(client, codes):
    give_password(client)

    assert client.get(SET_UP).url == CODE
    give_code(client, pyotp.TOTP(pyotp.random_base32()).now(), SET_UP)

    assert not is_in(client)


@pytest.mark.parametrize("is_at_one_desk", [False, True])
def test_who_is_signed_in_when_a_role_begins_to_need_it_is_shown_nothing_more(
    client, editor, administrator, is_at_one_desk
):
    if is_at_one_desk:
        line = {"role": editor.groups.get(), "section": make_section()}
        editor.groups.clear()
        DeskRight.objects.create(user=editor, **line)
    give_password(client)
    client.get("/admin/")
    need_it(administrator)

    assert "/login/" in client.get("/admin/").url
    assert not is_in(client)


def test_asking_whether_a_role_needs_it_costs_no_query(client, editor, administrator):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/settings/")
        return len(asked)

    client.force_login(editor)
    cost()
    before = cost()
    need_it(administrator, roles.REPORTER)

    assert cost() == before


@pytest.mark.parametrize("is_needed", [False, True])
def test_who_turns_it_off_is_told_what_lets_them_in_now(client, codes, administrator, is_needed):
    give_password(client)
    give_code(client)
    if is_needed:
        need_it(administrator)
    data = {"_off": "", "password": "in-tests-only", "code": codes[0]}

    page = client.post("/admin/account/second-factor/", data, follow=True).text

    assert ("your password alone lets you in" in page) != is_needed
    assert ("your role asks for one: set it up" in page) == is_needed


def test_who_turns_it_off_goes_on_nowhere_when_a_role_asks_for_it(client, codes, administrator):
    elsewhere = Client()
    for browser, code in ((client, codes[1]), (elsewhere, codes[2])):
        give_password(browser)
        give_code(browser, code)
    need_it(administrator)
    data = {"_off": "", "password": "in-tests-only", "code": codes[0]}

    client.post("/admin/account/second-factor/", data)

    assert not is_in(client)
    assert not is_in(elsewhere)
    assert give_password(client).url == SET_UP


def test_who_signed_in_with_a_code_goes_on_when_a_role_begins_to_need_it(
    client, codes, administrator, clock
):
    give_password(client)
    give_code(client)
    need_it(administrator)
    clock.shift(301)
    client.get("/admin/")

    assert is_in(client)


def test_others_sign_in_with_the_password_alone(client, reporter, administrator, codes):
    need_it(administrator)

    give_password(client, name="reporter")

    assert is_in(client)


def test_one_sets_it_up_on_the_desk_and_the_other_sessions_end(client, editor):
    other = Client()
    give_password(other)
    give_password(client)
    page = client.get("/admin/account/second-factor/").text
    key = re.search(r'factor-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")

    give_code(client, pyotp.TOTP(key).now(), "/admin/account/second-factor/")

    assert has_second_factor(editor)
    assert is_in(client)
    assert not is_in(other)


def test_a_wrong_code_on_the_desk_counts_as_one_at_the_door(client, codes, editor):
    client.force_login(editor)
    page = "/admin/account/second-factor/"

    for _attempt in range(10):
        answer = client.post(page, {"_renew": "", "code": "000000"})

    assert answer.status_code == 429
    data = {"_off": "", "password": "in-tests-only", "code": pyotp.TOTP(SECRET).now()}
    assert client.post(page, data).status_code == 429
    assert SecondFactor.objects.exists()


def test_an_administrator_resets_it_on_the_page_of_the_account(
    client, codes, editor, administrator
):
    client.force_login(administrator)
    account = f"/admin/auth/user/{editor.pk}/change/"
    assert "Reset the second factor" in client.get(account).text

    client.post(f"/admin/auth/user/{editor.pk}/second-factor/")

    assert not has_second_factor(editor)
    assert "Reset the second factor" not in client.get(account).text


def test_no_log_holds_a_secret(client, editor):
    client.force_login(editor)
    page = client.get("/admin/account/second-factor/").text
    key = re.search(r'factor-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    code = pyotp.TOTP(key).now()

    done = give_code(client, code, "/admin/account/second-factor/")

    recovery = re.search(r"<code>([a-z2-7-]{19})</code>", done.text)[1]
    logged = str(list(LoggedAction.objects.values()))
    assert not any(secret in logged for secret in (key, code, recovery))
