"""One bad row, from before there were checks, takes no page down with it."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from articles.models import Author, AuthorListing, Edition, Section, Topic, TopicListing

from .addresses import HOUR, NOON, make_site, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(NOON + HOUR, tick=False):
        yield


@pytest.fixture(scope="module")
def site(once):
    """The site of every test here, before its row goes bad."""
    once(make_site)


@pytest.mark.parametrize("slug", ["", "-", "a b/c", "🔥", "x" * 100, "\u0301"])
@pytest.mark.parametrize("model", [Topic, Author, Section])
def test_a_row_without_a_fit_address_breaks_no_page(client, site, model, slug):
    addresses = walk()
    row = model.objects.order_by("pk").first()
    model.objects.filter(id=row.pk).update(slug=slug[:60])

    for address in dict.fromkeys([*addresses, *walk()]):
        assert client.get(address).status_code < 500, address


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(*day, 23, 59, tzinfo=dt.UTC)
        for day in ((26, 11, 25), (1500, 1, 1), (9999, 12, 31))
    ],
)
def test_a_story_of_a_day_that_cannot_be_breaks_no_page(client, site, moment):
    row = Edition.objects.order_by("pk").first()
    write_into(Edition, {"published_at": moment, "posted_on": moment.date()}, id=row.pk)
    for lines in (TopicListing, AuthorListing):
        write_into(lines, {"published_at": moment}, edition_id=row.pk)
    addresses = [*walk(), f"/{moment.year:04}/", f"/{moment.year:04}/{moment.month:02}/"]

    call_command("reindex", verbosity=0)

    for address in addresses:
        assert client.get(address).status_code < 500, address
    assert "/sitemaps/2026-06.xml" in client.get("/sitemap.xml").text
    assert f"/{moment.year:04}" not in client.get("/sitemap.xml").text
    assert f'href="/{moment.year:04}/"' not in client.get("/2026/").text


def write_into(model, values, **where):
    """Change a row behind the model's back, as a database of before the checks holds it."""
    columns = ", ".join(f"{name} = %s" for name in values)
    (key, own), table = next(iter(where.items())), model._meta.db_table
    fields = {name: model._meta.get_field(name) for name in values}
    stored = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} WHERE {key} = %s",  # noqa: S608
            [*stored, own],
        )
