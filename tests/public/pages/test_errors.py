"""What readers are told when something goes wrong."""

import pytest
from django.db import OperationalError
from django.test import Client

from articles.publishing.editions.edition import Edition
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_story

pytestmark = pytest.mark.django_db


def test_a_page_that_never_was_and_one_that_is_no_more_are_told_apart(client):
    post = make_story("Taken back")
    address = Edition.objects.get().get_absolute_url()
    withdraw(post, by=None)

    gone, never = client.get(address), client.get("/2026/01/01/nothing/")

    assert (gone.status_code, never.status_code) == (410, 404)
    assert "<h1" in gone.text
    assert "This page has been withdrawn" in gone.text
    assert "We cannot find this page" in never.text


def test_what_is_no_address_of_ours_costs_two_questions(client, django_assert_num_queries):
    make_story(section="Politics")
    client.get("/")

    # Whether the site changed, and whether it was an address of another site.
    with django_assert_num_queries(2):
        never = client.get("/no/such/kind/of/address/")

    assert never.status_code == 404
    assert 'href="/sections/politics/"' in never.text


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [
        (ValueError, 500, "Something went wrong on our side"),
        (OperationalError, 503, "We will be back in a moment"),
    ],
)
def test_our_own_failure_is_a_page_that_needs_no_database(monkeypatch, failure, status, words):
    def fails(*args, **kwargs):
        raise failure("secret")

    monkeypatch.setattr("articles.public.pages.front.render_page", fails)
    monkeypatch.setattr("articles.public.errors.render_page", fails)

    answer = Client(raise_request_exception=False).get("/")

    assert answer.status_code == status
    assert words in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
