"""A picture that is not for others: on our own pages, and offered nowhere else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.blocks import Caption
from articles.models import Photo
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.pictures.change_together import change_picture
from articles.publishing.pictures.merge import merge_pictures
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post, make_user

pytestmark = pytest.mark.django_db

FEEDS = ("rss.xml", "atom.xml", "feed.json")


def story_with(**fields):
    """The path of a live story with one picture above it and another in its text."""
    lead = make_photo(token="lead-token", caption="Above", **fields)
    within = make_photo(token="within-token", caption="Within", **fields)
    post = make_post(photo=lead, text="<p>Words around it.</p>")
    Caption.objects.create(parent=post, region="body", ordering=5, photo=within)
    return publish(post, by=None).get_absolute_url()


def offers(client, path):
    """{what offers a story to others: what it says}."""
    this_month = f"{timezone.localdate():%Y-%m}"
    return {
        "head": client.get(path).text.split("</head>")[0],
        "oembed": client.get("/oembed/", {"url": f"http://testserver{path}"}).text,
        "map": client.get(f"/sitemaps/{this_month}.xml").text,
        **{file: client.get(f"/feeds/{file}").text for file in FEEDS},
    }


def test_our_own_page_shows_it_above_the_story_and_within(client):
    body = client.get(story_with(not_for_others=True)).text.split("</head>")[1]

    assert "lead-token" in body
    assert "within-token" in body


def test_no_feed_no_preview_and_no_map_offers_it(client):
    found = offers(client, story_with(not_for_others=True))

    for where, said in found.items():
        assert "-token" not in said, where
        assert "Words around it" in said or where not in FEEDS


def test_any_other_picture_is_offered_by_all_of_them(client):
    found = offers(client, story_with())

    assert {where for where, said in found.items() if "lead-token" in said} == set(found)
    assert all("within-token" in found[file] for file in FEEDS)


def test_a_page_is_shared_with_the_first_picture_that_is_for_others(client):
    lead = make_photo(token="lead-token", not_for_others=True)
    post = make_post(photo=lead)
    Caption.objects.create(
        parent=post, region="body", ordering=5, photo=make_photo(token="within-token")
    )
    head = client.get(publish(post, by=None).get_absolute_url()).text.split("</head>")[0]

    assert "within-token" in head
    assert "lead-token" not in head


def keep_from_others(*photos):
    for photo in photos:
        change_picture(photo, {"not_for_others": True}, by=make_user())


def test_what_the_library_keeps_from_others_later_is_offered_by_none_at_once(client):
    path = story_with()
    assert "lead-token" in offers(client, path)["rss.xml"]

    keep_from_others(*Photo.objects.all())

    for where, said in offers(client, path).items():
        assert "-token" not in said, where
        assert "Words around it" in said or where not in FEEDS
    assert "within-token" in client.get(path).text


def test_a_picture_that_is_merged_with_one_that_is_not_for_others_is_kept_from_them_too(client):
    path = story_with()
    assert "lead-token" in offers(client, path)["rss.xml"]
    own = make_photo(not_for_others=True)
    for photo in Photo.objects.exclude(pk=own.pk):
        merge_pictures(own, photo, by=make_user())

    for where, said in offers(client, path).items():
        assert "-token" not in said, where


def test_what_was_published_as_not_for_others_stays_so_until_it_is_published_again(client):
    path = story_with(not_for_others=True)
    Photo.objects.update(not_for_others=False)
    invalidate()

    assert all("-token" not in said for said in offers(client, path).values())


LISTS = ("/", "/latest/", "/sections/politics/", "/topics/syria/", "/authors/anna-brown/")


def shared(client, page):
    """The name of the picture that a list is shared with."""
    head = client.get(page).text.split("</head>")[0]
    return next((name for name in ("first", "second", "merged") if f"{name}-token" in head), "")


@pytest.fixture
def two_stories():
    """Two stories in every list, the newest first, each with a picture."""
    fields = {"topics": ["Syria"], "authors": ["Anna Brown"]}
    for name in ("second", "first"):
        publish(make_post(photo=make_photo(token=f"{name}-token"), **fields), by=None)


@pytest.mark.parametrize("page", [*LISTS, "/search/?q=words"])
def test_a_list_is_shared_with_the_first_picture_that_the_library_keeps_from_nobody_now(
    client, two_stories, page
):
    assert shared(client, page) == ("" if "search" in page else "first")

    keep_from_others(Photo.objects.get(token="first-token"))

    assert shared(client, page) == ("" if "search" in page else "second")
    assert "first-token" in client.get(page).text.split("</head>")[1]


def test_a_list_is_shared_with_no_picture_that_was_merged_with_one_kept_from_others(
    client, two_stories
):
    assert shared(client, "/latest/") == "first"
    own = make_photo(not_for_others=True, token="merged-token")

    merge_pictures(own, Photo.objects.get(token="first-token"), by=make_user())

    assert shared(client, "/latest/") == "second"


@pytest.mark.parametrize("full", [True, False])
def test_a_feed_asks_the_library_without_a_query_of_its_own(client, settings, full):
    settings.FEEDS_IN_FULL = full
    for _each in range(3):
        publish(make_post(photo=make_photo()), by=None)
    client.get("/feeds/rss.xml")  # entries are kept from here on

    with CaptureQueriesContext(connection) as before:
        invalidate()
        client.get("/feeds/rss.xml")
    keep_from_others(Photo.objects.first())
    client.get("/feeds/rss.xml")
    with CaptureQueriesContext(connection) as after:
        invalidate()
        client.get("/feeds/rss.xml")

    assert len(after) == len(before)
