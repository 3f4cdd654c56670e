"""The key of a name fits its column, however long folding makes it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from articles.library.naming.names import name_key
from articles.models import Author, Topic, TopicAlias
from tests.admin.browsing import sent_by

pytestmark = pytest.mark.django_db

LIGATURE = "ﬃ"
ROWS = [Author, Topic, TopicAlias]


@pytest.mark.parametrize("model", ROWS)
def test_the_longest_name_of_letters_that_fold_to_three_has_room_for_its_key(model):
    longest = model._meta.get_field("name").max_length

    assert len(name_key(LIGATURE * longest)) <= model._meta.get_field("name_key").max_length


@pytest.mark.parametrize(("kind", "model"), [("author", Author), ("topic", Topic)])
def test_such_a_name_is_taken(client, administrator, kind, model):
    client.force_login(administrator)
    page = f"/admin/articles/{kind}/add/"
    name = LIGATURE * model._meta.get_field("name").max_length

    answer = client.post(page, sent_by(client.get(page)) | {"name": name})

    assert answer.status_code == 302
    assert model.objects.filter(name_key=name_key(name)).exists()


def test_an_upgrade_gives_such_a_name_its_key():
    Author.objects.bulk_create([Author(name=LIGATURE * 120, slug="long")])
    Author.objects.update(name_key=None)

    migration = import_module("articles.migrations.0026_keys_of_names")
    migration.fill(apps, SimpleNamespace(connection=connection))

    assert Author.objects.filter(name_key="ffi" * 120).exists()
