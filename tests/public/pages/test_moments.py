"""Moments on pages and in feeds: whole seconds, as HTML and every reader of feeds take them."""

import datetime as dt
import re

import pytest
import time_machine
from django.db.models import QuerySet
from lxml import html

from articles.models import AuthorListing, Edition, TopicListing
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story, rewrite

from ..addresses import MACHINES, NOON, walk

pytestmark = pytest.mark.django_db

ODD = NOON + dt.timedelta(microseconds=251_421)
SECOND = dt.timedelta(seconds=1)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\+|-)[0-9]{2}:[0-9]{2})?"
)
FRACTION = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(ODD, tick=False) as traveller:
        yield traveller


@pytest.fixture
def corrected(clock):
    """A story that was published and corrected at odd parts of a second."""
    post = make_post("Main story", topics=["Syria"], authors=["Anna Brown"])
    publish(post, by=None)
    clock.shift(SECOND)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", "The date was wrong."
    post.save()
    publish(post, by=None)
    return post


def test_what_is_published_now_says_the_second_it_began_in(corrected):
    edition = Edition.objects.live().get()

    assert edition.published_at == NOON
    assert edition.live_from == edition.updated_at == NOON + SECOND
    assert dt.datetime.fromisoformat(edition.notes[0]["at"]) == NOON + SECOND


def test_what_is_scheduled_begins_with_a_whole_second_and_never_before_its_moment(editor):
    edition = schedule(make_post(), by=editor, at=ODD + SECOND)

    assert edition.live_from == edition.published_at == NOON + 2 * SECOND


def test_what_is_scheduled_within_the_second_begins_with_the_next(editor):
    edition = schedule(make_post(), by=editor, at=ODD + SECOND / 10)

    assert edition.live_from == NOON + SECOND


def test_a_second_edition_within_the_second_is_live_when_it_was_made(editor, clock):
    post = make_story()
    clock.shift(SECOND / 2)
    rewrite(post, "Second words.")

    publish(post, by=editor)

    first, second = post.editions.order_by("number")
    assert first.live_until == second.live_from == ODD + SECOND / 2
    assert Edition.objects.live().get() == second


def test_what_was_withdrawn_is_put_back_within_the_second(editor, clock):
    post = make_story()
    clock.shift(SECOND / 10)
    withdraw(post, by=editor)
    clock.shift(SECOND / 10)

    put_back(post, by=editor)

    first, second = post.editions.order_by("number")
    assert first.live_until <= second.live_from <= ODD + SECOND / 5
    assert Edition.objects.live().get() == second


def stored_before(post):
    """Editions as they were stored when they still had parts of a second."""
    for edition in post.editions.all():
        odd = {"live_from": edition.live_from + (ODD - NOON)}
        odd |= {"published_at": edition.published_at + (ODD - NOON)}
        notes = [note | {"at": odd["live_from"].isoformat()} for note in edition.notes]
        rows = Edition.objects.filter(pk=edition.pk)
        updated_at = edition.updated_at and odd["live_from"]
        QuerySet.update(rows, **odd, updated_at=updated_at, notes=notes)
        TopicListing.objects.filter(edition=edition).update(**odd)
        AuthorListing.objects.filter(edition=edition).update(**odd)


@pytest.mark.parametrize("before", [False, True])
def test_every_page_says_moments_that_html_and_feeds_can_read(client, clock, corrected, before):
    if before:
        stored_before(corrected)
    clock.shift(SECOND)
    said = 0

    for address in walk():
        text = client.get(address).text
        assert not FRACTION.search(text), (address, FRACTION.search(text))
        if address not in MACHINES and "<main" in text:
            for moment in html.fromstring(text).xpath("//time/@datetime"):
                assert MOMENT.fullmatch(moment), (address, moment)
                said += 1

    assert said > 10
