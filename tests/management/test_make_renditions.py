"""Making what pictures lack."""

import io

import pytest
from django.core.management import call_command

from articles.library.encode import formats_made
from articles.library.intake import is_complete, take_in
from articles.models import Photo
from tests.builders import make_photo
from tests.library.pictures import picture_file

pytestmark = pytest.mark.django_db


def run():
    out, wrong = io.StringIO(), io.StringIO()
    call_command("make_renditions", stdout=out, stderr=wrong)
    return out.getvalue(), wrong.getvalue()


def test_pictures_get_what_they_lack_and_a_lost_original_is_named():
    old = Photo(slug="old")
    take_in(old, picture_file())
    old.formats = ""
    old.save()
    make_photo(slug="lost", formats="")

    said, wrong = run()

    old.refresh_from_db()
    assert old.formats.split() == formats_made()
    assert is_complete(old)
    assert "1 of 2 pictures lacked renditions" in said
    assert wrong.startswith("lost: its original cannot be read")
    assert "0 of 2" in run()[0]
