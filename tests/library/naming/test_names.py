"""Names: one topic for one name, however it is typed and whoever types it."""

import threading

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from articles.library.naming.names import name_key
from articles.models import Author, Section, Topic, TopicAlias
from tests.builders import make_post, make_topic

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "émile zola",
    "E\u0301mile  Zola",
    "ÉMILE ZOLA",
    "Émile\u200b Zola\u202e",
    "Émile\nZola",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_name_is_one_topic(spelling):
    topic = Topic.objects.get_or_create_by_name("Émile Zola")

    assert Topic.objects.get_or_create_by_name(spelling) == topic
    with pytest.raises(ValidationError):
        Topic(name=spelling, slug="other").full_clean()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_topic_given_to_a_post_by_name_is_the_one_that_is_there(spelling):
    post, topic = make_post(), Topic.objects.get_or_create_by_name("Émile Zola")

    post.topics.add(spelling)

    assert list(post.topics.all()) == [topic]


@pytest.mark.parametrize("name", ["🔥", "!!!", "ﷺ" * 20, "हिन्दी समाचार", "C++", "-", "x" * 100])
def test_every_topic_has_an_address(name):
    topic = Topic.objects.get_or_create_by_name(name)

    topic.full_clean()
    assert topic.get_absolute_url() != "/topics/-/"
    assert len(topic.slug) <= 100


def test_two_names_with_the_same_words_have_two_addresses():
    assert [Topic.objects.get_or_create_by_name(name).slug for name in ("C", "C++", "C#")] == [
        "c",
        "c-2",
        "c-3",
    ]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u3164", "x" * 101])
def test_what_is_no_name_makes_no_topic(name):
    with pytest.raises(ValidationError):
        Topic.objects.get_or_create_by_name(name)
    assert not Topic.objects.exists()


def test_a_name_has_its_key_however_the_row_is_stored(tmp_path):
    file = tmp_path / "names.json"
    file.write_text('[{"model": "articles.topic", "fields": {"name": "Ärger", "slug": "aerger"}}]')

    call_command("loaddata", str(file), verbosity=0)
    Topic.objects.bulk_create([Topic(name="Öl", slug="oel")])
    Topic.objects.create(name="Übel")

    assert set(Topic.objects.values_list("name_key", flat=True)) == {"ärger", "öl", "übel"}


def test_an_alias_that_is_another_topics_name_or_address_is_refused():
    syria, other = make_topic("Syria"), make_topic("Other")

    for alias in (TopicAlias(name="SYRIA", slug="x"), TopicAlias(name="x", slug="syria")):
        alias.topic = other
        with pytest.raises(ValidationError, match="belongs to the topic “Syria”"):
            alias.full_clean()
    TopicAlias(topic=syria, name="The Syria", slug="the-syria").full_clean()


def test_a_topic_that_is_another_topics_alias_is_refused():
    TopicAlias.objects.create(topic=make_topic("Syria"), name="The war", slug="the-war")

    with pytest.raises(ValidationError):
        Topic(name="the WAR", slug="x").full_clean()
    with pytest.raises(ValidationError):
        Topic(name="x", slug="the-war").full_clean()
    assert Topic.objects.get_or_create_by_name("THE WAR").name == "Syria"


def test_sections_are_one_for_a_name_and_authors_may_share_one():
    Section(name="Économie").save()
    with pytest.raises(ValidationError):
        Section(name="économie").full_clean()

    Author(name="Иван Петров").save()
    twin = Author(name="Иван Петров")
    twin.full_clean(exclude=["slug"])
    twin.save()

    assert twin.slug == "иван-петров-2"


def test_a_fixture_with_a_bad_address_is_refused_in_words(tmp_path):
    file = tmp_path / "names.json"
    file.write_text('[{"model": "articles.topic", "fields": {"name": "Fire", "slug": "-"}}]')

    with pytest.raises(Exception, match=r"names.json: topic -: slug: An address is made of"):
        call_command("loaddata", str(file), verbosity=0)


@pytest.mark.parametrize("kind", ["topic", "author", "section"])
def test_a_fixture_may_leave_the_address_out_but_not_the_name(tmp_path, kind):
    file = tmp_path / "names.json"
    file.write_text(f'[{{"model": "articles.{kind}", "fields": {{"name": "Fire 🔥"}}}}]')
    call_command("loaddata", str(file), verbosity=0)
    assert apps.get_model("articles", kind).objects.get().slug == "fire"

    file.write_text(f'[{{"model": "articles.{kind}", "fields": {{"slug": "x"}}}}]')
    with pytest.raises(CommandError, match=f"names.json: {kind} x: name: it is missing"):
        call_command("loaddata", str(file), verbosity=0)


def test_the_key_folds_what_a_reader_would_not_tell_apart():
    assert name_key("STRASSE") == name_key("straße")
    assert name_key("Syria") != name_key("Syrian")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_topic_made_twice_at_once_is_made_once():
    start, made = threading.Barrier(4), []

    def make(name):
        start.wait(10)
        try:
            made.append(Topic.objects.get_or_create_by_name(name).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(name,)) for name in SPELLINGS[:4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(made) == 4
    assert len(set(made)) == Topic.objects.count() == 1
