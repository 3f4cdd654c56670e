"""Where somebody is signed in, and signing out there."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles.desk import roles
from articles.desk.accounts.sessions import DeskSession, end_session, end_sessions, sessions_of
from articles.models import LoggedAction
from tests.builders import make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
PAGE = "/admin/account/sessions/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def signed_in(name="editor", agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    client.post("/admin/login/", {"username": name, "password": "in-tests-only"})
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_the_page_names_each_browser_and_marks_this_one(editor, clock):
    phone = signed_in(agent=IPHONE)
    clock.shift(3600)
    desk = signed_in()

    page = desk.get(PAGE).text

    assert "Safari, iPhone" in page
    assert "Firefox, Linux" in page
    assert page.index("This one") < page.index("Safari, iPhone")
    assert "Sign out everywhere else" in page
    assert "13:00" in page  # in London
    assert is_in(phone)


def test_there_is_no_button_for_others_where_there_are_none(editor):
    assert "Sign out everywhere else" not in signed_in().get(PAGE).text


def test_no_page_holds_the_key_of_a_session(editor):
    client, other = signed_in(), signed_in(agent=IPHONE)

    page = client.get(PAGE).text

    keys = [each.cookies["sessionid"].value for each in (client, other)]
    assert not any(key in page for key in keys)


def test_one_session_is_ended_and_the_others_go_on(editor):
    desk, phone, home = signed_in(), signed_in(agent=IPHONE), signed_in()
    lost = next(row for row in sessions_of(editor, now=NOON) if "iPhone" in row.agent)

    desk.post(PAGE, {"session": lost.name})

    assert [is_in(each) for each in (desk, phone, home)] == [True, False, True]
    line = LoggedAction.objects.get(verb="end_session")
    assert (line.by, line.row) == (editor, str(editor.pk))


def test_all_others_are_ended_at_once(editor, reporter):
    desk, phone, home = signed_in(), signed_in(agent=IPHONE), signed_in()
    colleague = signed_in("reporter")

    desk.post(PAGE)

    assert [is_in(each) for each in (desk, phone, home, colleague)] == [True, False, False, True]


def test_a_session_is_seen_roughly_and_written_seldom(editor, clock):
    client = signed_in()
    clock.shift(240)
    client.get("/admin/")
    assert DeskSession.objects.get().seen_at == NOON

    clock.shift(61)
    client.get("/admin/")

    row = DeskSession.objects.get()
    assert row.seen_at == NOON + dt.timedelta(seconds=301)
    assert row.began_at == NOON


def test_a_new_password_ends_the_others(editor):
    desk, phone = signed_in(), signed_in(agent=IPHONE)
    data = {"old_password": "in-tests-only"}
    data |= dict.fromkeys(("new_password1", "new_password2"), "another-one-2026")

    desk.post("/admin/password_change/", data)

    assert [is_in(each) for each in (desk, phone)] == [True, False]
    assert DeskSession.objects.count() == Session.objects.count() == 1


def test_a_password_that_an_administrator_gives_ends_them_all(editor, administrator):
    theirs, admin = signed_in(), signed_in("administrator")
    data = dict.fromkeys(("password1", "password2"), "another-one-2026")

    admin.post(f"/admin/auth/user/{editor.pk}/password/", data | {"usable_password": "true"})

    assert [is_in(each) for each in (theirs, admin)] == [False, True]
    line = LoggedAction.objects.filter(kind="auth.user", verb="change").first()
    assert line.changes == [{"field": "password"}]


def test_an_administrator_ends_the_sessions_of_a_colleague(editor, administrator):
    theirs, admin = signed_in(), signed_in("administrator")
    page = f"/admin/auth/user/{editor.pk}/sessions/"
    assert "Firefox, Linux" in admin.get(page).text

    admin.post(page)

    assert [is_in(each) for each in (theirs, admin)] == [False, True]


def test_who_may_sign_in_no_more_has_no_session(editor, administrator):
    theirs = signed_in()
    admin = signed_in("administrator")

    no_lines = {"desk_rights-TOTAL_FORMS": 0, "desk_rights-INITIAL_FORMS": 0}
    sent = {"username": "editor", "is_staff": "on", **no_lines}
    admin.post(f"/admin/auth/user/{editor.pk}/change/", sent)

    assert not DeskSession.objects.filter(user=editor).exists()
    User.objects.filter(pk=editor.pk).update(is_active=True)
    assert not is_in(theirs)


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, None])
def test_nobody_else_ends_the_sessions_of_a_colleague(reporter, role):
    theirs = signed_in("reporter")
    someone = make_user(role)
    (row,) = sessions_of(reporter, now=NOON)

    with pytest.raises(PermissionDenied):
        end_sessions(reporter, by=someone, now=NOON)
    with pytest.raises(PermissionDenied):
        end_session(reporter, row.name, by=someone, now=NOON)

    assert is_in(theirs)


def test_nobody_ends_those_of_somebody_above_them(administrator):
    chief = User.objects.create_superuser("chief")

    with pytest.raises(PermissionDenied):
        end_sessions(chief, by=administrator, now=NOON)


def test_the_name_of_anothers_session_ends_nothing(editor, reporter):
    theirs, mine = signed_in("reporter"), signed_in()
    (row,) = sessions_of(reporter, now=NOON)

    mine.post(PAGE, {"session": row.name})

    assert is_in(theirs)


def test_a_session_from_before_they_were_noted_is_ended_too(editor):
    client = signed_in()
    DeskSession.objects.all().delete()

    end_sessions(editor, by=editor, now=timezone.now())

    assert not is_in(client)


def test_signing_in_and_out_is_logged(editor):
    client = signed_in()
    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": "editor", "password": "wrong"})
    client.post("/admin/login/", {"username": "my-secret-password", "password": "editor"})

    lines = LoggedAction.objects.order_by("pk")
    assert [line.verb for line in lines] == ["sign_in", "sign_out", "sign_in_failed"]
    assert lines[0].note == "Firefox, Linux"
    assert lines[0].address == "127.0.0.1"
    assert lines[2].by is None
