"""What other sites have of a story: nothing of it is on the page before its reader says so."""

import re

import pytest
from csp.constants import HEADER
from django.test import Client

from articles.admin.time_machine.moments import time_machine_url
from articles.models import Embed
from articles.publishing.editions.render import render_body
from articles.publishing.steps.publish import publish
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PODCAST = "https://open.spotify.com/episode/7makk4oTQel546B0PZlDM5"


def make_embed(post, url=VIDEO, title="The speech", **fields):
    place = Embed.objects.filter(parent=post).count() + 100
    return Embed.objects.create(
        parent=post, region="body", ordering=place, url=url, title=title, **fields
    )


def story_with(*urls, **fields):
    post = make_post(**fields)
    for url in urls:
        make_embed(post, url)
    return publish(post, by=None)


def page_of(edition, client=None, **headers):
    return (client or Client()).get(edition.get_absolute_url(), headers=headers)


def frames_in(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers[HEADER].split("; "))
    return policy.get("frame-src", "")


def test_a_page_tells_the_script_which_frame_to_make_and_makes_none():
    text = page_of(story_with(VIDEO)).text

    assert "<iframe" not in text
    assert 'data-frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in text
    assert f'<a href="{VIDEO}" rel="noopener noreferrer">The speech</a>' in text
    assert "YouTube then learns that you read this page." in text
    assert not re.search(r'(?:src|srcset|poster)="[^"]*youtu', text)


def test_frames_may_come_from_the_hosts_of_the_embeds_on_the_page_and_only_there():
    both = story_with(VIDEO, PODCAST, VIDEO)
    one = story_with(PODCAST)
    none = story_with()

    assert frames_in(page_of(both)) == "https://open.spotify.com https://www.youtube-nocookie.com"
    assert frames_in(page_of(one)) == "https://open.spotify.com"
    assert not frames_in(page_of(none))
    assert not frames_in(Client().get("/"))


def test_the_policy_of_a_kept_page_and_of_one_that_has_not_changed_is_the_same(kept_pages):
    edition = story_with(VIDEO)
    made = page_of(edition)

    kept = page_of(edition)
    unchanged = page_of(edition, if_none_match=made.headers["ETag"])

    assert unchanged.status_code == 304
    assert made.headers[HEADER] == kept.headers[HEADER] == unchanged.headers[HEADER]
    assert frames_in(unchanged) == "https://www.youtube-nocookie.com"


def test_only_pages_with_an_embed_load_its_script():
    assert "js/embed.js" in page_of(story_with(VIDEO)).text
    without = page_of(story_with()).text
    assert "embed.js" not in without
    assert "embed.css" not in without


def test_an_address_of_any_other_host_is_a_link_without_a_button():
    page = page_of(story_with("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ"))

    assert 'href="https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ"' in page.text
    assert "data-frame" not in page.text
    assert "<button" not in page.text
    assert not frames_in(page)


def test_words_of_an_embed_are_words():
    post = make_post()
    make_embed(post, title='"><script>alert(1)</script>', provider="<b>x</b>")

    text = page_of(publish(post, by=None)).text

    assert "<script>alert(1)" not in text
    assert "<b>x</b>" not in text


def test_an_embed_costs_no_query(client, django_assert_num_queries):
    without, with_many = story_with(), story_with(*[VIDEO] * 10)
    page_of(without), page_of(with_many)

    with django_assert_num_queries(3) as asked:
        page_of(without)
    with django_assert_num_queries(len(asked)):
        page_of(with_many)


def test_an_instance_of_mastodon_is_asked_by_its_own_name(settings):
    settings.MASTODON_HOSTS = ["social.example"]

    page = page_of(story_with("https://social.example/@somebody/123"))

    assert "Show this from Mastodon (social.example)." in page.text
    assert frames_in(page) == "https://social.example"


def test_a_provider_that_is_not_listed_any_more_leaves_a_link(settings):
    settings.MASTODON_HOSTS = ["social.example"]
    edition = story_with("https://social.example/@somebody/123")
    settings.MASTODON_HOSTS = []

    page = page_of(edition)

    assert "https://social.example/@somebody/123" in page.text
    assert "data-frame" not in page.text
    assert not frames_in(page)


def test_what_was_published_as_a_link_stays_one_when_its_site_becomes_a_provider(settings):
    edition = story_with("https://social.example/@somebody/123")
    settings.MASTODON_HOSTS = ["social.example"]

    page = page_of(edition)

    assert "data-frame" not in page.text
    assert not frames_in(page)


def test_what_was_published_before_there_were_frames_stays_the_link_that_it_was():
    before = {"kind": "embed", "url": VIDEO, "title": "The speech", "provider": "YouTube"}

    assert render_body([before]) == [
        {
            "html": f'<aside class="embed"><a href="{VIDEO}" rel="noopener">The speech</a>'
            " <span>YouTube</span></aside>\n"
        }
    ]


def test_feeds_have_the_link():
    story_with(VIDEO)

    text = Client().get("/feeds/feed.json").text

    assert VIDEO in text
    assert "youtube-nocookie" not in text
    assert "<button" not in text


def test_words_of_the_page_are_in_its_language_inside_a_story_in_another():
    text = page_of(story_with(VIDEO, language="fr")).text

    assert re.search(r'<p class="embedded-choice" lang="en-gb" dir="ltr">', text)


def test_the_preview_may_show_the_frames_too(editor):
    post = make_post()
    make_embed(post)
    client = Client()
    client.force_login(editor)

    preview = client.get(f"/admin/articles/post/{post.pk}/preview/")

    assert frames_in(preview) == "https://www.youtube-nocookie.com"
    assert "frame-ancestors 'self'" in preview.headers[HEADER]


def test_the_time_machine_may_show_the_frames_too(client, editor):
    edition = story_with(VIDEO)
    client.force_login(editor)

    page = client.get(time_machine_url(edition.live_from, edition.get_absolute_url()))

    assert "Show this from YouTube." in page.text
    assert frames_in(page) == "https://www.youtube-nocookie.com"


def test_the_page_on_privacy_names_everybody_who_may_be_asked(settings):
    settings.MASTODON_HOSTS = ["social.example"]

    text = Client().get("/privacy/").text

    assert 'data-always="youtube"' in text
    assert 'data-always="social.example"' in text
    assert "Mastodon (social.example)" in text


def test_the_page_on_privacy_is_kept_like_any_other(kept_pages, django_assert_max_num_queries):
    client = Client()
    made = client.get("/privacy/")
    make_story()

    with django_assert_max_num_queries(1):
        kept = client.get("/privacy/")

    assert kept.headers["ETag"] == made.headers["ETag"]
    assert (
        client.get("/privacy/", headers={"if-none-match": made.headers["ETag"]}).status_code == 304
    )
    assert client.post("/privacy/").status_code == 405
