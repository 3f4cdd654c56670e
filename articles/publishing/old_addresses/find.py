"""Where an old address leads at a moment: one query, asked where nothing of ours answers."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from ...library.naming.old_paths import ROOTS, path_key, path_key_of
from ...library.naming.sealed import sealed
from ...library.pictures.renditions import renditions
from ...library.urls import path_of
from ..editions.card_row import story_address
from ..editions.edition import Edition
from ..endings.tombstone import Tombstone
from ..surrogate_keys import LISTS_KEY, author_key, section_key, story_key, topic_key
from ..urls import FEED_FILES
from .old_address import OldAddress

_SIZED = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})(?=\.\w+$)")


@dataclass(frozen=True)
class Answer:
    """A redirect to `location`; without one, what was there has been withdrawn, and readers are
    told so in these words."""

    location: str
    keys: tuple[str, ...]
    headline: str = ""
    words: str = ""


def answer_to(path: str, query: str, *, at: dt.datetime) -> Answer | None:
    """What an address is answered that is none of ours; None for 404."""
    keys = keys_asked(path, query)
    found = {row.key: row for row in _rows(keys, at)} if keys else {}
    row = next((found[key] for key in keys if key in found), None)
    return _answer(row) if row else None


def keys_asked(path: str, query: str) -> list[str]:
    """The keys under which an address may stand, the likeliest first: a picture's original too."""
    if path in ROOTS:
        key = path_key(f"/?{query}")
        return [key, sealed(key)] if key.startswith("?") else []
    key = path_key_of(path)
    keys = dict.fromkeys(filter(None, (key, _SIZED.sub("", key))))
    return [*keys, *map(sealed, keys)]


def _rows(keys: list[str], at: dt.datetime) -> list[OldAddress]:
    editions = Edition.objects.filter(post=OuterRef("story")).order_by("live_from")
    began, now = editions.filter(live_from__lte=at), editions.live(at)
    stones = Tombstone.objects.filter(post=OuterRef("story"))
    led_to = Tombstone.objects.filter(post=OuterRef(OuterRef("story"))).values("replacement")
    instead = Edition.objects.live(at).filter(post__in=led_to).order_by()
    rows = OldAddress.objects.filter(key__in=keys).annotate(
        uuid=Subquery(began.values("uuid")[:1]),
        now_on=Subquery(now.values("posted_on")[:1]),
        now_slug=Subquery(now.values("slug")[:1]),
        killed=Subquery(stones.values("killed")[:1]),
        headline=Subquery(stones.values("headline")[:1]),
        words=Subquery(stones.values("words")[:1]),
        instead_on=Subquery(instead.values("posted_on")[:1]),
        instead_slug=Subquery(instead.values("slug")[:1]),
    )
    return list(rows.select_related("topic", "author", "section", "picture"))


def _answer(row: OldAddress) -> Answer | None:
    match row.kind:
        case "story":
            return _answer_of_story(row)
        case "picture":
            files = renditions(row.picture.as_picture(), "whole")
            return Answer(files[-1].url, (LISTS_KEY,)) if files else None
        case "path":
            return Answer(row.path, (LISTS_KEY,))
    thing = getattr(row, row.kind)
    key = {"topic": topic_key, "author": author_key, "section": section_key}[row.kind](thing.pk)
    if row.to_feed:
        return Answer(path_of(f"{row.kind}_feed", thing.slug, FEED_FILES[0]), (key, LISTS_KEY))
    return Answer(thing.get_absolute_url(), (key, LISTS_KEY))


def _answer_of_story(row: OldAddress) -> Answer | None:
    uuid, killed = row.uuid, row.killed  # type: ignore[attr-defined]
    if uuid is None and not killed:
        return None  # a draft, or one that is scheduled
    keys = (story_key(uuid), LISTS_KEY) if uuid else (LISTS_KEY,)
    slug, day = row.now_slug, row.now_on  # type: ignore[attr-defined]
    if not slug:
        slug, day = row.instead_slug, row.instead_on  # type: ignore[attr-defined]
    if slug:
        return Answer(story_address(day, slug), keys)
    return Answer("", keys, row.headline or "", row.words or "")  # type: ignore[attr-defined]
