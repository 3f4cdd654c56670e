"""Galleries as a browser, or somebody in its place, sends them."""

import pytest

from articles.desk import roles
from articles.desk.blocks import Caption, Gallery
from articles.desk.roles import PERMISSIONS
from articles.desk.writing.document import read
from tests.admin.forms import change_url, shown
from tests.builders import make_gallery, make_photo, make_post, make_user

from .sending import document_of, paragraph, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user())
    return client


def story(*pictures, key="g", title="Snow", region="body"):
    node = {"type": "gallery", "attrs": {"id": key, "title": title, "pictures": list(pictures)}}
    document = {"lead": [], "body": [paragraph("p", "Words.")]}
    document[region].append(node)
    return document


def picture(key, photo, **words):
    return {"id": key, "photo": photo.slug, "caption": "", "credit": "", "alt": "", **words}


def test_what_is_hostile_in_it_is_text_or_refused_and_never_an_error(desk):
    photo = make_photo()
    words = {"caption": "<script>alert(1)</script>\x00\ud800", "onload": "x()", "region": "lead"}
    for sent in (
        story(picture("a", photo, **words), picture("b", photo, credit="c" * 5_000)),
        story(picture("a", photo), title="t" * 5_000),
        story({"photo": "\x00"}, {"photo": "no-such"}, {}),
        story(picture("g", photo), picture("p", photo), picture("../../x", photo)),
        story(*[picture("a", photo)] * 1_001),
        story(picture("a", photo), key="p"),
        story(picture("a", photo), region="lead"),
        story("text", None, 3, []),
        story(picture("a", photo, caption={"a": 1})),
    ):
        post = make_post(text="<p>Words.</p>")

        answer = send(desk, post, document=sent, base=document_of(post))

        assert answer.status_code < 500
        stored = read(post).document
        assert "onload" not in str(stored)
        assert stored["lead"] == []
        assert desk.get(change_url(post)).status_code == 200


def test_the_page_is_given_the_facts_of_its_pictures(desk, django_assert_max_num_queries):
    post, photos = make_post(), [make_photo() for _ in range(40)]
    make_gallery(post, photos)
    shown(desk, change_url(make_post()))  # what is asked once in a process

    with django_assert_max_num_queries(12):
        state = shown(desk, change_url(post))["state"]

    assert set(state["refs"]["photos"]) == {photo.slug for photo in photos}


def test_who_may_not_change_galleries_cannot_by_moving_their_pictures(client):
    post = make_post(text="<p>Words.</p>")
    make_gallery(post, [make_photo(), make_photo()])
    user = make_user(roles.EDITOR)
    user.groups.get().permissions.filter(codename="change_gallery").delete()
    client.force_login(user)
    document = document_of(post)
    document["body"][1]["attrs"]["pictures"].reverse()

    answer = send(client, post, document=document, base=document_of(post))

    assert answer.status_code == 403
    assert document_of(post) != document


def test_all_who_write_may_make_galleries_and_picture_editors_too():
    for role in (roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, roles.ADMINISTRATOR):
        assert {"add_gallery", "change_gallery", "delete_gallery"} <= PERMISSIONS[role]
    assert not Gallery.objects.exists()
    assert not Caption.objects.exists()


def test_many_galleries_that_are_too_much_for_one_story_are_refused(desk):
    post = make_post()
    many = [story(*[{}] * 1_000)["body"][1] for _number in range(8)]

    answer = send(desk, post, document={"lead": [], "body": many}, base=document_of(post))

    assert answer.status_code == 400
    assert "too many parts" in answer.json()["refused"]
