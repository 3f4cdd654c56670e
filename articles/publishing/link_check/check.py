"""Checking live stories: what their links lead to now, and which problems that makes."""

import datetime as dt
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from ...desk.post import Post
from ..editions.edition import Edition
from ..editions.links import stories_in
from ..editions.packing import unpack
from .ends import ANOTHER_PAGE, NOWHERE, ends_of
from .gone_embeds import embeds_in, gone_embeds
from .links import addresses_in
from .problem import LinkProblem
from .story_link import Pair, store_links

Kind = LinkProblem.Kind


class Found(NamedTuple):
    """A dead link of a story: see LinkProblem."""

    post_id: int
    kind: str
    address: str
    target_id: int | None


class Counts(NamedTuple):
    """How many stories were checked, and how many problems came up and went."""

    stories: int = 0
    new: int = 0
    gone: int = 0


def check_posts(posts: Iterable[int], *, now: dt.datetime) -> Counts:
    """Check the links of these stories, as far as they are live; others have no problems."""
    keys = set(posts)
    bodies = bodies_of(Edition.objects.live(now).filter(post_id__in=keys))
    dead, links = look_at(bodies, now=now)
    with transaction.atomic():
        store_links(keys, links)
        return store(keys, dead, now=now)


def bodies_of(editions: QuerySet) -> dict[int, list[dict]]:
    """The bodies of editions, by the primary keys of their posts."""
    rows = editions.order_by().values_list("post_id", "body", "packed")
    return {post: body or _unpacked(packed) for post, body, packed in rows}


def _unpacked(packed: bytes | None) -> list[dict]:
    """The body in a packed edition; nothing where it is damaged: the round goes on."""
    try:
        return unpack(bytes(packed), "body") if packed else []
    except (zlib.error, ValueError):
        return []


def look_at(bodies: dict[int, list[dict]], *, now: dt.datetime) -> tuple[set[Found], set[Pair]]:
    """The dead links of these bodies, and all links in their texts to stories of ours. At most
    five queries, however many there are."""
    related = {post: stories_in(body) for post, body in bodies.items()}
    addresses = {post: addresses_in(body) for post, body in bodies.items()}
    stories = posts_with_identities(set().union(*related.values()))
    ends = ends_of(set().union(*addresses.values()))
    links = {
        Pair(post, ends[address])
        for post, some in addresses.items()
        for address in some
        if ends.get(address, NOWHERE) > ANOTHER_PAGE
    }
    states = states_of({*stories.values(), *(pair.target_id for pair in links)}, now=now)
    dead = {
        Found(post, Kind.WITHDRAWN, "", stories[uuid])
        for post, uuids in related.items()
        for uuid in uuids
        if uuid in stories and states[stories[uuid]] == Kind.WITHDRAWN
    }
    embeds = {post: some for post, body in bodies.items() if (some := embeds_in(body))}
    for post, gone in gone_embeds(embeds).items():
        dead |= {Found(post, Kind.EMBED, address, None) for address in gone & embeds[post]}
    for post, some in addresses.items():
        for address in some:
            end = ends.get(address, ANOTHER_PAGE)
            if end == NOWHERE:
                dead.add(Found(post, Kind.MISSING, address, None))
            elif end != ANOTHER_PAGE and states[end]:
                dead.add(Found(post, states[end], address, end))
    return dead, links


def posts_with_identities(uuids: set[str]) -> dict[str, int]:
    rows = Post.objects.filter(uuid__in=uuids).order_by().values_list("uuid", "pk")
    return {str(uuid): pk for uuid, pk in rows} if uuids else {}


def states_of(posts: set[int], *, now: dt.datetime) -> dict[int, str]:
    """Of each post what is wrong with a link to it: it was live and is not, it never was, or
    nothing, because readers can read it or soon can."""
    lasting: set[int] = set()
    was_live: set[int] = set()
    intervals = Edition.objects.filter(post_id__in=posts).order_by()
    for post, ends in intervals.values_list("post_id", "live_until"):
        (lasting if ends > now else was_live).add(post)
    return {
        post: "" if post in lasting else Kind.WITHDRAWN if post in was_live else Kind.MISSING
        for post in posts
    }


def store(posts: set[int], found: set[Found], *, now: dt.datetime) -> Counts:
    """Have just these problems of these posts. What was known before keeps its moment."""
    rows = LinkProblem.objects.filter(post_id__in=posts)
    known = {Found(*row[:-1]): row[-1] for row in rows.values_list(*Found._fields, "pk")}
    gone = [pk for problem, pk in known.items() if problem not in found]
    new = found - known.keys()
    LinkProblem.objects.filter(pk__in=gone).delete()
    LinkProblem.objects.bulk_create(
        (LinkProblem(found_at=now, **each._asdict()) for each in sorted(new)),
        ignore_conflicts=True,
    )
    return Counts(len(posts), len(new), len(gone))
