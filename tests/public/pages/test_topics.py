"""Topics: their pages, and the index from A to Z."""

import pytest
import time_machine

from articles.models import Topic, TopicPin
from articles.public.lists import bounded_counts
from articles.public.pages import topic_index
from articles.publishing.names.merge import merge
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_story, make_topic

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


def pin(name, post, position=1):
    return TopicPin.objects.create(topic=make_topic(name), post=post, position=position)


def on_page(client, address="/topics/syria/"):
    return [edition.headline for edition in client.get(address).context["page"].editions]


def index(client, address="/topics/"):
    """{letter: {topic: number of stories}} as the page shows them."""
    groups = client.get(address).context["groups"]
    return {
        group["letter"]: {topic["name"]: topic["stories"] for topic in group["topics"]}
        for group in groups
    }


def test_a_topic_that_no_reader_has_seen_is_not_there(client, clock):
    make_topic("Secret")
    make_story(topics=["Soon"], at=NOON + 2 * HOUR, now=NOON)
    withdraw(make_story(at=NOON, topics=["Past"]), by=None)

    for slug in ("secret", "soon", "past"):
        assert client.get(f"/topics/{slug}/").status_code == 404
        assert client.get(f"/topics/{slug}/?before=20300101T000000.000000Z-1").status_code == 404
        assert "There is no topic" in client.get(f"/latest/?topic={slug}").text
    assert index(client) == {}
    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert client.get("/topics/soon/").status_code == 404
    clock.move_to(NOON + 2 * HOUR)
    assert client.get("/topics/soon/").status_code == 200
    assert index(client) == {"S": {"Soon": 1}}


def test_another_name_of_a_topic_that_no_reader_has_seen_is_not_there_either(client):
    merge([make_topic("Cover name")], make_topic("Secret"), by=None)

    assert client.get("/topics/cover-name/").status_code == 404
    make_story(topics=["Secret"])
    assert client.get("/topics/cover-name/").url == "/topics/secret/"


def test_pinned_stories_stand_above_the_others_once_in_their_order(client):
    pin("Syria", make_story("Second", topics=["Syria"]), 2)
    pin("Syria", make_story("First"), 1)
    make_story("Other", topics=["Syria"])

    answer = client.get("/topics/syria/")

    assert [edition.headline for edition in answer.context["pinned"]] == ["First", "Second"]
    assert on_page(client) == ["Other"]
    assert answer.text.count("Second</a>") == 1


def test_a_pinned_story_that_is_not_live_is_not_shown(client, clock):
    make_story(topics=["Syria"])
    pin("Syria", make_story("Soon", at=NOON + 2 * HOUR, now=NOON))
    gone = make_story("Gone", at=NOON)
    pin("Syria", gone)
    withdraw(gone, by=None)

    assert client.get("/topics/syria/").context["pinned"] == []
    clock.move_to(NOON + 2 * HOUR)
    assert "Soon" in client.get("/topics/syria/").text


def test_a_topic_is_led_by_its_own_picture_or_by_its_newest_story(client):
    make_story(topics=["Syria"], at=NOON)
    make_story("Newest", topics=["Syria"], photo=make_photo(token="of-the-story"))
    page = client.get("/topics/syria/")
    assert page.context["lead"].headline == "Newest"
    assert "Newest" not in on_page(client)
    topic = make_topic("Syria")
    topic.picture = make_photo(token="its-own")
    topic.save()

    page = client.get("/topics/syria/")

    assert page.context["lead"] is None
    assert page.context["picture"]["token"] == "its-own"
    assert on_page(client)[0] == "Newest"


def test_related_topics_are_those_that_share_most_of_the_newest_stories(client):
    for _ in range(3):
        make_story(topics=["Syria", "Russia"])
    make_story(topics=["Syria", "Labour"])
    make_story(topics=["Cricket"])
    make_story(topics=["Syria", "Hidden"], at=NOON + 2 * HOUR, now=NOON)

    related = client.get("/topics/syria/").context["related"]

    assert [each["name"] for each in related] == ["Russia", "Labour"]


def test_a_merge_takes_the_pins_along(client):
    story = make_story(topics=["Syria"])
    pin("Syria", story)
    pin("Syrian war", story)
    pin("Syrian war", make_story("Other"))

    merge([make_topic("Syrian war")], make_topic("Syria"), by=None)

    assert TopicPin.objects.filter(topic=make_topic("Syria")).count() == 2


def test_the_index_counts_live_stories_up_to_a_bound(client, monkeypatch):
    monkeypatch.setattr(bounded_counts, "MANY", 3)
    monkeypatch.setattr(topic_index, "MANY", 3)
    for number in range(5):
        make_story(topics=["Syria", f"Topic {number % 2}"])
    make_story(topics=["Topic 0"], at=NOON + 2 * HOUR, now=NOON)

    page = client.get("/topics/")

    assert index(client) == {"S": {"Syria": 3}, "T": {"Topic 0": 3, "Topic 1": 2}}
    assert "3+" in page.text
    assert "3 stories or more" in page.text


def test_many_topics_are_shown_a_letter_at_a_time(client, monkeypatch):
    monkeypatch.setattr(topic_index, "TOPICS_PER_PAGE", 2)
    make_story(topics=["Aleppo", "Syria", "Sport", "Spain", "2016"])

    page = client.get("/topics/")

    assert page.context["groups"] == []
    assert [each["name"] for each in page.context["news"]][:2] == ["2016", "Aleppo"]
    assert 'href="/topics/?letter=S"' in page.text
    assert index(client, "/topics/?letter=S") == {"S": {"Spain": 1, "Sport": 1}}
    assert index(client, "/topics/?letter=S&part=2") == {"S": {"Syria": 1}}
    assert index(client, "/topics/?letter=%23") == {"#": {"2016": 1}}


@pytest.mark.parametrize("query", ["letter=Z", "letter=S&part=9", "letter=S&part=x", "letter=ss"])
def test_a_letter_without_topics_is_not_there(client, query):
    make_story(topics=["Syria"])

    assert client.get(f"/topics/?{query}").status_code == 404


def test_the_page_of_a_letter_is_known_by_its_own_address(client):
    make_story(topics=["Syria"])

    page = client.get("/topics/?letter=S&part=1&x=y").text

    assert '<link rel="canonical" href="http://testserver/topics/?letter=S">' in page


def test_topics_and_authors_can_be_followed(client):
    make_story(topics=["Syria"], authors=["Anna Brown"])

    assert 'href="/topics/syria/rss.xml"' in client.get("/topics/syria/").text.split("<main")[1]
    assert (
        'href="/authors/anna-brown/rss.xml"'
        in (client.get("/authors/anna-brown/").text.split("<main")[1])
    )


def test_a_topic_names_the_broader_one_and_the_narrower_ones_that_have_stories(client):
    make_story(topics=["Syria"])
    make_story(topics=["Aleppo"])
    syria = make_topic("Syria")
    Topic.objects.filter(slug="aleppo").update(broader=syria)
    Topic.objects.create(name="Secret", slug="secret", broader=syria)

    assert '<a href="/topics/syria/">Syria</a>' in client.get("/topics/aleppo/").text
    page = client.get("/topics/syria/").text
    assert "Topics within this one" in page
    assert "/topics/aleppo/" in page
    assert "Secret" not in page

    make_story(topics=["Secret"])
    assert "/topics/secret/" in client.get("/topics/syria/").text


def test_a_broader_topic_without_a_story_is_not_named(client):
    make_story(topics=["Aleppo"])
    Topic.objects.update(broader=Topic.objects.create(name="Secret", slug="secret"))

    assert "Secret" not in client.get("/topics/aleppo/").text
