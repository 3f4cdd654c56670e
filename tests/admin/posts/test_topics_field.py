"""Topics on the writing screen: chosen, typed, and found by their other names."""

import pytest
from django.contrib.auth.models import Permission

from articles.desk.search.index import index_posts
from articles.models import Post, Topic
from tests.admin.filling import errors_of, save
from tests.admin.writing.sending import send
from tests.builders import make_post, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def topics(post):
    return [topic.name for topic in post.topics.all()]


def search(client, term, model="post", field="topics"):
    found = client.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": model, "field_name": field, "term": term},
    )
    return [row["text"] for row in found.json()["results"]]


def test_a_typed_topic_is_made(desk):
    post = make_post()

    save(desk, post, topics=["new: Middle   East "])

    assert topics(post) == ["Middle East"]


def test_a_topic_typed_in_other_capitals_is_the_one_that_is_there(desk):
    post, topic = make_post(), make_topic("Syria")

    save(desk, post, topics=["new:SYRIA", str(topic.pk)])

    assert topics(post) == ["Syria"]
    assert Topic.objects.count() == 1


def test_a_new_topic_spelt_much_like_another_is_said_to_be(desk):
    post, topic = make_post(), make_topic("Climate change")
    topic.aliases.create(name="Global heating", slug="global-heating")
    assert search(desk, "climate-change") == ["Climate change"]

    page = save(desk, post, topics=["new:Climate-change", "new:Global-Heating", "new:Floods"])

    assert len(topics(post)) == 3
    assert "“Climate-change” is a new topic, and “Climate change” is there already" in page.text
    assert "“Global-Heating” is a new topic, and “Climate change” is there" in page.text
    assert "“Floods” is a new topic" not in page.text


def test_another_name_finds_its_topic(desk):
    post, topic = make_post(), make_topic("Syria")
    topic.aliases.create(name="Syrian war", slug="syrian-war")

    save(desk, post, topics=["new:syrian WAR"])

    assert topics(post) == ["Syria"]
    assert search(desk, "syrian w") == ["Syria"]


def test_a_topic_called_like_a_number_is_a_name(desk):
    post = make_post()

    save(desk, post, topics=["new:2016"])

    assert topics(post) == ["2016"]


def test_who_may_not_make_topics_is_told(client, editor):
    editor.groups.clear()
    names = ("change_post", "view_post", "change_any_post", "view_topic")
    editor.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(editor)

    page = save(client, make_post(), topics=["new:Syria"])

    assert "no topic “Syria”" in errors_of(page)
    assert not Topic.objects.exists()


@pytest.mark.parametrize("topic", ["new:" + "x" * 101, "new:a\x00b", "new:", "no-number", "999999"])
def test_nonsense_in_place_of_a_topic_is_a_message(desk, topic):
    post = make_post(topics=["Syria"])

    answer = send(desk, post, topics=[topic], headline="Kept", **{"initial-headline": "x"})

    assert list(answer.json()["errors"]) == ["topics"]
    assert topics(post) == ["Syria"]
    assert Post.objects.get().headline == "Kept"


def test_the_search_for_a_story_says_what_state_it_is_in(desk):
    post = make_post("Snow on the hills", status="draft")
    index_posts([post.pk])

    found = desk.get(
        "/admin/autocomplete/",
        {
            "app_label": "articles",
            "model_name": "post",
            "field_name": "translation_of",
            "term": "snow",
        },
    )

    assert found.json()["results"][0]["note"] == "Politics · Draft"
