"""Packing: readers and editors cannot tell packed editions from others."""

import json

import pytest
from django.core.management import call_command

from articles.models import Edition, Photo
from articles.publishing.editions.document import compose
from articles.publishing.steps.hold_back import with_photo
from articles.publishing.steps.publish import publish
from articles.publishing.steps.restore import restore
from tests.builders import make_link, make_photo, make_post, make_story, rewrite

pytestmark = pytest.mark.django_db
AS_JSON = {
    "packed__isnull": True,
    "refers_to__isnull": True,
    "document__isnull": False,
    "body__isnull": False,
}
PACKED = {"packed__isnull": False, "document__isnull": True, "body__isnull": True}


@pytest.fixture
def story():
    """A story with a picture, and a link to another."""
    post = make_post("Flood", text="<p>Mud — “everywhere”.</p>", photo=make_photo(slug="bridge"))
    make_link(post, make_story("Rain"))
    publish(post, by=None)
    post.refresh_from_db()
    return post


def pack(*options):
    call_command("pack_editions", *options, verbosity=0)


def test_the_page_of_a_packed_story_is_the_same_to_the_byte(client, story):
    address = story.editions.get().get_absolute_url()
    before = client.get(address).content
    assert b"Mud" in before
    assert b"Rain" in before

    pack()

    assert Edition.objects.filter(**PACKED).count() == 2
    assert client.get(address).content == before


def test_unpacking_gives_what_was_stored(story):
    before = list(Edition.objects.values_list("document", "body").order_by("pk"))

    pack()
    pack("--undo")

    assert Edition.objects.filter(**AS_JSON).count() == 2
    assert list(Edition.objects.values_list("document", "body").order_by("pk")) == before


@pytest.mark.parametrize("fields", [["headline"], ["document"], ["document", "packed"]])
def test_words_are_there_whatever_was_read_with_an_edition(story, fields):
    pack()

    edition = story.editions.only(*fields).get()

    assert edition.document == compose(story)
    assert "Mud" in edition.body[0]["html"]


def test_a_packed_edition_can_be_restored(story, editor):
    words = compose(story)
    pack()
    rewrite(story, "Other words.")

    restore(story.editions.get(), by=editor, started_from=story.version)

    story.refresh_from_db()
    assert compose(story) == words


def test_the_stories_with_a_photo_are_found(story):
    photo = Photo.objects.get(slug="bridge")
    for options in ([], ["--undo"]):
        pack(*options)
        assert [found.post for found in with_photo(Edition.objects.all(), photo)] == [story]


def test_a_dump_holds_words_that_can_be_read(story, tmp_path):
    pack()
    path = tmp_path / "dump.json"

    call_command("dumpdata", "articles.edition", output=str(path), verbosity=0)

    documents = [row["fields"]["document"] for row in json.loads(path.read_text())]
    assert compose(story) in documents
