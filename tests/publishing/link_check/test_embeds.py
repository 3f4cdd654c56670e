"""Embeds that show nothing any more: found by a command, marked on the desk, links for readers."""

import datetime as dt
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.library.embeds import still_there
from articles.library.fetching.fetch import Fetched
from articles.library.fetching.target import FetchRefused
from articles.models import Embed, EmbedCheck, LinkProblem
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.link_check import embeds
from articles.publishing.link_check.check import check_posts
from articles.publishing.link_check.embeds import check_embeds
from articles.publishing.steps.publish import publish
from tests.admin.forms import change_url, shown
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PAGE = "https://example.org/a-film"
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were asked; `asked.status` is what all answer, None for no answer."""

    class Asked(list):
        status = 200

    asked = Asked()

    def fetch(url, *, limit):
        asked.append(url)
        if asked.status != 200:
            raise FetchRefused("“It” answers so.", asked.status)
        return Fetched(url, "", b"{}")

    monkeypatch.setattr(still_there, "fetch", fetch)
    return asked


def story_with(*urls):
    post = make_post()
    for place, url in enumerate(urls, 100):
        Embed.objects.create(parent=post, region="body", ordering=place, url=url, title="Film")
    publish(post, by=None, now=NOW)
    post.refresh_from_db()
    return post


def go(now=NOW, **options):
    return list(check_embeds(now=now, **options))


def gone_in(post):
    return list(
        LinkProblem.objects.filter(post=post, kind="embed").values_list("address", flat=True)
    )


def test_what_is_gone_is_a_dead_link_of_its_story_and_the_page_stays(asked, client):
    post = story_with(VIDEO, PAGE)
    address = post.editions.get().get_absolute_url()
    before = client.get(address).text

    asked.status = 404
    go()

    assert sorted(gone_in(post)) == [PAGE, VIDEO]
    assert client.get(address).text == before
    assert asked == [
        PAGE,
        f"https://www.youtube.com/oembed?format=json&url={quote(VIDEO, safe='')}",
    ]


def test_each_is_asked_for_once_a_week_however_many_stories_show_it(asked):
    story_with(PAGE), story_with(PAGE)

    go()
    go(NOW + dt.timedelta(days=3))
    assert len(asked) == 1
    go(NOW + WEEK)
    assert len(asked) == 2
    go(NOW + WEEK, all_of_them=True)
    assert len(asked) == 3


@pytest.mark.parametrize("status", [None, 403, 429, 500, 503])
def test_a_site_that_is_down_or_shut_leaves_what_was_known(asked, status):
    post = story_with(PAGE)
    asked.status = status
    go()
    assert not gone_in(post)

    asked.status = 410
    go(NOW + WEEK)
    asked.status = status
    go(NOW + WEEK * 2)

    assert gone_in(post) == [PAGE]
    assert EmbedCheck.objects.get().gone_since == NOW + WEEK


def test_a_film_that_may_not_be_shown_any_more_is_gone_too(asked):
    post = story_with(VIDEO)
    asked.status = 401
    go()
    assert gone_in(post) == [VIDEO]


def test_what_is_there_again_is_no_dead_link(asked):
    post = story_with(PAGE)
    asked.status = 404
    go()
    asked.status = 200
    go(NOW + WEEK)
    assert not gone_in(post)


def test_who_answers_the_same_in_any_case_is_not_asked(asked):
    story_with("https://www.instagram.com/p/CxYz/")
    assert [checked.there for checked in go()] == [None]
    assert asked == []


def test_only_published_stories_are_looked_at(asked):
    Embed.objects.create(parent=make_post(), region="body", ordering=100, url=PAGE, title="Film")
    assert go() == []


def test_a_story_that_was_published_without_it_has_no_dead_link(asked):
    post = story_with(PAGE)
    asked.status = 404
    go()
    Embed.objects.all().delete()
    publish(post, by=None, now=NOW + dt.timedelta(hours=1))

    check_posts([post.pk], now=NOW + dt.timedelta(hours=2))

    assert not gone_in(post)


def test_the_writing_screen_and_today_tell_it(asked, client, editor):
    post = story_with(PAGE)
    asked.status = 404
    go(timezone.now())
    client.force_login(editor)

    assert shown(client, change_url(post))["state"]["refs"]["gone"] == [PAGE]
    assert PAGE in client.get("/admin/").text
    assert "shows nothing any more" in client.get("/admin/dead-links/").text


def test_the_command_says_what_it_found(asked):
    story_with(PAGE, VIDEO, "https://www.instagram.com/p/CxYz/")
    asked.status = 404
    out = StringIO()

    call_command("check_embeds", stdout=out)

    assert f"Gone: {PAGE}" in out.getvalue()
    assert "0 are there, 2 are gone, 1 could not be told." in out.getvalue()


def test_nothing_is_kept_of_a_story_that_is_killed_while_sites_are_asked(asked, monkeypatch):
    killed, stays = story_with(VIDEO), story_with(VIDEO)

    def meanwhile(url):
        ask_kill(killed, by=make_user(), reason="An order.", words="Removed.")
        kill(killed, by=make_user())
        return False

    monkeypatch.setattr(embeds, "is_still_there", meanwhile)

    go()

    assert [check.post for check in EmbedCheck.objects.all()] == [stays]
