"""An administrator sees the desk as a colleague sees it, and can change nothing there."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection

from articles.admin.see_as.views import WouldWrite, nothing_written
from articles.desk import roles
from articles.desk.accounts.see_as import begin, may_see_as
from articles.models import LoggedAction, Post, Presence, Topic
from tests.admin.forms import filled
from tests.admin.test_permissions import addresses, rows  # noqa: F401 (a fixture)
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
STOP = "/admin/account/stop/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


@pytest.fixture
def seeing(client, administrator, reporter):
    """The browser of an administrator who sees the desk as the reporter."""
    client.force_login(administrator)
    client.post(f"/admin/auth/user/{reporter.pk}/see/")
    return client


def test_the_desk_is_as_the_colleague_sees_it_with_a_bar_above(seeing):
    page = seeing.get("/admin/settings/").text

    assert "You see the desk as <strong>reporter</strong>" in page
    assert "Accounts" not in page
    assert seeing.get("/admin/auth/user/").status_code == 403


def test_stop_leads_back_to_ones_own_desk(seeing, reporter):
    answer = seeing.post(STOP)

    assert answer.url == f"/admin/auth/user/{reporter.pk}/change/"
    page = seeing.get("/admin/settings/").text
    assert "see-as-bar" not in page
    assert "Accounts" in page


def test_beginning_and_end_are_logged_with_who_it_was(seeing, administrator, reporter):
    seeing.post(STOP)

    lines = LoggedAction.objects.order_by("pk")
    assert [(line.verb, line.by, line.row) for line in lines] == [
        ("see_as", administrator, str(reporter.pk)),
        ("see_as_end", administrator, str(reporter.pk)),
    ]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_unsafe_method_reaches_any_page(seeing, reporter, method):
    post = make_post("At first", status="draft", created_by=reporter)

    for address in (
        f"/admin/articles/post/{post.pk}/save/",
        f"/admin/articles/post/{post.pk}/change/",
        f"/admin/articles/post/{post.pk}/step/send_to_review/",
        "/admin/password_change/",
        "/admin/account/second-factor/",
        "/admin/no/such/page/",
    ):
        answer = getattr(seeing, method)(address, {"headline": "Mine", "version": "1"})
        assert answer.status_code == 403, address

    post.refresh_from_db()
    assert (post.headline, post.status) == ("At first", "draft")


def test_a_script_is_told_why_in_json(seeing, reporter):
    post = make_post(status="draft", created_by=reporter)

    save = f"/admin/articles/post/{post.pk}/save/"
    answer = seeing.post(save, {"version": "1"}, headers={"accept": "application/json"})

    assert "Nothing can be changed" in answer.json()["refused"]


def test_no_page_writes_anything_either(seeing, reporter):
    with nothing_written(), pytest.raises(WouldWrite):
        Topic.objects.create(name="Written", slug="written")
    post = make_post(status="draft", created_by=reporter)

    seeing.get(f"/admin/articles/post/{post.pk}/since/", {"tab": "t", "version": "1"})

    assert not Presence.objects.exists()


def test_every_screen_opens_as_it_does_for_the_colleague(client, seeing, reporter, rows):  # noqa: F811
    asked = [each for each in addresses(rows) if each[0] != "stop_seeing"]
    theirs = type(client)()
    theirs.force_login(reporter)

    for name, address in asked:
        assert seeing.get(address).status_code == theirs.get(address).status_code, name
    assert connection.execute_wrappers == []


def test_it_is_over_after_half_an_hour(seeing, clock, administrator):
    clock.shift(29 * 60)
    assert "see-as-bar" in seeing.get("/admin/").text
    clock.shift(61)

    assert seeing.get("/admin/articles/post/").url == "/admin/"
    assert "see-as-bar" not in seeing.get("/admin/").text
    assert LoggedAction.objects.filter(verb="see_as_end", by=administrator).exists()


def test_what_is_sent_after_the_half_hour_is_not_done(seeing, clock, reporter, administrator):
    data = filled(seeing) | {"headline": "Meant for the other desk"}
    clock.shift(31 * 60)

    seeing.post("/admin/articles/post/add/", data)

    assert not Post.objects.exists()


def test_signing_out_is_always_possible(seeing):
    seeing.post("/admin/logout/")

    assert seeing.get("/admin/").status_code == 302


def test_it_is_never_nested(seeing, editor):
    assert seeing.post(f"/admin/auth/user/{editor.pk}/see/").status_code == 403
    with pytest.raises(PermissionDenied):
        begin(seeing.session, editor, by=User.objects.get(username="administrator"), now=NOON)


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, None])
def test_only_who_has_the_right_sees_as_others(client, reporter, role):
    someone = make_user(role)
    client.force_login(someone)

    assert client.post(f"/admin/auth/user/{reporter.pk}/see/").status_code == 403
    assert not may_see_as(someone, reporter)


def test_nobody_sees_as_somebody_with_more_rights_or_as_themselves(administrator, reporter):
    assert may_see_as(administrator, reporter)
    assert not may_see_as(administrator, administrator)
    assert not may_see_as(administrator, User.objects.create_superuser("chief"))

    reporter.user_permissions.add(Permission.objects.get(codename="delete_group"))
    assert not may_see_as(administrator, reporter)


def test_nor_as_who_does_not_work_at_the_desk(administrator):
    assert not may_see_as(administrator, make_user(is_active=False))
    assert not may_see_as(administrator, make_user(is_staff=False))


def test_it_ends_when_the_colleague_gets_more_rights(seeing, reporter):
    reporter.user_permissions.add(Permission.objects.get(codename="delete_group"))

    assert seeing.get("/admin/articles/post/").url == "/admin/"
    assert "see-as-bar" not in seeing.get("/admin/").text


def test_the_key_of_a_second_factor_is_not_shown(seeing):
    assert "factor-key" not in seeing.get("/admin/account/second-factor/").text


def test_whoever_sees_it_while_their_account_is_closed_is_signed_out(
    seeing, administrator, reporter
):
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    assert seeing.get("/admin/").url == "/admin/login/?next=/admin/"
    assert "see-as-bar" not in seeing.get("/admin/login/").text
    assert "see_as" not in seeing.session
