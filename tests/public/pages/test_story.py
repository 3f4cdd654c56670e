"""The page of a story."""

import datetime as dt

import pytest
import time_machine

from articles.models import RelatedLink
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_photo, make_post, make_story, rewrite

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def page(client, post):
    """The words of a post's page, at the address of its newest edition."""
    return client.get(address(post)).text


def address(post):
    return post.editions.order_by("-number").first().get_absolute_url()


def test_readers_keep_the_old_words_until_the_next_edition(client, clock):
    post = make_story(text="<p>First words.</p>")
    rewrite(post, "Second words.")

    assert "First words." in page(client, post)
    clock.shift(SECOND)
    publish(post, by=None)
    assert "Second words." in page(client, post)


def test_a_renamed_story_redirects_from_its_old_address(client, clock):
    post = make_story(slug="old-name")
    old = address(post)
    post.slug = "new-name"
    post.save()
    clock.shift(HOUR)
    publish(post, by=None)

    answer = client.get(old)

    assert answer.status_code == 301
    assert answer.url == address(post) != old
    assert client.get(answer.url).status_code == 200


def test_the_next_address_of_a_story_is_not_known_before_its_time(client, clock):
    post = make_story(slug="old-name")
    post.slug = "new-name"
    post.save()
    schedule(post, by=None, at=NOON + HOUR)

    assert client.get("/2026/06/01/new-name/").status_code == 404
    clock.shift(HOUR)
    assert client.get("/2026/06/01/new-name/").status_code == 200
    assert client.get("/2026/06/01/old-name/").status_code == 301


def test_a_withdrawn_story_is_gone_at_all_its_addresses(client, clock):
    post = make_story(slug="old-name")
    post.slug = "new-name"
    post.save()
    clock.shift(HOUR)
    publish(post, by=None)
    clock.shift(HOUR)
    withdraw(post, by=None)

    assert client.get("/2026/06/01/new-name/").status_code == 410
    assert client.get("/2026/06/01/old-name/").status_code == 410


def test_a_story_that_was_never_live_is_not_found(client):
    make_post(slug="a-draft")
    schedule(make_post(slug="scheduled"), by=None, at=NOON + HOUR)

    assert client.get("/2026/06/01/a-draft/").status_code == 404
    assert client.get("/2026/06/01/scheduled/").status_code == 404


def test_a_story_has_the_day_that_it_is_where_the_newsroom_is(client, clock):
    clock.move_to(dt.datetime(2026, 6, 10, 23, 30, tzinfo=dt.UTC))
    post = make_story(slug="after-midnight")

    assert address(post) == "/2026/06/11/after-midnight/"
    assert "11 June 2026" in page(client, post)
    assert "after-midnight" in client.get("/2026/06/11/").text
    assert "after-midnight" not in client.get("/2026/06/10/").text


def test_a_related_link_follows_its_story(client, clock):
    target = make_story("First headline", slug="first")
    post = make_post()
    make_link(post, target, label=RelatedLink.Label.WATCH)
    publish(post, by=None)
    assert "First headline" in page(client, post)
    assert "WATCH" in page(client, post)

    target.headline, target.slug = "Second headline", "second"
    target.save()
    clock.shift(HOUR)
    publish(target, by=None)

    assert "First headline" not in page(client, post)
    assert "Second headline" in page(client, post)
    assert "/2026/06/01/second/" in page(client, post)


def test_a_related_link_to_a_story_that_is_not_live_is_left_out(client, clock):
    target = make_post("To be seen later")
    target_gone = make_story("Seen before")
    post = make_post()
    make_link(post, target)
    make_link(post, target_gone)
    clock.shift(HOUR)
    publish(post, by=None)
    withdraw(target_gone, by=None)
    assert "To be seen later" not in page(client, post)
    assert "Seen before" not in page(client, post)
    assert client.get(address(post)).status_code == 200

    publish(target, by=None)

    assert "To be seen later" in page(client, post)


def test_a_related_link_may_carry_a_headline_of_its_own_and_lead_outside(client):
    post = make_post()
    make_link(post, make_story("Its headline"), headline="Another headline")
    make_link(post, url="https://example.org/film", title="A film")
    publish(post, by=None)

    words = page(client, post)

    assert "Another headline" in words
    assert "https://example.org/film" in words
    assert "A film" in words


def test_more_on_the_topics_names_each_story_once_and_never_the_page_itself(client, clock):
    both = make_story("On both topics", topics=["Syria", "Labour"])
    make_story("On one topic", topics=["Labour"])
    make_story("On nothing alike", topics=["Gardens"])
    post = make_story("The page", topics=["Syria", "Labour"])

    more = client.get(address(post))

    assert more.text.count(address(both)) == 1
    assert "On one topic" in more.text
    assert "On nothing alike" not in more.text


def test_a_corrected_story_says_what_was_corrected(client, clock):
    post = make_story()
    assert ">Correction<" not in page(client, post)
    post.change_kind, post.change_note = "correction", "The name was spelt wrong."
    post.save()
    clock.shift(HOUR)
    publish(post, by=None)

    assert ">Correction<" in page(client, post)
    assert "The name was spelt wrong." in page(client, post)
    assert "Updated" in page(client, post)


HOSTILE = "<script>alert(1)</script>\"'&{{ settings }}{% now %}"


def test_markup_in_a_field_is_shown_as_text(client):
    photo = make_photo(caption=HOSTILE, credit=HOSTILE, alt=HOSTILE)
    post = make_post(
        HOSTILE,
        slug="hostile",
        standfirst=HOSTILE,
        kicker=HOSTILE,
        byline=HOSTILE,
        text=f"<p>words{HOSTILE}</p><p onclick=alert(1)>x<img src=x onerror=alert(1)></p>"
        '<a href="javascript:alert(1)">y</a>',
        photo=photo,
        topics=["Syria"],
        change_kind="correction",
        change_note=HOSTILE,
    )
    make_link(post, title=HOSTILE)
    publish(post, by=None)

    for path in (address(post), "/", "/latest/", "/topics/syria/", "/sections/politics/"):
        words = client.get(path).text
        assert "<script>alert" not in words, path
        assert "onerror=" not in words.replace("&lt;", ""), path
        assert "javascript:alert" not in words, path
