"""Fields in which a story is picked while somebody types: fronts, the banner, translations."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.desk.search.index import reindex_posts
from articles.models import Post
from tests.builders import make_post, make_stories, make_story

pytestmark = pytest.mark.django_db

PICK = "/admin/autocomplete/"
PLACES = [("placement", "post"), ("breaking", "post"), ("post", "translation_of")]


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def picked(desk, typed, model="placement", field="post"):
    list(reindex_posts(missing=True))
    answer = desk.get(PICK, asked(typed, model, field))
    return [row["text"] for row in answer.json()["results"]]


def asked(typed, model="placement", field="post"):
    return {"app_label": "articles", "model_name": model, "field_name": field, "term": typed}


@pytest.mark.parametrize(("model", "field"), PLACES)
@pytest.mark.parametrize("typed", ["harbour", "harbuor", "harb", "dromedary", "Okafor", "Syria"])
def test_a_story_is_picked_by_headline_text_author_and_topic(desk, typed, model, field):
    make_story("The harbour", text="<p>A dromedary.</p>", authors=["Tom Okafor"], topics=["Syria"])
    make_post("Another")

    assert picked(desk, typed, model, field) == ["The harbour"]


def test_what_readers_see_is_picked_first(desk):
    now = timezone.now()
    make_story("Harbour: live", at=now - dt.timedelta(days=300))
    make_story("Harbour: tomorrow", at=now + dt.timedelta(days=1), now=now)
    make_post("Harbour: a draft", status=Post.Status.DRAFT)

    assert picked(desk, "harbour") == ["Harbour: live", "Harbour: tomorrow", "Harbour: a draft"]


def test_picking_costs_the_same_for_one_story_and_for_thirty(desk, django_assert_num_queries):
    make_story("Harbour")
    picked(desk, "harbour")
    with django_assert_num_queries(20, exact=False) as few:
        desk.get(PICK, asked("harbour"))
    make_stories([{"headline": f"Harbour {number}"} for number in range(30)])
    list(reindex_posts(missing=True))

    with django_assert_num_queries(len(few)):
        desk.get(PICK, asked("harbour"))
