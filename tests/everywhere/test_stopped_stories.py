"""No word of a story that is embargoed or on legal hold is anywhere but on the desk."""

import datetime as dt
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles.desk import roles
from articles.desk.calendar_feed import renew_feed
from articles.desk.planning.plan import Plan
from articles.desk.search.index import index_posts
from articles.desk.workflow import Refusal
from articles.models import SITE_MODELS, Caption, Delivery, Post, PullQuote
from articles.publishing.bulk.bulk_publish import CannotPublish, bulk_publish
from articles.publishing.preview_links.make import make_link as share
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.builders import make_link, make_photo, make_post, make_user, rewrite
from tests.public.addresses import make_site

from .surfaces import in_tables, on_pages

pytestmark = pytest.mark.django_db

WORD = "Zwetschge"
HOUR = dt.timedelta(hours=1)

STOPS = {
    "until an hour": lambda post: set_embargo(
        post, Embargo(until=timezone.now() + HOUR, note=WORD), by=None
    ),
    "until further notice": lambda post: set_embargo(
        post, Embargo(open_ended=True, note=WORD), by=None
    ),
    "a legal hold": lambda post: place_hold(post, by=None, note=f"{WORD} may sue."),
}


@pytest.fixture
def site():
    """A site with stories, for something to be found in."""
    return make_site()


def marked():
    """A ready story that says the word in every place it has; its photo is the library's own."""
    post = make_post(
        f"{WORD} headline",
        slug=WORD.lower(),
        kicker=WORD,
        standfirst=f"{WORD} standfirst",
        byline=f"{WORD} byline",
        slug_line=WORD,
        text=f"<p>{WORD} text</p>",
        topics=["Syria"],
        authors=["Anna Brown"],
    )
    PullQuote.objects.create(parent=post, region="body", ordering=51, text=WORD, attribution=WORD)
    Caption.objects.create(
        parent=post, region="lead", ordering=5, photo=make_photo(), caption=WORD, alt=WORD
    )
    make_link(post, title=WORD, url=f"https://example.org/{WORD}")
    index_posts([post.pk])
    return post


def whatever_lets_words_out(post):
    """Every step and every file that publishes, one after the other; none may."""
    chief = make_user(None, is_superuser=True)
    for attempt in (
        lambda: publish(post, by=chief),
        lambda: schedule(post, by=chief, at=timezone.now() + HOUR / 2),
        lambda: put_back(post, by=chief),
    ):
        with pytest.raises((Refusal, PermissionDenied)):
            attempt()
    Post.objects.filter(pk=post.pk).update(status=Post.Status.PUBLISHED)
    with pytest.raises((CannotPublish, Refusal)):
        bulk_publish()
    Post.objects.filter(pk=post.pk).update(status=Post.Status.READY)


@pytest.mark.parametrize("stop", STOPS)
def test_no_word_of_it_is_found_where_readers_look(client, site, stop, caplog):
    post = marked()
    make_link(site, post)
    STOPS[stop](post)

    with caplog.at_level(logging.DEBUG):
        whatever_lets_words_out(post)
        found = on_pages(WORD, client, (f"/{site.published_at:%Y/%m/%d}/{WORD.lower()}/",))

    assert found == set()
    assert WORD not in caplog.text


@pytest.mark.parametrize("stop", STOPS)
def test_no_table_of_the_site_holds_a_word_of_it(site, stop):
    post = marked()
    STOPS[stop](post)

    whatever_lets_words_out(post)

    tables = {model._meta.db_table for model in (*SITE_MODELS, Delivery)}
    found = {column for column in in_tables(WORD) if column.split(".")[0] in tables}
    assert found == set()
    assert any(column.startswith("articles_post.") for column in in_tables(WORD))


@pytest.mark.parametrize("stop", STOPS)
def test_no_word_is_found_where_readers_look_that_was_written_before_a_live_story_was_stopped(
    client, site, stop
):
    rewrite(site, WORD)
    if stop == "a legal hold":
        STOPS[stop](site)
    else:
        with pytest.raises(Refusal):  # readers have it already
            STOPS[stop](site)
        Post.objects.filter(pk=site.pk).update(embargo_open_ended=True)

    with pytest.raises(Refusal):
        publish(site, by=make_user(None, is_superuser=True))

    assert on_pages(WORD, client) == set()


@pytest.mark.parametrize("stop", ["until an hour", "until further notice"])
@pytest.mark.parametrize("this_version", [True, False])
def test_a_preview_link_of_one_who_may_not_break_the_embargo_shows_no_word_of_it(
    client, site, stop, this_version, reporter
):
    post = marked()
    Post.objects.filter(pk=post.pk).update(status=Post.Status.DRAFT, created_by=reporter)
    link = f"/preview/{share(post, by=reporter, this_version=this_version).token}/"
    assert WORD in client.get(link).text

    STOPS[stop](post)

    assert on_pages(WORD, client, (link,)) == set()


def test_the_words_are_found_once_nothing_stops_the_story(client, site):
    """The search above finds what there is to be found."""
    post = marked()
    publish(post, by=None)

    assert len(on_pages(WORD, client)) > 10
    assert "articles_edition.headline" in in_tables(WORD)


def test_a_calendar_outside_is_told_no_word_of_an_embargoed_story(client, editor):
    post = marked()
    Plan.objects.create(post=post, due_at=timezone.now() + HOUR)
    assert WORD in feed_of(client, editor)

    set_embargo(post, Embargo(open_ended=True), by=editor)

    told = feed_of(client, editor)
    assert WORD not in told
    assert "Embargoed until further notice" in told


def feed_of(client, user):
    token = renew_feed(user, now=timezone.now())
    return client.get(reverse("admin:calendar_ics", args=[token])).text


@pytest.mark.parametrize(
    "address",
    [
        "/admin/articles/post/",
        "/admin/articles/post/?state={state}",
        "/admin/articles/post/{post}/change/",
        "/admin/articles/post/{post}/standing/",
        "/admin/articles/post/{post}/step/schedule/",
        "/admin/calendar/",
        "/admin/articles/plan/",
        "/admin/",
        "/admin/articles/post/stories/?q=zwetschge",
        "/admin/autocomplete/?app_label=articles&model_name=relatedlink&field_name=story&term={word}",
    ],
)
@pytest.mark.parametrize(
    ("state", "words"), [("embargoed", "Embargoed until further notice"), ("held", "On legal hold")]
)
def test_the_desk_says_it_wherever_it_shows_the_story(client, editor, address, state, words):
    post = marked()
    Post.objects.filter(pk=post.pk).update(created_by=editor)
    Plan.objects.create(post=post, due_at=timezone.now() + dt.timedelta(minutes=1))
    client.force_login(make_user(roles.ADMINISTRATOR))
    if state == "held":
        place_hold(post, by=editor, note="A letter came.")
    else:
        set_embargo(post, Embargo(open_ended=True), by=editor)

    page = client.get(address.format(post=post.pk, state=state, word=WORD), follow=True)

    if address.endswith("/change/"):
        return  # its script asks for the standing, below
    assert words in page.text.replace("\\u00b7", "·")
