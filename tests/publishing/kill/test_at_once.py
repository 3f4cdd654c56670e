"""Somebody works at a story while it is killed: no word is left, and nobody sees a failure."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.desk.notes.leave_note import leave_note
from articles.desk.workflow import Refusal
from articles.models import Edition, Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.preview_links.answer import Closed, note_by_link
from articles.publishing.preview_links.make import make_link
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from tests.admin.saves.test_two_at_once import roles_of_the_desk
from tests.admin.saves.test_writes_at_once import while_held
from tests.admin.writing.sending import document_of, paragraph, send
from tests.builders import make_post, make_story, make_user
from tests.everywhere.surfaces import in_tables

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

__all__ = ["roles_of_the_desk"]

WORDS = {"reason": "A court order.", "words": "Removed for legal reasons."}


def asked(post, by):
    ask_kill(post, by=by, **WORDS)
    return post


def caught(function, *args, **kwargs):
    """The Refusal that a function raises, or what it returns."""
    try:
        return function(*args, **kwargs)
    except Refusal as refusal:
        return refusal
    finally:
        connection.close()


@pytest.fixture
def one(roles_of_the_desk):
    return make_user()


@pytest.fixture
def other(roles_of_the_desk):
    return make_user()


def test_a_save_that_waited_for_a_kill_writes_nothing(one, other):
    post = make_post("MARKER", status=Post.Status.DRAFT)
    client = Client()
    client.force_login(make_user())
    document = document_of(post) | {"body": [paragraph("a", "MARKER words")]}

    def ask_and_kill():
        asked(post, one)
        kill(post, by=other)

    answer = while_held(ask_and_kill, lambda: send(client, post, document=document))

    assert answer.status_code in (403, 409)
    assert in_tables("MARKER") == set()


def test_a_publication_that_waited_is_refused(one, other):
    post = make_post("MARKER")

    def ask_and_kill():
        asked(post, one)
        kill(post, by=other)

    refused = while_held(ask_and_kill, lambda: caught(publish, post, by=other))

    assert isinstance(refused, Refusal)
    assert not Edition.objects.exists()


def test_putting_back_waits_for_a_request_and_is_refused(one, other):
    post = make_story("MARKER")
    refused = while_held(lambda: asked(post, one), lambda: caught(put_back, post, by=other))
    assert isinstance(refused, Refusal)


def test_a_note_that_waited_is_refused(one, other):
    post = make_post()
    refused = while_held(
        lambda: asked(post, one),
        lambda: caught(leave_note, post, "MARKER", by=other),
    )
    assert isinstance(refused, Refusal)
    assert in_tables("MARKER") == set()


def test_of_two_who_ask_at_once_the_second_is_told(one, other):
    post = make_story()
    refused = while_held(
        lambda: asked(post, one),
        lambda: caught(ask_kill, post, by=other, **WORDS),
    )
    assert isinstance(refused, Refusal)


def test_of_two_who_confirm_at_once_one_kills(one, other):
    post = asked(make_story("MARKER"), one)
    refused = while_held(lambda: kill(post, by=other), lambda: caught(kill, post, by=make_user()))
    assert isinstance(refused, Refusal)
    assert in_tables("MARKER") == set()


def test_a_note_by_a_preview_link_that_waited_is_refused(one, other):
    post = make_post("MARKER")
    token = make_link(post, by=make_user()).token

    def ask_and_kill():
        asked(post, one)
        kill(post, by=other)

    refused = while_held(ask_and_kill, lambda: noted(token))

    assert isinstance(refused, Closed)
    assert in_tables("MARKER") == set()


def noted(token):
    try:
        return note_by_link(token, "MARKER", name="A lawyer", now=timezone.now())
    except Closed as closed:
        return closed
