"""Accounts, Today (the start page) and signing in."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone

from articles.publishing.steps.schedule import schedule
from tests.builders import make_post, make_topic, make_user

pytestmark = pytest.mark.django_db


def account(user):
    return f"/admin/auth/user/{user.pk}/change/"


def test_an_administrator_makes_nobody_a_superuser(client, administrator):
    someone = make_user(None, "someone")
    client.force_login(administrator)
    fields = {"username": "someone", "is_superuser": "on", "is_active": "on", "is_staff": "on"}
    every = [permission.pk for permission in Permission.objects.all()]

    client.post(account(someone), fields | {"user_permissions": every})

    someone.refresh_from_db()
    assert not someone.is_superuser
    assert not someone.user_permissions.exists()


def test_an_administrator_changes_no_superuser(client, administrator):
    chief = User.objects.create_superuser("chief")
    client.force_login(administrator)
    client.raise_request_exception = False

    client.post(account(chief), {"username": "taken", "is_active": "on"})
    client.post(
        f"/admin/auth/user/{chief.pk}/password/",
        {"password1": "another-long-word-9", "password2": "another-long-word-9"},
    )

    chief.refresh_from_db()
    assert chief.username == "chief"
    assert not chief.check_password("another-long-word-9")


def test_an_administrator_gives_roles_but_none_above_their_own(client, administrator):
    someone, above = make_user(None, "someone"), Group.objects.create(name="Above")
    above.permissions.set(Permission.objects.filter(codename="delete_group"))
    client.force_login(administrator)
    fields = {"username": "someone", "is_active": "on", "is_staff": "on"}

    client.post(account(someone), fields | {"groups": [above.pk]})
    assert not someone.groups.exists()

    client.post(account(someone), fields | {"groups": [Group.objects.get(name="Editor").pk]})
    assert someone.groups.get().name == "Editor"


def test_the_start_page_shows_what_waits(client, editor):
    make_post("Waits for a reader", status="in_review")
    make_post("My own draft", status="draft", created_by=editor)
    make_post("Their draft", status="draft")
    post = make_post("Comes tomorrow")
    schedule(post, by=editor, at=timezone.now() + dt.timedelta(days=1))
    client.force_login(editor)

    page = client.get("/admin/")

    for headline in ("Waits for a reader", "My own draft", "Comes tomorrow"):
        assert headline in page.text
    assert "Their draft" not in page.text


def test_topics_are_merged_into_the_one_that_is_kept(client, editor):
    kept, other = make_topic("Syria"), make_topic("Syrian war")
    post = make_post(topics=["Syrian war"])
    client.force_login(editor)
    chosen = {"action": "merge", "_selected_action": [kept.pk, other.pk]}

    asked = client.post("/admin/articles/topic/", chosen)
    client.post("/admin/articles/topic/", chosen | {"keep": kept.pk})

    assert "Which one is kept?" in asked.text
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    assert kept.aliases.get().name == "Syrian war"


def test_whoever_guesses_a_password_locks_nobody_out_who_is_elsewhere(client, db, settings):
    settings.AXES_CLIENT_IP_CALLABLE = "newsroom.operations.client_address.client_address"
    make_user(username="someone")

    def attempt(came_from):
        fields = {"username": "someone", "password": "wrong"}
        return client.post("/admin/login/", fields, headers={"X-Forwarded-For": came_from})

    for number in range(10):
        # What a stranger writes there stands before what the server in front adds.
        guess = attempt(f"192.0.2.{number}, 203.0.113.9")

    assert guess.status_code == 429
    assert attempt("203.0.113.10").status_code == 200
    assert attempt("2001:db8::1").status_code == 200


def test_signing_in_too_often_is_answered_with_a_page(client, db):
    make_user(username="someone")
    for _attempt in range(10):
        page = client.post("/admin/login/", {"username": "someone", "password": "wrong"})

    assert page.status_code == 429
    assert "Too many attempts" in page.text
