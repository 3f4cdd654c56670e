"""Making what pictures lack."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from articles.library.pictures.encode import available_formats
from articles.library.uploads.store import has_all_renditions, store_picture
from articles.models import Photo
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_story, rewrite
from tests.library.pictures.files import age, picture_file

pytestmark = pytest.mark.django_db


def run():
    out, wrong = io.StringIO(), io.StringIO()
    call_command("make_renditions", stdout=out, stderr=wrong)
    return out.getvalue(), wrong.getvalue()


def test_pictures_get_what_they_lack_and_a_lost_original_is_named():
    old = Photo(slug="old")
    store_picture(old, picture_file())
    old.formats = ""
    old.save()
    make_photo(slug="lost", formats="")

    said, wrong = run()

    old.refresh_from_db()
    assert old.formats.split() == available_formats()
    assert has_all_renditions(old)
    assert "1 of 2 pictures lacked renditions" in said
    assert wrong.startswith("lost: its original cannot be read")
    assert "0 of 2" in run()[0]


def test_a_width_that_came_later_is_made_and_offered_by_what_is_published_from_then_on(client):
    old = Photo(slug="old", decorative=True)
    store_picture(old, picture_file())
    age(old)
    post = make_story(photo=old)
    before = pictures_in(client.get("/latest/").text)
    assert not any("-160." in name for name in before)

    run()

    assert pictures_in(client.get("/latest/").text) == before
    rewrite(post, "Other words.")
    publish(post, by=None)
    after = pictures_in(client.get("/latest/").text)
    assert before < after
    assert any("-160." in name for name in after)
    assert all(map(default_storage.exists, after))


def pictures_in(page):
    """The names of the renditions that a page offers."""
    return set(re.findall(r"/media/(renditions/[\w./-]+)", page))
