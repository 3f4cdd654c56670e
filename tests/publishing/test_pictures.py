"""What is used of the library: on the desk, by what is live, and by what was."""

import datetime as dt

import pytest

from articles.desk.blocks import Caption
from articles.models import Edition, PictureUse
from articles.publishing.editions.picture_use import complete_uses
from articles.publishing.pictures import pictures_ending
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post, make_stories, make_story, rewrite

pytestmark = pytest.mark.django_db

TODAY = dt.date(2016, 12, 12)
NOW = dt.datetime(2016, 12, 12, 12, tzinfo=dt.UTC)


def uses(photo):
    return [use.edition for use in PictureUse.objects.filter(photo=photo).order_by("edition")]


def test_each_edition_with_a_picture_is_a_use_of_it_and_stays_one():
    first, second = make_photo(), make_photo()
    post = make_story(photo=first)
    Caption.objects.create(parent=post, region="body", ordering=20, photo=first)
    Caption.objects.filter(parent=post, region="lead").update(photo=second)
    rewrite(post, "Other words.")
    publish(post, by=None)

    assert [edition.number for edition in uses(first)] == [1, 2]
    assert [edition.number for edition in uses(second)] == [2]


def test_what_is_published_in_bulk_is_a_use_too():
    photo = make_photo()
    make_stories([{"photo": photo}, {"photo": photo}, {}])

    assert len(uses(photo)) == 2


def test_the_uses_in_editions_of_a_dump_follow_from_their_words():
    photo = make_photo()
    make_story(photo=photo)
    make_stories([{"photo": photo}])  # packed
    recorded = uses(photo)
    PictureUse.objects.all().delete()

    complete_uses(Edition.objects.all())
    complete_uses(Edition.objects.all())

    assert uses(photo) == recorded


def ending(within=7, now=NOW):
    return list(pictures_ending(within, today=TODAY, now=now))


def in_days(days, **fields):
    return make_photo(rights_until=TODAY + dt.timedelta(days=days), **fields)


def test_pictures_in_use_whose_rights_end_soon_are_told_the_first_to_end_first():
    later, sooner, unused, far = in_days(7), in_days(0), in_days(3), in_days(8)
    for photo in (later, far):
        make_post(photo=photo)
    make_story(photo=sooner, now=NOW)

    assert ending() == [sooner, later]
    assert unused not in ending(30)
    assert far in ending(8)


def test_a_picture_whose_rights_have_ended_is_told_while_readers_see_it():
    photo, on_desk = in_days(5), in_days(-1)
    make_post(photo=on_desk)
    post = make_story(photo=photo, now=NOW)
    photo.rights_until = TODAY - dt.timedelta(days=1)
    photo.save()

    assert ending() == [photo]
    Caption.objects.filter(parent=post).delete()
    withdraw(post, by=None, now=NOW + dt.timedelta(minutes=1))
    assert ending(now=NOW + dt.timedelta(minutes=2)) == []
