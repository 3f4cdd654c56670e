"""Topics from before names had keys: the migration gives each what it can have."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from articles.models import Author, Topic
from articles.publishing.names.merge import merge
from tests.builders import make_author, make_story, make_topic

pytestmark = pytest.mark.django_db


def migrate():
    migration = import_module("articles.migrations.0026_keys_of_names")
    migration.fill(apps, SimpleNamespace(connection=connection))


@pytest.fixture
def twin():
    """A topic that differs from another by its spelling alone, as SQLite let in."""
    make_topic("Émile Zola")
    twin = make_topic("Twin")
    make_story("Both", topics=["Émile Zola", "Twin"])
    Topic.objects.filter(pk=twin.pk).update(name="émile zola")
    Topic.objects.update(name_key=None)
    migrate()
    return Topic.objects.get(pk=twin.pk)


def test_of_two_spellings_the_first_has_the_key_and_is_found(twin):
    keys = Topic.objects.order_by("pk").values_list("name_key", flat=True)

    assert list(keys) == ["émile zola", None]
    assert Topic.objects.get_or_create_by_name("ÉMILE ZOLA").name == "Émile Zola"


def test_who_saves_the_other_is_told_and_merging_mends_it(twin):
    with pytest.raises(ValidationError, match="belongs to the topic “Émile Zola” already"):
        twin.full_clean()

    merge([twin], Topic.objects.get(name="Émile Zola"), by=None)

    assert Topic.objects.get().post_topics.count() == 1


def test_topics_without_a_fit_address_get_one_and_may_be_merged(client):
    fire, signs, long = make_topic("Fire"), make_topic("Signs"), make_topic("Long")
    Topic.objects.filter(pk=fire.pk).update(slug="")
    Topic.objects.filter(pk=signs.pk).update(slug="a b", name="🔥")
    Topic.objects.filter(pk=long.pk).update(slug="-a-")

    migrate()

    assert list(Topic.objects.order_by("pk").values_list("slug", flat=True)) == ["fire", "2", "-a-"]
    Topic.objects.filter(pk=fire.pk).update(slug="")
    merge([Topic.objects.get(pk=fire.pk)], signs, by=None)
    assert signs.aliases.get().slug == "fire"


def test_authors_have_keys_too():
    make_author("Émile Zola")
    Author.objects.update(name_key=None)

    migrate()

    assert Author.objects.filter(name_key="émile zola").exists()
