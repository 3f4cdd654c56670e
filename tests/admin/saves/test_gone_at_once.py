"""Somebody presses a button while a colleague deletes what it is about: they are told, no 500."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.plan_story import plan_story
from articles.models import Caption, Photo, PlanNeed, Post
from tests.admin.saves.test_two_at_once import roles_of_the_desk
from tests.admin.saves.test_writes_at_once import while_held
from tests.builders import make_photo, make_post, make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

__all__ = ["roles_of_the_desk"]

ADMIN = "/admin/articles"


def signed_in():
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chief"))
    return client


def a_plan():
    return plan_story(slug_line="Council", by=None, needs=["picture"]).plan


def dropping_a_plan():
    plan = a_plan()
    return plan.post, f"{ADMIN}/plan/{plan.pk}/delete/", {"post": "yes"}


def moving_a_plan():
    plan = a_plan()
    data = {"kind": "undated", "was": "", "day": "2035-03-01", "time": "10:00"}
    return plan.post, f"/admin/calendar/{plan.post_id}/move/", data


def meeting_a_need():
    need = a_plan().needs.get()
    return PlanNeed.objects.filter(pk=need.pk), f"{ADMIN}/plan/need/{need.pk}/", {"met": "1"}


def beginning():
    post = a_plan().post
    return post, f"{ADMIN}/post/{post.pk}/step/begin/", {"seen": f"{post.version}/{post.status}"}


def approving():
    post = make_post(status=Post.Status.IN_REVIEW)
    return post, f"{ADMIN}/post/{post.pk}/step/approve/", {"seen": f"{post.version}/{post.status}"}


def leaving_a_note():
    post = make_post()
    return post, f"{ADMIN}/post/{post.pk}/notes/", {"text": "Call him."}


def settling_a_note():
    post = make_post()
    note = leave_note(post, "Call him.", by=make_user())
    return post, f"{ADMIN}/post/{post.pk}/notes/", {"done": note.pk}


def replacing_a_picture():
    old, new, post = make_photo(), make_photo(), make_post()
    Caption.objects.create(parent=post, photo=old, region="body", ordering=1)
    return post, f"{ADMIN}/photo/{old.pk}/replace/", {"by": new.pk}


def replacing_by_a_picture():
    old, new, post = make_photo(), make_photo(), make_post()
    Caption.objects.create(parent=post, photo=old, region="body", ordering=1)
    return new, f"{ADMIN}/photo/{old.pk}/replace/", {"by": new.pk}


def merging_pictures():
    one, other = make_photo(), make_photo()
    data = {"one": one.pk, "other": other.pk, "stays": one.pk}
    return Photo.objects.filter(pk=other.pk), f"{ADMIN}/photo/merge/", data


def closing_an_account():
    bob = User.objects.create_user("bob", is_staff=True)
    return bob, f"/admin/auth/user/{bob.pk}/leave/", {"hand_to": ""}


def opening_an_account():
    bob = User.objects.create_user("bob", is_staff=True, is_active=False)
    return bob, f"/admin/auth/user/{bob.pk}/leave/", {"open_again": "1"}


def filing():
    post = make_post()
    seen = f"{post.pk}/{post.version}/{post.status}"
    data = {"action": "topic", "topic": "Rail", "_selected_action": post.pk, "seen": seen}
    return post, f"{ADMIN}/post/", data


@pytest.mark.parametrize(
    "pressing",
    [
        dropping_a_plan,
        moving_a_plan,
        meeting_a_need,
        beginning,
        approving,
        leaving_a_note,
        settling_a_note,
        replacing_a_picture,
        replacing_by_a_picture,
        merging_pictures,
        closing_an_account,
        opening_an_account,
        filing,
    ],
)
def test_who_waited_for_what_is_deleted_is_told(pressing):
    row, address, data = pressing()
    client = signed_in()

    answer = while_held(row.delete, lambda: client.post(address, data))

    assert answer.status_code in {200, 302, 404}, answer.content[:300]
