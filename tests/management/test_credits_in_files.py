"""The minute's task that puts new credits into the files of pictures."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.library.photo_words import words_match
from articles.library.pictures.renditions import renditions
from articles.library.uploads.store import store_picture
from articles.management.minute import pictures
from articles.models import Photo
from tests.builders import make_photo
from tests.library.pictures.files import picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]


def stored(slug, colour):
    photo = Photo(slug=slug, credit="Anna Brown")
    store_picture(photo, picture_file(colour=colour))
    photo.save()
    return photo


def jpeg_of(photo):
    with default_storage.open(renditions(photo.as_picture(), "whole", "jpg")[0].name) as file:
        return file.read()


def test_files_get_a_credit_that_was_changed_and_are_left_alone_after_that():
    photo = stored("street", "teal")
    make_photo(slug="lost")
    assert pictures.make_renditions(timezone.now(), "").result == "All pictures carry their credit."
    Photo.objects.filter(pk=photo.pk).update(credit="Anna Green")

    done = pictures.make_renditions(timezone.now(), "")

    assert (done.result, done.place, done.more) == ("The files of 1 picture.", "", False)
    assert b"Anna Green" in jpeg_of(photo)
    assert not pictures.make_renditions(timezone.now(), "").notable


def test_it_goes_on_in_the_next_minute_where_it_stopped(monkeypatch):
    first, second = stored("first", "teal"), stored("second", "maroon")
    Photo.objects.update(credit="Anna Green")
    monkeypatch.setattr(pictures, "AT_MOST", 0)

    done = pictures.make_renditions(timezone.now(), "")
    assert (done.place, done.more) == (str(first.pk), True)
    assert b"Anna Green" not in jpeg_of(second)
    done = pictures.make_renditions(timezone.now(), done.place)

    assert b"Anna Green" in jpeg_of(second)
    assert done.place == str(second.pk)
    assert not pictures.make_renditions(timezone.now(), done.place).more


def test_a_picture_that_an_older_release_took_in_is_found_too():
    photo = make_photo(caption="A lighthouse.")
    Photo.objects.update(words="")
    assert not Photo.objects.filter(words_match("lighthouse")).exists()

    pictures.make_renditions(timezone.now(), "")

    assert Photo.objects.get(words_match("lighthouse")) == photo
