"""Addresses of another site: to the thing, wherever it is now."""

import datetime as dt

import pytest

from articles.models import OldAddress
from articles.publishing.old_addresses.edit import add_old_address, remove_old_addresses
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_author, make_photo, make_post, make_section, make_story, make_topic

pytestmark = pytest.mark.django_db


def leads(client, path, **options):
    answer = client.get(path, **options)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_story_is_found_at_its_old_address_in_every_spelling(client):
    story = make_story("Bridge")
    OldAddress.objects.create(key="/2016/bridgé", story=story)
    OldAddress.objects.create(key="?p=7", story=story)
    here = (301, story.editions.get().get_absolute_url())

    for path in ("/2016/bridg%C3%A9/", "/2016/bridg%c3%a9", "/2016/bridg%C3%A9/amp/", "/?p=7"):
        assert leads(client, path) == here, path
    assert leads(client, "/index.php?p=7") == here
    assert leads(client, "/?p=8")[0] == 200
    assert leads(client, "/2016/bridge/")[0] == 404


def test_an_old_address_in_the_form_of_ours_leads_there_too(client):
    story = make_story("Bridge")
    OldAddress.objects.create(key="/2009/05/02/bridge", story=story)

    assert leads(client, "/2009/05/02/bridge/")[0] == 301
    assert leads(client, "/2009/05/02/bridge")[0] == 301


def test_it_follows_the_story_without_a_chain(client):
    story = make_story("Bridge")
    OldAddress.objects.create(key="/old", story=story)
    story.slug, story.version = "another", 2
    story.save()
    from articles.publishing.steps.publish import publish

    publish(story, by=None)

    assert leads(client, "/old/")[1].endswith("/another/")


def test_a_withdrawn_story_is_gone_and_a_draft_was_never_here(client):
    withdrawn, draft = make_story("Withdrawn"), make_post("Draft")
    withdraw(withdrawn, by=None)
    OldAddress.objects.create(key="/withdrawn", story=withdrawn)
    OldAddress.objects.create(key="/draft", story=draft)

    assert leads(client, "/withdrawn/")[0] == 410
    assert leads(client, "/draft/")[0] == 404


def test_a_scheduled_story_is_not_there_yet(client):
    now = dt.datetime.now(dt.UTC)
    story = make_story("Later", at=now + dt.timedelta(days=1), now=now)
    OldAddress.objects.create(key="/later", story=story)

    assert leads(client, "/later/")[0] == 404


def test_names_pictures_feeds_and_paths_have_old_addresses(client):
    topic, author, section, photo = make_topic(), make_author(), make_section(), make_photo()
    rows = [
        ({"topic": topic}, topic.get_absolute_url()),
        ({"author": author}, author.get_absolute_url()),
        ({"section": section}, section.get_absolute_url()),
        ({"topic": topic, "to_feed": True}, f"/topics/{topic.slug}/rss.xml"),
        ({"path": "/latest/"}, "/latest/"),
        ({"picture": photo}, f"/media/renditions/{photo.token}/whole-1800.webp"),
    ]
    for number, (fields, _there) in enumerate(rows):
        OldAddress.objects.create(key=f"/old/{number}.jpg", **fields)

    for number, (_fields, there) in enumerate(rows):
        assert leads(client, f"/old/{number}.jpg") == (301, there)
    assert leads(client, "/old/5-300x200.jpg") == (301, rows[5][1])


def test_what_is_ours_wins(client):
    OldAddress.objects.create(key="/latest", path="/topics/")

    assert leads(client, "/latest/")[0] == 200


def test_pages_that_exist_do_not_ask(client, django_assert_num_queries):
    story = make_story("Bridge")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get("/")
        client.get("/?page=1")
        client.get(story.editions.get().get_absolute_url())

    assert not [q for q in queries.captured_queries if "oldaddress" in q["sql"]]


@pytest.mark.parametrize("path", ["/no/such/page/", "/2016/12/13/none/", "/topics/none/"])
def test_a_404_costs_one_query_more(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 404

    assert len([q for q in queries.captured_queries if "oldaddress" in q["sql"]]) == 1


def test_what_was_answered_is_forgotten_when_an_address_is_added_or_removed(client, settings):
    settings.KEEP_PAGES = True
    path = "/2016/12/13/none/"
    assert leads(client, path)[0] == 404

    row = add_old_address(path, "path", "/latest/")
    assert leads(client, path) == (301, "/latest/")
    remove_old_addresses([row.pk])

    assert leads(client, path)[0] == 404


def test_only_reading_is_answered(client):
    OldAddress.objects.create(key="/old", path="/latest/")

    assert client.post("/old/").status_code == 404
    assert client.head("/old/").status_code == 301


@pytest.mark.parametrize(
    "path", ["/?p=%00", "/?p=" + "9" * 400, "/%00/", "/" + "x/" * 3000, "/?p=1&p=2"]
)
def test_hostile_addresses_are_never_an_error(client, path):
    assert client.get(path).status_code in {200, 404}
