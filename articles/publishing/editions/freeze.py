"""Freezing: a post as it stands, as an edition that is not stored yet."""

from uuid import UUID

from ...desk.post import Post
from ...desk.rich_text import prose
from ..dates import FOREVER, day_of, whole_second
from .address import slug_of
from .edition import Edition
from .render import RENDERER, render_body

TELLS_READERS = {"update", "correction", "clarification", "retraction"}


def freeze(post, document, *, number, live_from, now, by=None, before=None, live_until=FOREVER):
    """An unsaved edition of the post; `before` is the edition whose notes it carries on."""
    published_at = whole_second(post.published_at or live_from)
    kind = post.change_kind or (Edition.Kind.SILENT if before else Edition.Kind.NEW)
    blocks = document["regions"]["body"]
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
        slug=slug_of(post),
        headline=post.headline,
        kicker=post.kicker,
        standfirst=post.standfirst,
        language=post.language,
        section=post.section,
        byline={"authors": document["authors"], "text": post.byline},
        picture=lead_picture(document),
        topics=document["topics"],
        notes=(before.notes if before else []) + own_note(post, at=live_from),
        document=document,
        body=render_body(blocks),
        renderer=RENDERER,
        word_count=count_words(blocks),
        version=post.version,
        made_by=by,
        made_at=now,
    )


def updated_at(kind, live_from, before):
    """When readers were last told of a change, or None."""
    if kind in TELLS_READERS:
        return whole_second(live_from)
    return before and before.updated_at


def family_of(document):
    """The identity that a story shares with its translations: the original's."""
    return UUID(document["translation_of"] or document["uuid"])


def lead_picture(document):
    """The picture above the story, as lists and the page show it, or None."""
    return next(
        (block["picture"] for block in document["regions"]["lead"] if block["kind"] == "caption"),
        None,
    )


def own_note(post, *, at):
    """The note that this change brings to readers: a list of none or one."""
    if post.change_kind == Post.Change.SILENT or not post.change_note.strip():
        return []
    return [{"kind": post.change_kind, "note": post.change_note.strip(), "at": at.isoformat()}]


def count_words(blocks):
    """How many words the text blocks hold."""
    return sum(len(prose.plain(block["html"]).split()) for block in blocks if "html" in block)
