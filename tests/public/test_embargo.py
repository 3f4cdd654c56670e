"""Embargoes are kept to the second, on every page; nothing unpublished is ever shown."""

import pytest
import time_machine

from articles.models import Caption, Embed, Post, PullQuote, Text
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_photo, make_post, make_story, rewrite

from .addresses import HOUR, NOON, SECOND, WITHOUT_HEADLINES, make_site, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def showing(client, words):
    """The public addresses whose pages hold these words."""
    return {address for address in walk() if words in client.get(address).text}


def test_nothing_of_a_scheduled_story_is_seen_a_second_early(client, clock):
    make_site()
    post = make_post("MARKER", slug="marker", topics=["Syria", "Labour"], authors=["Anna Brown"])
    schedule(post, by=None, at=NOON + 2 * HOUR)

    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert not showing(client, "MARKER")
    assert client.get("/2026/06/01/marker/").status_code == 404
    clock.move_to(NOON + 2 * HOUR)
    everywhere = set(walk()) - set(WITHOUT_HEADLINES)
    assert showing(client, "MARKER") == everywhere


def test_an_update_is_seen_at_its_second_and_not_before(client, clock):
    post = make_site()
    post.headline = "MARKER"
    post.save()
    rewrite(post, "MARKED WORDS")
    schedule(post, by=None, at=NOON + 2 * HOUR)

    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert not showing(client, "MARKER")
    assert not showing(client, "MARKED WORDS")
    assert showing(client, "Main story")
    clock.move_to(NOON + 2 * HOUR)
    assert showing(client, "MARKER")
    assert showing(client, "MARKED WORDS")
    assert not showing(client, "Main story")


def test_a_withdrawal_takes_the_story_from_every_page_at_its_second(client, clock):
    post = make_site()
    withdraw(post, by=None, at=NOON + 2 * HOUR)

    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert showing(client, "Main story")
    clock.move_to(NOON + 2 * HOUR)
    assert not showing(client, "Main story")
    assert client.get("/2026/06/01/main-story/").status_code == 410


MARKED = {
    "headline": "MARKER headline",
    "kicker": "MARKER kicker",
    "standfirst": "MARKER standfirst",
    "byline": "MARKER byline",
    "embargo_note": "MARKER embargo",
    "change_kind": "correction",
    "change_note": "MARKER note",
    "source": "MARKER source",
}


def mark(post):
    """Plant marker words in every part of a post."""
    Text.objects.create(parent=post, region="body", ordering=50, html="<p>MARKER text</p>")
    PullQuote.objects.create(
        parent=post, region="body", ordering=51, text="MARKER quote", attribution="MARKER name"
    )
    Embed.objects.create(
        parent=post,
        region="body",
        ordering=52,
        url="https://example.org/MARKER",
        title="MARKER title",
        provider="MARKER provider",
    )
    photo = make_photo(caption="MARKER photo", alt="MARKER alt", credit="MARKER credit")
    for ordering, region in ((53, "body"), (5, "lead")):
        Caption.objects.create(
            parent=post,
            region=region,
            ordering=ordering,
            photo=photo,
            caption="MARKER caption",
            credit="MARKER own credit",
            alt="MARKER own alt",
        )
    make_link(post, title="MARKER link", url="https://example.org/MARKER")
    return post


def make_marked(**fields):
    return mark(
        make_post(
            **MARKED,
            slug=f"marker-{fields.get('status', 'ready')}",
            topics=["Syria", "Labour"],
            authors=["Anna Brown"],
            **fields,
        )
    )


def test_no_word_of_what_is_not_published_is_on_any_page(client):
    site = make_site()
    for status in (Post.Status.DRAFT, Post.Status.IN_REVIEW, Post.Status.READY):
        hidden = make_marked(status=status)
        make_link(site, hidden)
    withdrawn = make_story("Withdrawn MARKER", slug="withdrawn-marker", at=NOON, topics=["Syria"])
    withdraw(withdrawn, by=None)
    scheduled = make_post(**MARKED, slug="marker-scheduled", topics=["Syria"])
    schedule(mark(scheduled), by=None, at=NOON + 3 * HOUR)
    Post.objects.filter(pk=site.pk).update(**MARKED)
    mark(site)

    for address in walk():
        words = client.get(address).text
        assert "MARKER" not in words, address
    assert "marker-" not in client.get("/latest/").text
