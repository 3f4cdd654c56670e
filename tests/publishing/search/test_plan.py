"""How PostgreSQL goes about it: it must not take the way that is short only on paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.library.words.query import parse
from articles.publishing.editions.edition import Edition
from articles.publishing.editions.links import with_targets
from articles.publishing.search.backends import postgresql
from articles.publishing.search.entry import HIGHEST, LOWEST
from articles.publishing.search.filters import SearchFilters
from articles.publishing.search.matching import newest, search_best, search_newest
from tests.builders import make_author, make_topic

from .conftest import LATER, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def lines(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return "\n".join(str(row[0]) for row in cursor.fetchall())


@pytest.fixture
def many_stories(story):
    """Enough lines that the order of dates tempts the planner, one of them with a rare word."""
    story("Common marzipan")
    entry = "SELECT e.* FROM articles_searchentry e LIMIT 1"
    with connection.cursor() as cursor:
        # What is asked here is the plan alone: these lines have no editions of their own.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE articles_searchentry DISABLE TRIGGER ALL")
        cursor.execute(
            "INSERT INTO articles_searchentry"  # noqa: S608
            " (place, edition_id, section_id, live_from, live_until, words)"
            " SELECT o.place + n, o.edition_id + n, o.section_id, o.live_from, o.live_until,"
            f" '''common'':1A' FROM ({entry}) o, generate_series(1, 5000) n"
        )
        cursor.execute("ALTER TABLE articles_searchentry ENABLE TRIGGER ALL")


@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize("words", ["marzipan", "common", '"common marzipan"'])
def test_words_are_found_through_their_index(many_stories, analysed, words):
    if analysed:
        connection.cursor().execute("ANALYZE articles_searchentry")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc, proconfig FROM pg_proc WHERE proname = 'articles_search_found'"
        )
        body, config = cursor.fetchone()
        for setting in config:
            name, value = setting.split("=")
            cursor.execute(f"SET LOCAL {name} = {value}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        for name, number in (("asked", 1), ("low", 2), ("high", 3), ("most", 5)):
            body = body.replace(f" {name}", f" ${number}")
        body = body.replace("<= at", "<= $4").replace("> at", "> $4")
        cursor.execute(f"PREPARE found (tsquery, bigint, bigint, timestamptz, integer) AS {body}")
    asked = postgresql.tsquery(parse(words), loosely=True)

    plan = lines("EXPLAIN EXECUTE found (%s, %s, %s, %s, 3001)", [asked, LOWEST, HIGHEST, LATER])
    connection.cursor().execute("DEALLOCATE found")

    assert "Bitmap Index Scan on search_words" in plan
    assert "Seq Scan" not in plan


def explained(work):
    """The plans of the statements that this piece of work runs."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return [lines(f"EXPLAIN {query['sql']}") for query in queries.captured_queries]


@pytest.mark.parametrize("search", [search_best, search_newest])
def test_common_words_are_walked_in_the_order_of_time(many_stories, monkeypatch, search):
    monkeypatch.setattr("articles.publishing.search.matching.WALK_WINDOW", 500)
    connection.cursor().execute("ANALYZE articles_searchentry")

    [plan, *_] = explained(lambda: search("common", at=LATER))
    walk = plan.partition("CTE walked")[2]

    # Once for the answers, and once, if they are too few, for where the walk stopped.
    assert walk.count("Index Scan Backward using articles_searchentry_pkey") == 2
    assert "search_words" not in plan
    # The stories to be shown are few here, and read whole; the next tests have many.
    assert "Seq Scan on articles_searchentry" not in walk
    assert "Sort" not in walk


@pytest.mark.parametrize("words", ["marzipan", "common", '"common marzipan"'])
@pytest.mark.parametrize("in_span", [False, True])
def test_what_was_found_is_looked_up_by_its_place(many_stories, words, in_span):
    connection.cursor().execute("ANALYZE articles_searchentry")
    topic, author = make_topic("Rivers"), make_author("Ann")
    month = {"starts": NOON, "ends": LATER} if in_span else {}
    filters = SearchFilters(topics=(topic,), author=author, **month)

    [plan, *_] = explained(lambda: search_best(words, at=LATER, filters=filters))
    plan, _, walk = plan.partition("CTE lines")

    assert "Seq Scan on articles_searchentry" not in plan + walk
    assert "Join" not in plan
    assert "Nested Loop" not in plan
    assert "JIT" not in plan + walk


@pytest.fixture
def many_editions(many_stories):
    """Editions for those lines, so that no plan is right to read them all."""
    columns = [field.column for field in Edition._meta.concrete_fields]
    values = dict(zip(columns, columns, strict=True)) | {
        "id": "id + n",
        "number": "number + n",
        "live_until": "live_until - n * interval '1 second'",
        "uuid": "gen_random_uuid()",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_edition ({', '.join(values)})"  # noqa: S608
            f" SELECT {', '.join(values.values())}"
            " FROM articles_edition, generate_series(1, 5000) n"
        )
        cursor.execute("ANALYZE articles_edition")


@pytest.mark.parametrize("words", ["marzipan", "common", '"common marzipan"'])
@pytest.mark.parametrize("narrowed", ["by nothing", "to a span", "to lists"])
def test_stories_to_be_shown_whole_are_looked_up_one_by_one(many_editions, words, narrowed):
    connection.cursor().execute("ANALYZE articles_searchentry")
    filters = {
        "by nothing": SearchFilters(),
        "to a span": SearchFilters(starts=NOON, ends=LATER),
        "to lists": SearchFilters(topics=(make_topic("Rivers"),), author=make_author("Ann")),
    }[narrowed]
    stories = with_targets(Edition.objects.live(LATER), at=LATER)

    [plan] = explained(lambda: newest(parse(words), stories, at=LATER, filters=filters))

    assert "Index Scan using articles_edition_pkey" in plan
    assert "edition_by_identity" in plan
    assert "Seq Scan on articles_edition" not in plan
    assert "JIT" not in plan
