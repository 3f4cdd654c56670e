"""Stories to choose from, found by the desk's search: those that readers see come first."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from ...desk.post import Post
from ...desk.search.find import Found, among, find_posts
from ...publishing.editions.edition import Edition
from ...publishing.search.suggester import complete, did_you_mean
from ..fields.named_stories import posts_named

MAX_OFFERED = 400
HIDDEN_STATES = [
    Post.Status.PUBLISHED,  # scheduled, for readers do not see it yet
    Post.Status.READY,
    Post.Status.IN_REVIEW,
    Post.Status.DRAFT,
    Post.Status.WITHDRAWN,
]
"""In the order in which stories are offered that readers do not see. Plans are no stories yet."""


@dataclass(frozen=True)
class Offered:
    """The keys of stories that readers see and of others, the best of each first; `meant` and
    `near` as the search says them (Found)."""

    live: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    meant: str = ""
    near: bool = False

    @property
    def keys(self) -> list[int]:
        return [*self.live, *self.hidden]


def find_offered(typed: str, *, now: dt.datetime) -> Offered:
    """What is found of what was typed: words, a story's number or its address."""
    named, is_address = posts_named(typed.strip())
    found = Found() if is_address else find_likely(typed, now=now)
    keys = list(dict.fromkeys([*named, *found.keys]))[:MAX_OFFERED]
    if not keys:
        return Offered()
    seen = Exists(Edition.objects.live(now).filter(post=OuterRef("pk")).order_by())
    rows = Post.objects.filter(among(keys), status__in=HIDDEN_STATES).order_by()
    states = {
        key: (is_live, status) for key, is_live, status in rows.values_list("pk", seen, "status")
    }
    keys = [key for key in keys if key in states]
    hidden = [key for key in keys if not states[key][0]]
    return Offered(
        live=[key for key in keys if states[key][0]],
        hidden=sorted(hidden, key=lambda key: HIDDEN_STATES.index(states[key][1])),
        meant=found.meant,
        near=found.near,
    )


def find_likely(typed: str, *, now: dt.datetime) -> Found:
    """What says the words. Where nothing does the last word may be half of one, as somebody is
    still typing: the likeliest word of a live story is tried in its place."""
    stories = Post.objects.exclude(status=Post.Status.PLANNED)
    found = find_posts(typed, stories, now=now)
    if found.keys and not found.near:
        return found
    meant = did_you_mean(typed, at=now, finds=lambda query: True)
    if not meant and not found.keys:
        meant = next(iter(complete(typed, at=now)), "")
    likelier = find_posts(meant, stories, now=now) if meant else Found()
    if likelier.keys and not likelier.near:
        return replace(likelier, meant=likelier.meant or meant)
    return found


def in_this_order(posts: QuerySet[Post], keys: list[int]) -> QuerySet[Post]:
    """Those of these keys, in their order."""
    if not keys:
        return posts.none()
    places = (When(pk=key, then=place) for place, key in enumerate(keys))
    return posts.filter(among(keys)).order_by(Case(*places))
