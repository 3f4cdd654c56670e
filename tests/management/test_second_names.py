"""A fixture makes no two rows for one name; where there are two already, both can be saved."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Section, Topic, TopicAlias
from tests.admin.browsing import sent_by
from tests.builders import make_section, make_topic
from tests.management.test_loaddata import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def write_and_load(*rows):
        (tmp_path / "names.json").write_text(json.dumps(rows))
        call_command("loaddata", str(tmp_path / "names.json"), verbosity=0)

    return write_and_load


def section(name, slug):
    return row("section", name=name, slug=slug)


def topic(name, slug):
    return row("topic", name=name, slug=slug)


def alias(name, slug, of):
    return row("topicalias", name=name, slug=slug, topic=[of])


TWO_TOPICS = [topic("Honoré", "honore"), topic("Émile", "emile")]
TWICE = {
    "sections": ([section("Économie", "a"), section("économie", "b")], "section a: name: "),
    "topics": ([topic("Économie", "a"), topic("économie", "b")], "topic b: "),
    "a topic and another's alias": (
        [alias("balzac", "x", "honore"), *TWO_TOPICS, topic("Balzac", "balzac")],
        "“Balzac” belongs to the topic “Honoré” already",
    ),
    "aliases of two topics": (
        [*TWO_TOPICS, alias("one", "x", "honore"), alias("One", "y", "emile")],
        "topicalias x: name: “one” belongs to the topic “Émile” already",
    ),
    "addresses": (
        [*TWO_TOPICS, alias("one", "emile", "honore")],
        "slug: “emile” belongs to the topic “Honoré” already",
    ),
}


@pytest.mark.parametrize(("rows", "said"), TWICE.values(), ids=TWICE)
def test_a_second_row_for_one_name_is_refused_by_name(load, rows, said):
    with pytest.raises(CommandError, match=said):
        load(*rows)

    assert not Section.objects.exists()
    assert not Topic.objects.exists()


def test_a_name_that_goes_from_one_row_to_another_is_loaded(load):
    make_topic("Balzac")

    load(
        topic("Honoré", "honore"),
        alias("balzac", "x", "honore"),
        topic("Others", "balzac"),
    )

    assert Topic.objects.find_by_name("BALZAC").name == "Honoré"


def test_loading_again_what_is_there_twice_already_is_no_second_time(load):
    make_section("Économie")
    Section.objects.create(name="économie", slug="b")

    load(section("économie", "b"))

    assert Section.objects.count() == 2


def test_other_fields_of_rows_of_one_name_are_saved(client, administrator):
    client.force_login(administrator)
    first, second = make_section("Économie"), Section.objects.create(name="économie", slug="b")
    one, two = make_topic("Balzac"), make_topic("Others")
    TopicAlias.objects.create(topic=two, name="balzac", slug="x")
    TopicAlias.objects.create(topic=one, name="One", slug="one")
    TopicAlias.objects.create(topic=two, name="one", slug="y")

    for row_ in (first, second, one, two):
        page = f"/admin/articles/{row_._meta.model_name}/{row_.pk}/change/"
        answer = client.post(page, sent_by(client.get(page)) | {"description": "About it"})
        assert answer.status_code == 302, row_
        row_.refresh_from_db()
        assert row_.description == "About it"


def test_a_name_that_is_typed_is_still_compared(client, administrator):
    client.force_login(administrator)
    make_section("Économie")
    make_topic("Balzac")

    for other in (make_section("World"), make_topic("World")):
        page = f"/admin/articles/{other._meta.model_name}/{other.pk}/change/"
        name = "économie" if isinstance(other, Section) else "balzac"
        answer = client.post(page, sent_by(client.get(page)) | {"name": name})
        assert answer.status_code == 200
        assert "already" in answer.text
