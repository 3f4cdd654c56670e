"""The desk finds stories by the words that the library has for their pictures now."""

import pytest

from articles.desk.search.find import find_posts
from articles.desk.search.index import index_posts
from articles.models import Photo, Post
from articles.publishing.pictures.merge import merge_pictures
from tests.builders import make_photo, make_post
from tests.library.pictures.files import XMP, picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]


def story_with(photo):
    post = make_post(photo=photo)
    index_posts([post.pk])
    return post


def found(words):
    return find_posts(words, Post.objects.all()).keys


def change(client, photo, **sent):
    address = f"/admin/articles/photo/{photo.pk}/change/"
    return client.post(address, {"focus_x": 50, "focus_y": 50} | sent)


@pytest.mark.parametrize("name", ["caption", "credit", "alt"])
def test_a_story_is_found_by_what_the_library_says_now(client, editor, name):
    photo = make_photo(**{name: "Nougat"})
    post = story_with(photo)
    assert found("nougat") == [post.pk]

    client.force_login(editor)
    change(client, photo, **{name: "Marzipan"})

    assert found("marzipan") == [post.pk]
    assert found("nougat") == []


def test_a_story_is_found_by_what_a_new_file_says(client, editor):
    photo = make_photo(caption="", credit="")
    post = story_with(photo)

    client.force_login(editor)
    change(client, photo, file=picture_file(xmp=XMP.encode()), alt=photo.alt)

    photo.refresh_from_db()
    assert photo.caption == "A street in Aleppo."
    assert found("aleppo") == [post.pk]


def test_a_story_is_found_by_what_a_merged_picture_brings_along(editor):
    stays, goes = make_photo(credit=""), make_photo(credit="Zoltan")
    post = story_with(stays)

    merge_pictures(stays, goes, by=editor)

    assert Photo.objects.get(pk=stays.pk).credit == "Zoltan"
    assert found("zoltan") == [post.pk]
