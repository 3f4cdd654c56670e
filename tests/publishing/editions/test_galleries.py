"""Galleries as they are published: what they need, what readers get, where their pictures count."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.house_style.story_text import story_text
from articles.desk.search.texts import texts_of_posts
from articles.models import Caption, Edition, Gallery, Photo, PictureUse
from articles.publishing.editions.document import Parts, compose
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.kill.words_of import pictures_of_its_own
from articles.publishing.pictures.merge import merge_pictures
from articles.publishing.pictures.where_used import where_used
from articles.publishing.search.document_text import texts_of
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import (
    NotReady,
    photos_in,
    picture_faults,
    shortcomings,
)
from articles.publishing.steps.restore import restore
from articles.publishing.steps.schedule import schedule
from tests.builders import make_gallery, make_photo, make_post, make_user

pytestmark = pytest.mark.django_db

FEEDS = ("rss.xml", "atom.xml", "feed.json")


def photos(count, **fields):
    return [make_photo(slug=f"p{n}", token=f"t{n}-token", **fields) for n in range(1, count + 1)]


def published(count=10, **fields):
    post = make_post()
    make_gallery(post, photos(count, **fields), title="Snow & <ice>", caption="It <b>fell</b>.")
    return publish(post, by=None)


@pytest.mark.parametrize(("count", "said"), [(1, "at least two"), (101, "at most 100")])
def test_a_gallery_has_two_to_a_hundred_pictures(count, said):
    post = make_post()
    make_gallery(post, [make_photo() for _ in range(count)])

    with pytest.raises(NotReady, match=said):
        publish(post, by=None)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"credit": ""}, "no credit"),
        ({"alt": ""}, "no alt text"),
        ({"rights_until": "2020-01-01"}, "ended"),
    ],
)
def test_each_of_its_pictures_needs_what_a_picture_needs(lacking, said):
    post = make_post()
    make_gallery(post, [make_photo(), make_photo(caption="The second", **lacking)])
    shown = Caption.objects.last()

    [missing] = shortcomings(post, Parts([post]), on=timezone.localdate())

    assert said in missing
    assert "The second" in missing
    assert missing.place == shown.first_node
    if "rights_until" in lacking:
        document, today = compose(post), timezone.localdate()
        assert picture_faults(document, photos_in(document), on=today) == [missing]


def test_readers_get_all_pictures_eight_at_first_with_captions_and_credits(client):
    edition = published(10)

    page = client.get(edition.get_absolute_url()).text

    gallery = page.split('<section class="gallery"')[1].split("</section>")[0]
    first, rest = gallery.split("gallery-rest")
    assert first.count("<figure") == 8
    assert rest.count("<figure") == 2
    assert '<a href="#gallery-1-all">All 10 pictures</a>' in first
    assert 'href="/media/renditions/t10-token/whole-1800.webp"' in rest
    assert gallery.count("PA Images") == gallery.count('loading="lazy"') == 10
    assert "Snow &amp; &lt;ice&gt;" in gallery
    assert "It &lt;b&gt;fell" in gallery
    assert "js/gallery.js" in page


def test_a_page_without_a_gallery_asks_for_nothing_of_it(client):
    page = client.get(publish(make_post(), by=None).get_absolute_url()).text

    assert "gallery" not in page


def test_a_few_pictures_stand_without_a_way_to_more(client):
    assert "gallery-all" not in client.get(published(8).get_absolute_url()).text


def test_feeds_carry_all_but_those_that_are_not_for_others(client):
    edition = published(9)
    page = edition.get_absolute_url()
    before = client.get("/feeds/atom.xml").text
    assert all(f"t{n}-token" in before for n in range(1, 10))
    assert 'gallery-1-all"' not in before.replace("&quot;", '"').replace(' id="gallery-1-all"', "")
    second = edition.post.articles_caption_set.get(photo__slug="p2").photo
    second.not_for_others = True
    second.save()

    publish(edition.post, by=None)

    for file in FEEDS:
        said = client.get(f"/feeds/{file}").text
        assert "t2-token" not in said
        assert "t1-token" in said
        assert "t9-token" in said
    assert "t2-token" in client.get(page).text


def test_its_picture_is_shared_where_no_other_is(client):
    head = client.get(published(2).get_absolute_url()).text.split("</head>")[0]

    assert "t1-token" in head


def test_the_site_and_the_desk_find_its_words():
    edition = published(2)

    texts = texts_of(edition)

    assert "It <b>fell</b>." in texts.names
    assert "Snow & <ice>" in texts.body
    desk = texts_of_posts([edition.post_id])[edition.post_id]
    assert "Snow & <ice>" in desk["body"]
    assert any("It <b>fell</b>." in each for each in desk["names"])
    post = edition.post
    said = [piece.text for piece in story_text(post, Parts([post]).blocks[post.pk]).pieces]
    assert said.count("It <b>fell</b>.") == 2
    assert "Snow & <ice>" in said


def test_its_pictures_are_used_by_the_story():
    edition = published(3)
    photo = edition.post.articles_caption_set.first().photo

    assert set(PictureUse.objects.values_list("photo__slug", flat=True)) == {"p1", "p2", "p3"}
    used = where_used(photo, now=timezone.now() + dt.timedelta(seconds=1))
    assert used.desk == [edition.post]
    assert used.live == [edition]


def test_a_picture_that_is_merged_with_another_is_replaced_in_it():
    edition = published(2)
    stays, goes = make_photo(), Caption.objects.get(photo__slug="p2").photo

    merge_pictures(stays, goes, by=make_user())

    kept = Gallery.objects.get().parent
    [block] = [each for each in compose(kept)["regions"]["body"] if each["kind"] == "gallery"]
    assert [each["picture"]["slug"] for each in block["pictures"]] == ["p1", stays.slug]
    assert PictureUse.objects.filter(edition=edition, photo=stays).exists()


def test_a_scheduled_story_is_held_back_when_the_rights_to_one_of_its_pictures_end():
    post, editor, now = make_post(), make_user(), timezone.now()
    make_gallery(post, photos(3))
    schedule(post, by=editor, at=now + dt.timedelta(days=2), now=now)
    photo = Caption.objects.get(photo__slug="p2").photo
    photo.rights_until = timezone.localdate() - dt.timedelta(days=1)
    photo.save()

    [held] = hold_back_refused(by=editor, photo=photo)

    assert "ended" in str(held)


def test_a_killed_story_leaves_neither_the_title_nor_pictures_of_its_own():
    edition, elsewhere = published(2), make_post()
    make_gallery(elsewhere, list(Photo.objects.filter(slug="p1")) * 2)

    assert [photo.slug for photo in pictures_of_its_own(edition.post)] == ["p2"]
    ask_kill(edition.post, by=make_user(), reason="An order.", words="Removed.")
    kill(edition.post, by=make_user())

    assert not Gallery.objects.filter(parent=edition.post).exists()
    assert not Caption.objects.filter(parent=edition.post).exists()


def test_an_earlier_edition_comes_back_whole():
    edition = published(3)
    Gallery.objects.update(title="Other")
    Caption.objects.filter(photo__slug="p2").delete()

    restore(edition, by=make_user(), started_from=edition.post.version)

    assert compose(edition.post)["regions"] == Edition.objects.get().document["regions"]


def test_a_hundred_pictures_cost_no_more_queries_than_two(client):
    few, many = make_post(), make_post()
    make_gallery(few, photos(2))
    make_gallery(many, [make_photo() for _ in range(100)])
    publish(make_post(), by=None)  # what is asked once in a process

    asked = []
    for post in (few, many):
        with CaptureQueriesContext(connection) as publishing:
            path = publish(post, by=None).get_absolute_url()
        with CaptureQueriesContext(connection) as reading:
            client.get(path)
        asked.append((len(publishing), len(reading)))

    assert asked[0] == asked[1]
