"""What posts say, read from all their tables in one statement."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from django.utils import timezone

from ...library.days import is_possible
from ...library.words.dates_in_words import date_words
from ...library.words.plain_text import plain_text

WEIGHTS = ("headline", "standfirst", "names", "body")
"""The parts of a story, by what a word in them weighs."""

_CAPTION = (
    "s.caption || ' ' || s.credit || ' ' || s.alt"
    " || ' ' || n.caption || ' ' || n.credit || ' ' || n.alt"
)
_CHART = "s.title || ' ' || s.description || ' ' || s.unit || ' ' || s.note || ' ' || s.source"
_RECORDING = (
    "s.title || ' ' || s.caption || ' ' || s.credit"
    " || ' ' || n.title || ' ' || n.caption || ' ' || n.credit || ' ' || n.transcript"
)
# Part, what is said, the table, and its column with the post's key. Plain SQL: every autosave runs
# it, and the ORM takes longer to compile so many parts than the database to read them.
_SOURCES = (
    ("headline", "s.headline || ' ' || s.slug_line", "articles_post s", "s.id"),
    ("standfirst", "s.standfirst", "articles_post s", "s.id"),
    ("names", "s.kicker || ' ' || s.byline || ' ' || s.slug", "articles_post s", "s.id"),
    ("posted", "CAST(s.published_at AS text)", "articles_post s", "s.id"),
    ("standfirst", "s.about", "articles_plan s", "s.post_id"),
    (
        "names",
        "n.name",
        "articles_postauthor s JOIN articles_author n ON n.id = s.author_id",
        "s.post_id",
    ),
    (
        "names",
        "n.name",
        "articles_postauthor s JOIN articles_authoralias n ON n.author_id = s.author_id",
        "s.post_id",
    ),
    (
        "names",
        "n.name",
        "articles_posttopic s JOIN articles_topic n ON n.id = s.tag_id",
        "s.content_object_id",
    ),
    (
        "names",
        "n.name",
        "articles_posttopic s JOIN articles_topicalias n ON n.topic_id = s.tag_id",
        "s.content_object_id",
    ),
    (
        "names",
        _CAPTION,
        "articles_caption s JOIN articles_photo n ON n.id = s.photo_id",
        "s.parent_id",
    ),
    ("html", "s.html", "articles_text s", "s.parent_id"),
    ("body", "s.title", "articles_gallery s", "s.parent_id"),
    ("body", "s.text || ' ' || s.attribution", "articles_pullquote s", "s.parent_id"),
    ("body", "s.title || ' ' || s.provider", "articles_embed s", "s.parent_id"),
    ("body", "s.title || ' ' || s.source", "articles_table s", "s.parent_id"),
    ("html", "s.cells", "articles_table s", "s.parent_id"),
    ("body", _CHART, "articles_chart s", "s.parent_id"),
    ("html", "s.cells", "articles_chart s", "s.parent_id"),
    *(
        (
            "body",
            _RECORDING,
            f"articles_{kind} s JOIN articles_recording n ON n.id = s.recording_id",
            "s.parent_id",
        )
        for kind in ("film", "sound")
    ),
    ("body", "s.text", "articles_alternative s", "s.parent_id"),
    ("form", "CAST(s.form AS text)", "articles_postwords s", "s.post_id"),
)


def texts_of_posts(keys: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """{post: {part: what it says}}, the parts being WEIGHTS; `days`, the index's words for the day
    of posting; and `form`, that of the post's line in the index. Posts that are gone are left out.
    Asks one query."""
    said: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for post, part, text in _read(keys):
        if part == "html":
            said[post]["body"].append(plain_text(text))
        elif part == "posted":
            said[post]["days"] += _days_in_words(text)
        else:
            said[post][part].append(text)
    return said


def _read(keys: Collection[int]) -> list[tuple[int, str, str]]:
    held = ", ".join(["%s"] * len(keys))
    parts = (
        f"SELECT {key}, '{part}', {text} FROM {table} WHERE {key} IN ({held})"  # noqa: S608
        for part, text, table, key in _SOURCES
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [*keys] * len(_SOURCES))
        return cursor.fetchall()


def _days_in_words(moment: str | None) -> list[str]:
    """The index's words for the day of a moment that a database wrote in UTC."""
    if not moment:
        return []
    posted = dt.datetime.fromisoformat(moment)
    posted = posted if posted.tzinfo else posted.replace(tzinfo=dt.UTC)
    return date_words(timezone.localdate(posted)) if is_possible(posted) else []
