"""A kill takes two people: two accounts in one person's hands are one."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from articles.desk import roles
from articles.desk.accounts.leaving import close_account
from articles.models import DeskRight, Post
from tests.admin.forms import sent_from, shown
from tests.admin.steps.steps import confirm, offered, step_url
from tests.builders import make_story, make_user
from tests.desk.accounts.test_second_factor import with_factor

pytestmark = pytest.mark.django_db

TOLD = {"words": "Removed for legal reasons.", "note": "A court order of Monday."}
NEW_PASSWORD = dict.fromkeys(("password1", "password2"), "harbour-wall-77")


def desk_of(user):
    client = Client()
    user.refresh_from_db()  # a new password ends sessions
    client.force_login(user)
    return client


def account(user, page="change"):
    return f"/admin/auth/user/{user.pk}/{page}/"


def add(client, name="fresh"):
    """The account that somebody makes at the desk, who then gives it a role."""
    page = "/admin/auth/user/add/"
    client.post(page, sent_from(shown(client, page)) | NEW_PASSWORD | {"username": name})
    user = User.objects.get(username=name)
    change(client, user, groups=[str(Group.objects.get(name=roles.EDITOR).pk)])
    return user


def change(client, user, **fields):
    client.post(account(user), sent_from(shown(client, account(user))) | fields)


def set_password(client, user):
    client.post(account(user, "password"), NEW_PASSWORD | {"usable_password": "true"})


def reset_factor(client, user):
    with_factor(user, now=timezone.now())
    client.post(account(user, "second-factor"))


def open_again(client, user):
    close_account(user, by=make_user(roles.ADMINISTRATOR), now=timezone.now())
    client.post(account(user, "leave"), {"open_again": "yes"})


def give_role(client, user):
    change(client, user, groups=[str(Group.objects.get(name=roles.ADMINISTRATOR).pk)])


def take_rights_at_a_desk(client, user):
    DeskRight.objects.create(user=user)
    change(client, user, **{"desk_rights-0-DELETE": "on"})
    assert not DeskRight.objects.exists()


@pytest.fixture
def story(db):
    return make_story("MARKER")


def is_refused(asker, second, story):
    """Whether the second account can confirm what the first asked for, in no way there is."""
    confirm(desk_of(asker), story, "ask_kill", **TOLD)
    client = desk_of(second)
    is_offered = "kill" in offered(client, story)
    page = client.post(step_url(story, "kill"), {"note": "", "seen": ""}, follow=True).text
    story.refresh_from_db()
    if not is_offered:
        assert story.status == Post.Status.KILL_ASKED
        assert "may act by both your account and" in page
        assert "may act by both" in client.get(step_url(story, "kill"), follow=True).text
        return True
    confirm(client, story, "kill")
    story.refresh_from_db()
    assert story.status == Post.Status.KILLED
    return False


@pytest.mark.parametrize(
    "got_hold", [set_password, reset_factor, open_again, give_role, take_rights_at_a_desk]
)
def test_who_set_up_a_colleagues_account_cannot_have_it_confirm_their_kill(
    administrator, editor, story, got_hold
):
    got_hold(desk_of(administrator), editor)
    assert is_refused(administrator, editor, story)


def test_nor_one_that_they_made(administrator, story):
    assert is_refused(administrator, add(desk_of(administrator)), story)


def test_nor_ask_by_it_and_confirm_by_their_own(administrator, editor, story):
    set_password(desk_of(administrator), editor)
    assert is_refused(editor, administrator, story)


def test_nor_do_both_by_accounts_that_they_made(administrator, story):
    desk = desk_of(administrator)
    assert is_refused(add(desk, "one"), add(desk, "two"), story)


def test_nor_by_an_account_that_one_they_made_set_up(administrator, editor, story):
    deputy = add(desk_of(administrator), "deputy")
    give_role(desk_of(administrator), deputy)
    set_password(desk_of(deputy), editor)
    assert is_refused(administrator, editor, story)


def test_who_changed_no_more_than_a_name_leaves_it_in_its_owners_hands(
    administrator, editor, story
):
    change(desk_of(administrator), editor, first_name="Hannah", email="hannah@example.org")
    set_password(desk_of(administrator), make_user())
    assert not is_refused(administrator, editor, story)


def test_after_thirty_days_it_is_its_owners(administrator, editor, story):
    with time_machine.travel(timezone.now() - dt.timedelta(days=31), tick=True):
        set_password(desk_of(administrator), editor)
    assert not is_refused(administrator, editor, story)


def test_a_password_of_ones_own_is_no_hold_of_anybody_else(administrator, editor, story):
    data = {"old_password": "in-tests-only"}
    data |= dict.fromkeys(("new_password1", "new_password2"), "another-one-2026")
    desk_of(editor).post("/admin/password_change/", data)
    assert not is_refused(administrator, editor, story)


def test_who_may_not_confirm_may_still_say_no(administrator, editor, story):
    set_password(desk_of(administrator), editor)
    confirm(desk_of(administrator), story, "ask_kill", **TOLD)
    assert offered(desk_of(editor), story) == ["decline_kill"]
