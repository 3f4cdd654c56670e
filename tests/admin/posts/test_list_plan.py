"""The list of stories reads no more than it shows, however many there are."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.posts.stories import listed
from articles.admin.posts.stories.rows import read_rows
from tests.builders import make_author, make_post, make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/post/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def headlines(page):
    return [row["title"] for row in page.context["stories"]]


def rows_read(statement):
    """{table: rows that PostgreSQL reads of it}, where it reads by indexes and joins by hashes, as
    it would of large tables with no better plan."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    read = {}
    nodes = [row["Plan"] for row in (json.loads(found) if isinstance(found, str) else found)]
    for node in nodes:
        nodes += node.get("Plans", [])
        if table := node.get("Relation Name"):
            rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            read[table] = read.get(table, 0) + rows * node["Actual Loops"]
    return read


@pytest.mark.postgresql
def test_no_names_are_read_but_those_that_are_shown():
    posts = [make_post(topics=["Syria", "Leeds"], authors=["Anna Brown"]) for _ in range(2)]
    for number in range(50):
        make_topic(f"Topic {number}")
        make_author(f"Author {number}")

    with CaptureQueriesContext(connection) as asked:
        read_rows([post.pk for post in posts], now=timezone.now())

    read = rows_read(asked[-1]["sql"])
    assert (read["articles_topic"], read["articles_author"]) == (4, 2)


@pytest.mark.postgresql
@pytest.mark.parametrize("query", [{"topic": "syria"}, {"author": "Anna Brown"}])
def test_the_stories_of_a_name_are_counted_in_the_index_of_names(desk, query):
    make_post(topics=["Syria"], authors=["Anna Brown"])
    for _ in range(20):
        make_post()

    with CaptureQueriesContext(connection) as asked:
        assert len(headlines(desk.get(LIST, query))) == 1

    [count] = [each["sql"] for each in asked if "COUNT(*)" in each["sql"]]
    [(_table, rows)] = rows_read(count).items()
    assert rows == 1


@pytest.mark.parametrize("query", [{"topic": "syria"}, {"author": "Anna Brown"}])
@pytest.mark.parametrize("most", [2, 10_000])
def test_the_stories_of_a_name_are_listed_alike_whether_they_are_many_or_few(
    desk, monkeypatch, query, most
):
    monkeypatch.setattr(listed, "MAX_COUNTED", most)
    for number in range(4):
        make_post(f"Story {number}", topics=["Syria"], authors=["Anna Brown"])
    make_post("Another")

    page = desk.get(LIST, query)

    assert headlines(page) == ["Story 3", "Story 2", "Story 1", "Story 0"]
    assert page.context["listed"].count == (None if most == 2 else 4)
