"""Freezing: a post as it stands, as an edition that is not stored yet."""

import datetime as dt
from uuid import UUID

from django.contrib.auth.models import User

from ...desk.post import Post
from ..dates import FOREVER, day_of, whole_second
from .address import slug_of
from .edition import CORRECTION_KINDS, Edition
from .reader_notes import note_of_change
from .render import RENDERER, render_body
from .word_count import count_words

TELLS_READERS = {"update", *CORRECTION_KINDS}
"""The kinds of change that readers are told of: all but small ones."""


def freeze(
    post: Post,
    document: dict,
    *,
    number: int,
    live_from: dt.datetime,
    now: dt.datetime,
    by: User | None = None,
    before: Edition | None = None,
    live_until: dt.datetime = FOREVER,
) -> Edition:
    """An unsaved edition of the post, with the notes of the edition before."""
    published_at = whole_second(post.published_at or live_from)
    kind = post.change_kind or (Edition.Kind.SILENT if before else Edition.Kind.NEW)
    blocks = document["regions"]["body"]
    slug = slug_of(post)
    return Edition(
        post=post,
        number=number,
        kind=kind,
        live_from=live_from,
        live_until=live_until,
        uuid=post.uuid,
        family=family_of(document),
        published_at=published_at,
        posted_on=day_of(published_at),
        updated_at=updated_at(kind, live_from, before),
        slug=slug,
        headline=post.headline,
        kicker=post.kicker,
        standfirst=post.standfirst,
        language=post.language,
        section=post.section,
        byline={"authors": document["authors"], "text": post.byline},
        picture=lead_picture(document),
        topics=document["topics"],
        notes=(before.notes if before else []) + note_of_change(post, at=live_from),
        retracted=kind == Edition.Kind.RETRACTION or bool(before and before.retracted),
        # A story that was never published may have had no address until now.
        document=document | {"slug": slug},
        body=render_body(blocks, language=post.language),
        renderer=RENDERER,
        word_count=count_words(blocks),
        version=post.version,
        made_by=by,
        made_at=now,
    )


def updated_at(kind: str, live_from: dt.datetime, before: Edition | None) -> dt.datetime | None:
    """When readers were last told of a change."""
    if kind in TELLS_READERS:
        return whole_second(live_from)
    return before.updated_at if before else None


def family_of(document: dict) -> UUID:
    """The UUID that a story shares with its translations: the original's."""
    return UUID(document["translation_of"] or document["uuid"])


def lead_picture(document: dict) -> dict | None:
    """The picture above the story, as lists and the page show it."""
    return next(
        (block["picture"] for block in document["regions"]["lead"] if block["kind"] == "caption"),
        None,
    )
