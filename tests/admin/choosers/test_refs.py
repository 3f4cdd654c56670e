"""What a document's keys stand for, and where a pasted address leads."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from articles.models import Post
from tests.builders import make_photo, make_post, make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.admin.choosers.urls")]

REFS = "/admin/on/choose/refs/"
SIGNED_IN = 11


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


def test_facts_are_told_of_the_keys_asked_for_and_no_others(desk):
    photo, other = make_photo(), make_photo()
    draft, live = make_post("A draft", status=Post.Status.DRAFT), make_story("Live", photo=other)

    asked = {"photos": [photo.slug, "no-such"], "stories": f"{draft.uuid},{live.uuid}"}
    answer = desk.get(REFS, asked).json()

    assert [*answer["photos"]] == [photo.slug]
    states = {key: facts["state"] for key, facts in answer["stories"].items()}
    assert states == {str(draft.uuid): "draft", str(live.uuid): "live"}


def test_a_story_goes_by_the_headline_that_readers_see(desk):
    live = make_story("As published")
    Post.objects.update(headline="As rewritten since")

    [facts] = desk.get(REFS, {"stories": live.uuid}).json()["stories"].values()

    assert facts["headline"] == "As published"


def test_a_draft_shows_the_picture_above_it(desk):
    draft = make_post(photo=make_photo(token="its-own"), status=Post.Status.DRAFT)

    [facts] = desk.get(REFS, {"stories": draft.uuid}).json()["stories"].values()

    assert "its-own" in facts["thumb"]


def test_an_address_of_ours_leads_to_its_story(desk):
    story = make_story("Talks in Aleppo")
    path = story.editions.get().get_absolute_url()
    addresses = [
        f"http://testserver{path}",
        f"http://testserver{path}?utm_source=mail#top",
        path,
        f"http://testserver/admin/articles/post/{story.pk}/change/",
    ]

    answer = desk.get(REFS, {"address": addresses}).json()

    assert answer["addresses"] == dict.fromkeys(addresses, str(story.uuid))
    assert [*answer["stories"]] == [str(story.uuid)]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/2016/12/13/talks/",
        "http://testserver/latest/",
        "http://testserver/2016/02/31/talks/",
        "http://testserver/admin/articles/post/999999999999999999999/change/",
        "http://[",
        "//[::1",
        "javascript:alert(1)",
        "\x00",
        "",
    ],
)
def test_any_other_address_leads_nowhere(desk, address):
    answer = desk.get(REFS, {"address": address})

    assert answer.status_code == 200
    assert not any(answer.json()["addresses"].values())


def test_keys_of_nothing_are_no_error(desk):
    asked = {"photos": ["\x00", "a" * 999, ""], "stories": ["x", "\x00", str(uuid.uuid4())]}

    answer = desk.get(REFS, asked)

    assert not any(answer.json().values())


def test_forty_blocks_cost_two_queries(desk, django_assert_max_num_queries):
    photos = [make_photo() for _ in range(20)]
    now = timezone.now()
    posts = [make_post(photo=photos[0]) for _ in range(10)]
    posts += [make_story(photo=photos[1], at=now - dt.timedelta(hours=1)) for _ in range(10)]

    with django_assert_max_num_queries(SIGNED_IN + 2):
        asked = {"photos": [each.slug for each in photos], "stories": [each.uuid for each in posts]}
        answer = desk.get(REFS, asked).json()

    assert (len(answer["photos"]), len(answer["stories"])) == (20, 20)


def test_nobody_is_told_of_keys_who_may_not_see_them(client, db):
    client.force_login(make_user(role=None))

    assert client.get(REFS).status_code == 403
