"""Queries that are compiled once say what their querysets say."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import connection, models
from django.db.models import DateTimeField, F
from django.test.utils import CaptureQueriesContext

from articles.publishing.compiled_query import CompiledQuery
from articles.publishing.editions.edition import Edition
from tests.builders import make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
COLUMNS = ("headline", "posted_on", "published_at", "uuid", "topics", "section__slug", "number")


def test_it_gives_the_rows_of_its_queryset_for_every_value():
    query = CompiledQuery(
        lambda at: Edition.objects.live(at).newest_first().values_list(*COLUMNS, named=True),
        at=DateTimeField(),
    )
    for hour in range(3):
        make_story(headline=f"{hour} o'clock %s", now=NOON + hour * HOUR)

    for hour in range(-1, 4):
        at = NOON + hour * HOUR
        wanted = list(query.queryset(at=at))
        assert query.rows(at=at) == wanted
        assert len(wanted) == min(hour + 1, 3)

    newest = query.first(at=NOON + HOUR)
    assert newest.headline == "1 o'clock %s"
    assert isinstance(newest.uuid, UUID)
    assert newest.section__slug


def test_it_gives_models_with_what_was_selected_and_annotated(django_assert_num_queries):
    query = CompiledQuery(
        lambda at: (
            Edition.objects.live(at)
            .select_related("section")
            .defer("document", "body")
            .annotate(same=F("headline"))
        ),
        at=DateTimeField(),
    )
    make_story(headline="Floods", section="World", now=NOON)

    with django_assert_num_queries(1):
        [edition] = query.rows(at=NOON)
        assert (edition.same, edition.section.name) == ("Floods", "World")
        assert edition.get_deferred_fields() >= {"document", "body"}


def test_it_is_compiled_once_and_one_query_a_run():
    builds = []

    def build(slug):
        builds.append(slug)
        return Edition.objects.filter(slug=slug).values("pk")

    query = CompiledQuery(build, slug=models.SlugField())
    with CaptureQueriesContext(connection) as queries:
        assert [query.first(slug=slug) for slug in ("one", "two", "%s' --")] == [None] * 3

    assert len(builds) == 1
    assert len(queries) == 3


def test_another_setting_has_it_compiled_anew(settings):
    query = CompiledQuery(
        lambda: Edition.objects.filter(language=settings.LANGUAGE_CODE).values("language")
    )
    make_story(now=NOON)
    assert query.first()["language"] == settings.LANGUAGE_CODE

    settings.LANGUAGE_CODE = "fr"
    assert query.first() is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_migration_changed_is_read_all_the_same():
    query = CompiledQuery(lambda: Edition.objects.values("kicker"))
    for _ in range(4):
        query.rows()
    try:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_edition ALTER kicker TYPE varchar(61)")
        assert query.rows() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_edition ALTER kicker TYPE varchar(60)")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
@pytest.mark.django_db(transaction=True)
def test_a_statement_that_a_connection_pool_deallocated_is_prepared_again():
    query = CompiledQuery(lambda: Edition.objects.values("standfirst"))
    for _ in range(4):
        query.rows()
    with connection.cursor() as cursor:
        # Inside a block psycopg does not notice.
        cursor.execute("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$")

    assert query.rows() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: set DATABASE_URL")
def test_it_is_planned_once_however_often_it_is_run():
    query = CompiledQuery(
        lambda at: Edition.objects.live(at).cards().newest_first()[:7], at=DateTimeField()
    )
    for hour in range(20):
        query.rows(at=NOON + hour * HOUR)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%articles_edition%LIMIT 7%'"
        )
        assert cursor.fetchall() == [(0,)]
