"""Topics, merged without losing a story or a link."""

import pytest

from articles.models import Topic, TopicAlias
from tests.builders import make_story, make_topic

pytestmark = pytest.mark.django_db


def test_merging_moves_the_stories_and_keeps_the_old_name():
    make_story("Both", topics=["UN", "United Nations"])
    make_story("One", topics=["UN"])
    wanted = make_topic("United Nations")

    make_topic("UN").merge_into(wanted)

    assert {line.edition.headline for line in wanted.listings.all()} == {"Both", "One"}
    assert wanted.post_topics.count() == 2
    assert TopicAlias.objects.get(slug="un").topic == wanted
    assert not Topic.objects.filter(slug="un").exists()


def test_a_topic_cannot_be_merged_into_itself():
    topic = make_topic()

    with pytest.raises(ValueError, match="itself"):
        topic.merge_into(topic)


def test_other_names_go_along():
    old, wanted = make_topic("UN"), make_topic("United Nations")
    TopicAlias.objects.create(topic=old, name="The UN", slug="the-un")

    old.merge_into(wanted)

    assert set(wanted.aliases.values_list("slug", flat=True)) == {"un", "the-un"}


def test_a_topic_is_merged_also_when_its_address_is_that_of_another_name():
    old, third, wanted = make_topic("UN"), make_topic("Third"), make_topic("United Nations")
    TopicAlias.objects.create(topic=third, name="The UN", slug="x")
    TopicAlias.objects.filter(slug="x").update(slug="un", name="UN")

    old.merge_into(wanted)

    assert TopicAlias.objects.get(slug="un").topic == wanted
