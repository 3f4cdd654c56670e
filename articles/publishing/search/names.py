"""The topics and authors with live stories that are meant by what was typed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from ...library.author import Author
from ...library.naming.slugs import make_slug
from ...library.topic import Topic
from ...library.words.patterns import prefix_pattern
from ...library.words.query import plain_marks, tidy
from ...library.words.tokenizer import fold, site_language
from ..editions.live_intervals import live_sql
from .backends.sql import fetch_all, named
from .suggester import MAX_SUGGESTIONS, MIN_PREFIX, near_words

MAX_WORDS = 8
MAX_NAME_WORDS = 4
"""Words of a name that is looked for inside a longer query."""
MAX_AUTHORS = 4

# Plain SQL: every search runs it, and the ORM takes longer to compile it than it takes to run.
TOPICS = f"""
    SELECT 'topic' AS kind, t.id, t.name, t.slug, 0 AS count FROM articles_topic t
    WHERE ({{named}} OR t.id IN (SELECT topic_id FROM articles_topicalias t WHERE {{named}}))
    AND EXISTS (SELECT 1 FROM articles_topiclisting l WHERE l.topic_id = t.id AND {live_sql("l")})
    ORDER BY t.slug LIMIT {MAX_SUGGESTIONS * 2}
"""  # noqa: S608
AUTHORS = f"""
    SELECT 'author', a.id, a.name, a.slug, 0 FROM articles_author a
    WHERE ({{named}}) AND EXISTS (
        SELECT 1 FROM articles_authorlisting l WHERE l.author_id = a.id AND {live_sql("l")}
    ) ORDER BY a.slug LIMIT {MAX_AUTHORS * 2}
"""  # noqa: S608


@dataclass
class Names:
    """Topics and authors, the likeliest first; and, with `near`, rows of `near_words`."""

    topics: list[Topic] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    words: list[tuple[str, str, int]] = field(default_factory=list)


def names_like(words: str, *, at: datetime, near: bool = False) -> Names:
    """The Names that begin as these words do, or stand among them; in one query."""
    typed = _words_typed(words)
    slugs = _slugs(typed)
    parts: list[str] = []
    values: dict[str, Any] = {"at": connection.ops.adapt_datetimefield_value(at)}
    if slugs and len(slugs[0]) >= MIN_PREFIX:
        values |= {f"slug_{number}": slug for number, slug in enumerate(slugs)}
        parts.append(TOPICS.format(named=_topic_named(slugs, values)))
        parts.append(AUTHORS.format(named=_author_named(typed, slugs, values)))
    if near and (rows := near_words(words)) is not None:
        statement, rows_values = named(rows)
        parts.append(f"SELECT 'word', 0, w.* FROM ({statement}) w")  # noqa: S608
        values |= rows_values
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) part_{n}" for n, part in enumerate(parts))  # noqa: S608
    return _names(fetch_all(sql, values) if parts else [], slugs)


def _names(rows: list[tuple[Any, ...]], slugs: list[str]) -> Names:
    """The Names of rows (kind, key, name, slug, count)."""

    def likeness(row: tuple[Any, ...]) -> tuple[Any, ...]:
        """The whole name first, then what begins so, then parts, the longest first."""
        slug, typed = row[3], slugs[0]
        return slug != typed, not slug.startswith(typed), -len(slug) if slug in typed else 0, slug

    def likeliest(kind: str, most: int) -> list[dict[str, Any]]:
        found = sorted((row for row in rows if row[0] == kind), key=likeness)
        return [{"pk": pk, "name": name, "slug": slug} for _, pk, name, slug, _ in found[:most]]

    return Names(
        [Topic(**fields) for fields in likeliest("topic", MAX_SUGGESTIONS)],
        [Author(**fields) for fields in likeliest("author", MAX_AUTHORS)],
        [row[2:] for row in rows if row[0] == "word"],
    )


def _words_typed(words: str) -> list[str]:
    """The words of what was typed that are not left out, joined ones as they stand."""
    pieces = plain_marks(tidy(words)).replace('"', " ").split()
    return [piece for piece in pieces if piece != "OR" and piece[0] != "-" and make_slug(piece)][
        :MAX_WORDS
    ]


def _slugs(typed: list[str]) -> list[str]:
    """The slugs of names made of these words, the whole of them first, and of each few in a row."""
    stop_words = site_language().stop_words
    runs = [typed] + [
        typed[start : start + length]
        for length in range(min(MAX_NAME_WORDS, len(typed) - 1), 0, -1)
        for start in range(len(typed) - length + 1)
        if not all(fold(word) in stop_words for word in typed[start : start + length])
    ]
    return [slug for slug in dict.fromkeys(make_slug(" ".join(run)) for run in runs) if slug]


def _topic_named(slugs: list[str], values: dict[str, Any]) -> str:
    """The condition on a topic `t`, which the slugs' index serves; puts its values among them."""
    if connection.vendor == "postgresql":
        values["prefix"] = connection.ops.prep_for_like_query(slugs[0]) + "%"
        return f"(t.slug LIKE %(prefix)s OR {_slug_in('t', slugs)})"
    values["last"] = slugs[0] + "\U0010ffff"
    return f"(t.slug >= %(slug_0)s AND t.slug < %(last)s OR {_slug_in('t', slugs)})"


def _author_named(typed: list[str], slugs: list[str], values: dict[str, Any]) -> str:
    """The same for an author `a`, whose name may say all of a few words."""
    condition = _slug_in("a", slugs)
    if len(typed) > MAX_NAME_WORDS or not any(len(word) > 2 for word in typed):
        return condition
    patterns = {f"pattern_{number}": prefix_pattern(word) for number, word in enumerate(typed)}
    values |= patterns
    says = connection.operators["regex"]  # type: ignore[attr-defined]
    name_says = " AND ".join(f"a.name {says % f'%({pattern})s'}" for pattern in patterns)
    return f"{condition} OR ({name_says})"


def _slug_in(alias: str, slugs: list[str]) -> str:
    return f"{alias}.slug IN ({', '.join(f'%(slug_{number})s' for number in range(len(slugs)))})"
