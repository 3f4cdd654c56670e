"""Bulk rows: what `insert` and `update` store is what the ORM reads, on both databases."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from articles.models import Author, Edition, Section
from articles.publishing.bulk_rows import insert, reserve_keys, rows_of, update
from tests.builders import make_section, make_story

pytestmark = pytest.mark.django_db
AWKWARD = "tab\t, line\n, \\N, \\, 'quotes', \"double\", %s, é and \U0001f30d"


def test_rows_come_back_as_they_were():
    stored = make_story(topics=["Syria"]).editions.get()
    fields = [field.attname for field in Edition._meta.concrete_fields if field.name != "id"]
    copy = Edition(**{name: getattr(stored, name) for name in fields} | {"number": 2})
    copy.live_until = copy.live_from + dt.timedelta(microseconds=1)
    copy.standfirst, copy.document = AWKWARD, {"words": AWKWARD, "none": None, "list": []}

    insert(Edition, rows_of(Edition, [copy]))

    found = Edition.objects.get(number=2)
    assert {name: getattr(found, name) for name in fields} == {
        name: getattr(copy, name) for name in fields
    }


def test_reserved_keys_are_given_to_nobody_else():
    keys = reserve_keys(Section, 3)

    other = make_section("By hand")
    insert(
        Section, rows_of(Section, [Section(pk=key, name=f"{key}", slug=f"s-{key}") for key in keys])
    )
    later = make_section("Later")

    assert sorted(keys) == list(keys)
    assert other.pk not in keys
    assert later.pk not in {*keys, other.pk}
    assert Section.objects.count() == 5


def test_a_second_row_of_one_name_is_an_integrity_error():
    make_section("World")

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Section, rows_of(Section, [Section(name="World again", slug="world")]))


def test_update_writes_the_fields_that_it_is_told_and_no_other():
    authors = [Author.objects.create(name=name, slug=name.lower()) for name in ("Anna", "Ben")]
    for author in authors:
        author.name, author.slug = f"{author.name} Brown", "lost"

    update(authors, ["name"])

    assert set(Author.objects.values_list("name", "slug")) == {
        ("Anna Brown", "anna"),
        ("Ben Brown", "ben"),
    }
