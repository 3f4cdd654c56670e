"""The picture of an embed counts like any other picture of a story."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.desk import library_words
from articles.models import Embed, PictureUse
from articles.publishing.editions.document import compose
from articles.publishing.editions.pieces import pieces_of
from articles.publishing.kill.words_of import pictures_of_its_own
from articles.publishing.pictures.ending import pictures_ending
from articles.publishing.pictures.merge import merge_pictures
from articles.publishing.pictures.replace import replace_picture
from articles.publishing.pictures.where_used import where_used
from articles.publishing.search.document_text import texts_of
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.restore import restore
from tests.builders import make_photo, make_post

pytestmark = pytest.mark.django_db

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def post_with(photo, **fields):
    post = make_post(**fields)
    Embed.objects.create(
        parent=post, region="body", ordering=50, url=VIDEO, title="The speech", photo=photo
    )
    return post


def test_it_is_on_the_page_with_its_credit_and_from_our_host(client):
    edition = publish(post_with(make_photo(credit="PA Images", token="secret")), by=None)

    text = client.get(edition.get_absolute_url()).text

    assert "/media/renditions/secret/" in text
    assert "PA Images" in text
    assert PictureUse.objects.filter(edition=edition).count() == 1


def test_a_story_waits_for_its_credit_alt_text_and_rights():
    photo = make_photo(credit="", alt="", rights_until=dt.date(2020, 1, 1))

    with pytest.raises(NotReady) as refused:
        publish(post_with(photo), by=None)

    assert len(refused.value.shortcomings) == 3


def test_the_library_knows_where_it_is_used():
    photo = make_photo(rights_until=dt.date(2026, 6, 3))
    post = post_with(photo)
    used = where_used(photo, now=NOW)

    assert used.desk == [post]
    assert list(pictures_ending(7, now=NOW)) == [photo]
    with pytest.raises(ProtectedError):
        photo.delete()


def test_it_is_replaced_and_merged_like_others(editor):
    old, new, third = make_photo(), make_photo(), make_photo()
    post = post_with(old)

    replace_picture(old, new, by=editor)
    assert Embed.objects.get(parent=post).photo == new

    merge_pictures(third, new, by=editor)
    assert Embed.objects.get(parent=post).photo == third


def test_killing_a_story_takes_it_along_unless_another_story_shows_it():
    own, shared = make_photo(), make_photo()
    post = post_with(own)
    post_with(shared)
    post_with(shared, headline="Another")

    assert list(pictures_of_its_own(post)) == [own]


def test_it_is_restored_from_an_earlier_edition(editor):
    photo = make_photo()
    post = post_with(photo)
    edition = publish(post, by=None)
    Embed.objects.update(photo=None, title="Another")
    post.refresh_from_db()

    restore(edition, by=editor, started_from=post.version)

    block = Embed.objects.get(parent=post)
    assert (block.photo, block.title) == (photo, "The speech")


def test_words_of_the_library_and_of_the_document_are_the_same():
    post = post_with(make_photo())

    assert library_words.of_post(post) == library_words.of_document(compose(post)) != {}


def test_search_finds_its_title_beside_the_words_of_its_picture():
    edition = publish(post_with(make_photo(caption="Snow in Aleppo")), by=None)

    assert "The speech" in texts_of(edition).body


def test_comparing_shows_the_title_and_the_address_beside_the_picture():
    [*_words, piece] = pieces_of(compose(post_with(make_photo(slug="snow"))))

    assert {"title", "url", "slug"} <= piece.shown.keys()
    assert piece.subject == VIDEO


def test_an_embed_without_a_picture_needs_none():
    publish(post_with(None), by=None)


@pytest.mark.parametrize(
    "url",
    ["https://user:secret@youtu.be/x", "ftp://youtu.be/x", "https://youtu.be\\@evil.example/"],
)
def test_an_address_that_hides_its_host_is_not_saved(url):
    with pytest.raises(ValidationError):
        Embed(url=url, title="x").clean()
