"""The topic's own screen: its picture and its pinned stories."""

import pytest

from articles.desk import roles
from articles.models import TopicPin
from articles.publishing.invalidation.site_stamp import highest_stamp
from tests.builders import make_photo, make_story, make_topic, make_user

pytestmark = pytest.mark.django_db


def form_of(topic, **pin):
    data = {
        "name": topic.name,
        "slug": topic.slug,
        "description": topic.description,
        "picture": "",
        "pins-TOTAL_FORMS": "1" if pin else "0",
        "pins-INITIAL_FORMS": "0",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
    }
    return data | {f"pins-0-{name}": value for name, value in pin.items()}


def change_url(topic):
    return f"/admin/articles/topic/{topic.pk}/change/"


def test_an_editor_pins_a_story_and_chooses_a_picture(client, editor):
    story, topic, photo = make_story("Start here"), make_topic(), make_photo()
    make_story(topics=[topic.name])
    client.force_login(editor)
    before, _highest = highest_stamp()

    data = form_of(topic, post=story.pk, position=1) | {"picture": photo.pk}
    answer = client.post(change_url(topic), data)

    assert answer.status_code == 302, answer.context["errors"]
    page = client.get(topic.get_absolute_url()).text
    assert "Start here" in page
    assert f"/renditions/{photo.token}/" in page
    assert highest_stamp()[0] > before


def test_a_reporter_pins_nothing(client, reporter):
    story, topic = make_story(), make_topic()
    client.force_login(reporter)

    client.post(change_url(topic), form_of(topic, post=story.pk, position=1))

    assert not TopicPin.objects.exists()


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR])
def test_those_who_shape_fronts_shape_topics(role):
    assert make_user(role).has_perm("articles.add_topicpin")


def test_topics_that_a_search_found_are_merged_from_there(client, administrator):
    gone, kept = make_topic("UN"), make_topic("United Nations")
    for number in range(2):
        gone.aliases.create(name=f"UN {number}", slug=f"un-{number}")
    client.force_login(administrator)
    data = {"action": "merge", "_selected_action": [gone.pk, kept.pk], "keep": kept.pk}

    answer = client.post("/admin/articles/topic/?q=un", data)

    assert answer.status_code == 302
    assert kept.aliases.count() == 3
