"""Which surrogate keys a change affects."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from ...desk.post import Post
from ...library.author import Author
from ...library.photo import Photo
from ...library.topic import Topic
from ..dates import FOREVER
from ..surrogate_keys import (
    FRONT_KEY,
    LISTS_KEY,
    NAMES_KEY,
    SITE_KEY,
    author_key,
    section_key,
    story_key,
    topic_key,
)

KEY_OF_KIND: dict[str, Callable[[str], str]] = {
    "story": story_key,
    "section": section_key,
    "topic": topic_key,
    "author": author_key,
    "banner": lambda pk: SITE_KEY,
    "names": lambda pk: NAMES_KEY,
    "language": lambda pk: SITE_KEY,
}


def keys_of_story(post: Post, *, now: dt.datetime) -> Iterator[str]:
    """The keys of every page affected by a change to this post, now or when it takes effect.

    These are the lists and pages of its editions that ended just now, are live, or are scheduled;
    the fronts and topics that it is pinned to; and every page, when a banner leads to it. A list
    shows one of a story's translations, so those of the whole family count. One query, which runs
    when the first key is read.
    """
    yield from (LISTS_KEY, FRONT_KEY, story_key(post.uuid))
    moment = connection.ops.adapt_datetimefield_value(now)
    values = {"post": post.pk, "now": moment, "language": settings.LANGUAGE_CODE}
    with connection.cursor() as cursor:
        cursor.execute(_AFFECTED, values)
        for kind, pk in cursor.fetchall():
            yield KEY_OF_KIND[kind](pk)


def _if_alone(table: str, column: str) -> str:
    """A condition for rows of `own` lists whose column no other live story shares."""
    # A scalar subquery runs row by row; EXISTS might make PostgreSQL read all.
    return f"""(
        SELECT 1 FROM {table} other
        WHERE other.{column} = own.{column} AND other.post_id <> %(post)s
            AND other.live_from <= %(now)s AND other.live_until > %(now)s
        LIMIT 1
    ) IS NULL"""  # noqa: S608 (our own names)


# Written out, because to compile so many querysets took a third of the time of publishing. A story
# that is alone in a language adds it to the navigation, or takes it away; alone in a topic or of an
# author, its name to the forms.
_AFFECTED = f"""
WITH own_editions AS (
    SELECT id, family, language FROM articles_edition
    WHERE post_id = %(post)s AND live_until >= %(now)s
), editions AS (
    SELECT id, uuid, family, section_id FROM articles_edition
    WHERE family IN (SELECT family FROM own_editions) AND live_until >= %(now)s
), topics AS (
    SELECT topic_id FROM articles_topiclisting WHERE edition_id IN (SELECT id FROM editions)
), authors AS (
    SELECT author_id FROM articles_authorlisting WHERE edition_id IN (SELECT id FROM editions)
)
SELECT 'story', CAST(family AS text) FROM editions
UNION SELECT 'story', CAST(uuid AS text) FROM editions
UNION SELECT 'language', '' FROM own_editions own
    WHERE language <> %(language)s AND {_if_alone("articles_edition", "language")}
UNION SELECT 'section', CAST(section_id AS text) FROM editions
UNION SELECT 'topic', CAST(topic_id AS text) FROM topics
UNION SELECT 'author', CAST(author_id AS text) FROM authors
UNION SELECT 'section', CAST(section_id AS text) FROM articles_placement
    WHERE post_id = %(post)s AND live_until > %(now)s AND NOT draft AND section_id IS NOT NULL
UNION SELECT 'topic', CAST(topic_id AS text) FROM articles_topicpin WHERE post_id = %(post)s
UNION SELECT 'banner', '' FROM articles_breaking
    WHERE post_id = %(post)s AND live_until > %(now)s
UNION SELECT 'names', '' FROM topics own WHERE {_if_alone("articles_topiclisting", "topic_id")}
UNION SELECT 'names', '' FROM authors own WHERE {_if_alone("articles_authorlisting", "author_id")}
"""  # noqa: S608 (our own names)


def keys_of_photo(photo: Photo) -> Iterator[str]:
    """The keys of the pages of topics and authors that have this picture."""
    yield from map(topic_key, Topic.objects.filter(picture=photo).values_list("pk", flat=True))
    yield from map(author_key, Author.objects.filter(picture=photo).values_list("pk", flat=True))


def moments_of(rows: QuerySet, *, now: dt.datetime) -> Iterator[dt.datetime]:
    """The moments after now at which these rows go live or end."""
    for begins, ends in rows.filter(live_until__gt=now).values_list("live_from", "live_until"):
        yield from (moment for moment in (begins, ends) if now < moment < FOREVER)
