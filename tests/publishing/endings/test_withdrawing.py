"""Withdrawing a story with a reason, with another in its place, and with the links to it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.workflow import Refusal
from articles.models import (
    Breaking,
    OldAddress,
    Placement,
    RelatedLink,
    Text,
    Tombstone,
    TopicPin,
)
from articles.publishing.endings.links_lost import links_lost
from articles.publishing.endings.replace_links import replace_links
from articles.publishing.link_check.check import check_posts
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_post, make_section, make_story, make_topic, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def old():
    return make_story("Old story", now=NOON - HOUR)


@pytest.fixture
def new():
    return make_story("New story", now=NOON - HOUR)


def address(post):
    return post.editions.order_by("-number").first().get_absolute_url()


def test_readers_are_told_why_where_there_is_a_reason(client, old, new):
    withdraw(old, by=None, told="The court <ordered> it.")
    withdraw(new, by=None)

    page = client.get(address(old))
    assert (page.status_code, "The court &lt;ordered&gt; it." in page.text) == (410, True)
    assert "It is no longer published." in client.get(address(new)).text


def test_its_addresses_lead_to_the_story_in_its_place_until_it_is_put_back(client, old, new, clock):
    OldAddress.objects.create(key="/old/story.html", story=old)
    old.slug, old.version = "another-slug", 2
    old.save()
    first = address(old)
    publish(old, by=None, now=NOON)
    clock.shift(HOUR)
    withdraw(old, by=None, replacement=new)

    for path in (first, address(old), "/old/story.html"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (301, address(new)), path

    clock.shift(HOUR)
    put_back(old, by=None)
    assert client.get(address(old)).status_code == 200
    assert client.get(first).url == address(old)
    assert not Tombstone.objects.exists()


def test_a_redirect_begins_with_the_withdrawal_and_not_before(client, old, new, clock):
    withdraw(old, by=None, at=NOON + HOUR, replacement=new)
    assert client.get(address(old)).status_code == 200
    clock.shift(HOUR)
    assert client.get(address(old)).status_code == 301


def test_a_cancelled_withdrawal_leaves_nothing_behind(client, old, new, clock):
    withdraw(old, by=None, at=NOON + HOUR, told="Gone.", replacement=new)
    clock.shift(HOUR / 2)
    cancel_schedule(old, by=None)
    assert not Tombstone.objects.exists()


def test_where_the_story_in_its_place_goes_too_the_first_follows_it(client, old, new, clock):
    last = make_story("Last story", now=NOON - HOUR)
    withdraw(old, by=None, replacement=new, told="It was merged.")
    clock.shift(HOUR)
    withdraw(new, by=None, replacement=last)
    assert client.get(address(old)).url == address(last)

    clock.shift(HOUR)
    withdraw(last, by=None, replacement=None)
    answer = client.get(address(old))
    assert (answer.status_code, "It was merged." in answer.text) == (410, True)


def test_two_stories_never_lead_to_each_other(client, old, new, clock):
    withdraw(old, by=None, replacement=new)
    clock.shift(HOUR)
    put_back(old, by=None)
    clock.shift(HOUR)
    withdraw(new, by=None, replacement=old)
    clock.shift(HOUR)
    withdraw(old, by=None)
    assert {client.get(address(post)).status_code for post in (old, new)} == {410}


@pytest.mark.parametrize("which", ["itself", "draft", "withdrawn"])
def test_only_a_live_story_takes_the_place_of_another(client, old, new, which, clock):
    withdraw(new, by=None)
    clock.shift(HOUR)
    other = {"itself": old, "draft": make_post(), "withdrawn": new}[which]
    with pytest.raises(Refusal):
        withdraw(old, by=None, replacement=other)
    assert client.get(address(old)).status_code == 200


def neighbours(old, editor):
    """Everything that leads readers to a story."""
    related = make_post("Related")
    make_link(related, old, headline="As we call the old one")
    publish(related, by=None, now=NOON)
    quoted = f'<p>See <a href="{address(old)}">this</a> and <a href="/2026/">that</a>.</p>'
    in_text = make_story("In text", text=quoted, now=NOON)
    check_posts([in_text.pk], now=NOON)
    Placement.objects.create(post=old, slot=1, live_from=NOON - HOUR)
    Placement.objects.create(post=old, slot=2, live_from=NOON, section=make_section("World"))
    TopicPin.objects.create(post=old, topic=make_topic())
    until = NOON + dt.timedelta(days=1)
    Breaking.objects.create(
        text="Breaking", post=old, owner=editor, live_from=NOON - HOUR, live_until=until
    )
    return related, in_text


def test_what_loses_its_link_is_counted_and_named(old, editor):
    neighbours(old, editor)
    make_link(make_post("A draft"), old)

    lost = links_lost(old, at=NOON)

    assert {line["headline"] for line in lost.stories} == {"Related", "In text"}
    assert (lost.count, len(lost.fronts), len(lost.topics), len(lost.banners)) == (2, 2, 1, 1)


def test_all_links_lead_to_the_story_in_its_place(client, old, new, editor, clock):
    related, in_text = neighbours(old, editor)
    clock.shift(HOUR)
    withdraw(old, by=editor, replacement=new)

    outcome = replace_links(old, new, by=editor, publish_again=True)

    assert {post.pk for post in outcome.published} == {related.pk, in_text.pk}
    for post in (related, in_text):
        page = client.get(address(post)).text
        assert address(new) in page
        assert address(old) not in page
        assert "As we call the old one" not in page
        assert post.editions.last().kind == "silent"
    assert Placement.objects.live(NOON + 2 * HOUR).filter(post=new).count() == 2
    assert Placement.objects.filter(post=old, live_until__lte=NOON + HOUR).count() == 2
    assert TopicPin.objects.get().post == new
    assert Breaking.objects.get().post == new
    assert "New story" in client.get("/").text


def test_words_that_nobody_let_out_stay_on_the_desk(client, old, new, editor, clock):
    related, _in_text = neighbours(old, editor)
    clock.shift(HOUR)
    rewrite(related, "UNAPPROVED")

    outcome = replace_links(old, new, by=editor, publish_again=True)

    assert related.pk in {post.pk for post, _why in outcome.to_publish}
    assert RelatedLink.objects.get(parent=related).story == new
    assert "UNAPPROVED" not in client.get(address(related)).text


def test_what_somebody_may_not_change_stays(old, new, reporter, editor):
    related, in_text = neighbours(old, editor)

    outcome = replace_links(old, new, by=reporter, publish_again=True)

    assert {post.pk for post, _why in outcome.refused} == {related.pk, in_text.pk}
    assert RelatedLink.objects.get(parent=related).story == old
    assert address(old) in Text.objects.get(parent=in_text).html
    assert not Placement.objects.filter(post=new).exists()
    assert Breaking.objects.get().post == old


def test_to_find_what_loses_its_link_costs_the_same_for_many(old, editor):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            links_lost(old, at=NOON)
        return len(asked)

    neighbours(old, editor)
    few = cost()
    for _number in range(5):
        post = make_post()
        make_link(post, old)
        publish(post, by=None, now=NOON)
    assert cost() == few <= 6
