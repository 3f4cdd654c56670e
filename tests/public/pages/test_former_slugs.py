"""A topic, an author or a section that is renamed: old addresses lead on, and pages follow."""

import json
import re

import pytest
import time_machine
from django.core.management import call_command

from articles.models import Author, FormerSlug, Section, Topic
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.names.merge import merge
from articles.publishing.steps.restore import restore
from tests.builders import make_author, make_section, make_topic

from ..addresses import HOUR, NOON, make_site, walk

pytestmark = pytest.mark.django_db

KINDS = [
    (Topic, "topics", "topic", "syria"),
    (Author, "authors", "author", "anna-brown"),
    (Section, "sections", "section", "politics"),
]


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


@pytest.fixture
def story():
    return make_site()


def rename(model, slug, new="new-address"):
    row = model.objects.get(slug=slug)
    row.slug = new
    row.full_clean()
    row.save()
    invalidate()  # as the desk does
    return row


def linked(text):
    """All addresses in a page, a feed or a map."""
    return re.findall(r"/(?:topics|authors|sections)/[^/\"<>\s\\]+/", text)


@pytest.mark.parametrize(("model", "folder", "field", "slug"), KINDS)
def test_old_addresses_lead_to_the_new_ones(client, story, model, folder, field, slug):
    rename(model, slug)
    rename(model, "new-address", "newest")

    for old in (slug, "new-address"):
        for rest in ("", "rss.xml", "atom.xml", "feed.json"):
            for query in ("", "?language=fr"):
                answer = client.get(f"/{folder}/{old}/{rest}{query}")
                assert answer.status_code == 301
                assert answer.headers["Location"] == f"/{folder}/newest/{rest}{query}"
        for page in ("/latest/?", "/search/?q=words&"):
            answer = client.get(f"{page}{field}={old}")
            assert answer.headers["Location"] == f"{page}{field}=newest"
    assert client.get(f"/{folder}/newest/").status_code == 200


@pytest.mark.parametrize(("model", "folder", "field", "slug"), KINDS)
def test_every_link_on_the_site_leads_to_the_new_address(
    client, story, settings, model, folder, field, slug
):
    addresses = [address for address in walk() if slug not in address]
    before = {address: linked(client.get(address).text) for address in addresses}
    assert any(f"/{folder}/{slug}/" in links for links in before.values())

    rename(model, slug)

    settings.KEEP_PAGES = False
    for address, links in before.items():
        now = linked(client.get(address).text)
        assert f"/{folder}/{slug}/" not in now, address
        assert [
            link.replace(f"/{folder}/{slug}/", f"/{folder}/new-address/") for link in links
        ] == (now), address


def test_a_byline_keeps_the_names_that_it_was_published_with(client, story):
    row = Author.objects.get(slug="anna-brown")
    row.name, row.slug = "Anna Green", "anna-green"
    row.save()

    page = client.get(story.editions.get().get_absolute_url()).text

    assert re.search(r'<a href="/authors/anna-green/"\s+rel="author">Anna Brown</a>', page)


def test_a_story_follows_a_merged_topic_too(client, story):
    merge([make_topic("Syria")], make_topic("War"), by=None)

    page = client.get(story.editions.get().get_absolute_url()).text

    assert "/topics/war/" in page
    assert "/topics/syria/" not in page
    assert client.get("/topics/syria/").headers["Location"] == "/topics/war/"


def test_former_addresses_of_a_merged_topic_lead_to_the_other(client, story):
    merge([rename(Topic, "syria", "syrian-war")], make_topic("War"), by=None)

    for old in ("syria", "syrian-war"):
        assert client.get(f"/topics/{old}/").headers["Location"] == "/topics/war/"


@pytest.mark.parametrize(("model", "folder", "field", "slug"), KINDS)
def test_a_former_address_is_nobody_elses_and_may_be_taken_back(
    client, story, model, folder, field, slug
):
    row = rename(model, slug)

    other = model(name="Other", slug=slug)
    with pytest.raises(Exception, match="was an address of"):
        other.full_clean()
    assert model(name=slug.replace("-", " ")).slug_is_taken(slug)

    rename(model, "new-address", slug)
    assert client.get(f"/{folder}/{slug}/").status_code == 200
    assert client.get(f"/{folder}/new-address/").headers["Location"] == f"/{folder}/{slug}/"
    assert list(row.former_slugs.values_list("slug", flat=True)) == ["new-address"]


def test_a_topic_that_no_reader_has_seen_does_not_give_itself_away(client):
    make_topic("Secret")
    rename(Topic, "secret")

    assert client.get("/topics/secret/").status_code == 404
    assert client.get("/topics/secret/rss.xml").status_code == 404


def test_an_old_edition_is_restored_under_the_new_addresses(story, editor):
    for model, _folder, _field, slug in KINDS:
        rename(model, slug, f"new-{slug}")

    restore(story.editions.get(), by=editor, started_from=story.version)

    story.refresh_from_db()
    assert story.section.slug == "new-politics"
    assert [row.author.slug for row in story.post_authors.all()] == ["new-anna-brown"]
    assert {row.tag.slug for row in story.post_topics.all()} == {"new-syria", "labour"}


def test_a_fixture_that_names_a_former_address_means_the_row_and_does_not_rename_it(tmp_path):
    make_section("Politics"), make_author(), make_topic()
    for model, _folder, _field, slug in KINDS:
        rename(model, slug)
    file = tmp_path / "again.json"
    names = {"topic": "Syria", "author": "Anna Brown", "section": "Politics"}
    rows = [
        {"model": f"articles.{field}", "fields": {"slug": slug, "name": names[field]}}
        for _model, _folder, field, slug in KINDS
    ]
    file.write_text(json.dumps(rows))

    call_command("loaddata", str(file), verbosity=0)

    for model, _folder, _field, _slug in KINDS:
        assert [row.slug for row in model.objects.all()] == ["new-address"]
    assert FormerSlug.objects.count() == 3
