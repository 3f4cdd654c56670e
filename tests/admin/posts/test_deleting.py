"""Deleting a story: it is offered where it will be done, and refused with what can be done."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.desk.workflow import move
from articles.models import Post
from articles.publishing.steps.schedule import schedule
from tests.builders import make_photo, make_post, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page_of(post, name):
    return f"/admin/articles/post/{post.pk}/{name}/"


def refused(desk, post):
    page = desk.post(page_of(post, "delete"), {"post": "yes"}, follow=True)
    assert Post.objects.filter(pk=post.pk).exists()
    return page.text


def test_what_readers_see_is_to_be_withdrawn_instead(desk):
    assert "Withdraw it to take it off the site." in refused(desk, make_story())


def test_nobody_is_told_to_withdraw_what_readers_do_not_see(desk, editor):
    in_review, scheduled = make_post(status="draft"), make_post(photo=make_photo())
    move(in_review, "send_to_review", by=editor)
    schedule(scheduled, by=editor, at=timezone.now() + dt.timedelta(days=1))

    for post in (in_review, scheduled):
        text = refused(desk, post)
        assert "so it is kept. Readers do not see it." in text
        assert "Withdraw it" not in text


def test_deleting_is_offered_only_for_what_has_no_history(desk, editor):
    post = make_post(status="draft")
    assert page_of(post, "delete") in desk.get(page_of(post, "change")).text

    move(post, "send_to_review", by=editor)

    assert page_of(post, "delete") not in desk.get(page_of(post, "change")).text


def test_what_has_no_history_is_deleted(desk):
    post = make_post(status="draft")

    desk.post(page_of(post, "delete"), {"post": "yes"})

    assert not Post.objects.exists()
