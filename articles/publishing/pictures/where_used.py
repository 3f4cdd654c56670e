"""Where a picture is used: on the desk, by what readers see, by what they saw before, as the
picture of a topic or an author, and as the poster of a film."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet

from ...desk.blocks import PICTURE_MODELS
from ...desk.post import Post
from ...library.author import Author
from ...library.photo import Photo
from ...library.recording import Recording
from ...library.topic import Topic
from ..editions.edition import Edition
from ..editions.picture_use import PictureUse

MOST = 20
"""Stories of each kind that are named."""
MOST_LOOKED_THROUGH = 200
"""Newest editions among which live ones, and stories of before, are looked for."""


@dataclass
class Used:
    """The uses of a picture, the newest first; `more` are the kinds of which there are others."""

    desk: list[Post] = field(default_factory=list)
    live: list[Edition] = field(default_factory=list)
    before: list[Edition] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    more: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        uses = (self.desk, self.live, self.before, self.topics, self.authors, self.recordings)
        return any(uses)

    def take(self, kind: str, rows: list) -> None:
        setattr(self, kind, rows[:MOST])
        if len(rows) > MOST:
            self.more.add(kind)


def where_used(photo: Photo, *, now: dt.datetime) -> Used:
    """The uses of a photo, in six queries however many there are."""
    used = Used()
    used.take("desk", list(posts_with(photo).order_by("-saved_at", "-pk")[: MOST + 1]))
    live, before = published_with(photo, now)
    used.take("live", live)
    used.take("before", before)
    used.take("topics", list(Topic.objects.filter(picture=photo)[: MOST + 1]))
    used.take("authors", list(Author.objects.filter(picture=photo)[: MOST + 1]))
    used.take("recordings", list(Recording.objects.filter(poster=photo)[: MOST + 1]))
    return used


def posts_with(photo: Photo) -> QuerySet[Post]:
    """The stories whose desk copy shows a photo."""
    shown = Q(pk__in=[])
    for uses in desk_uses(photo):
        shown |= Q(pk__in=uses.values("parent"))
    return Post.objects.filter(shown)


def published_with(photo: Photo, now: dt.datetime) -> tuple[list[Edition], list[Edition]]:
    """(live editions, of other stories the last edition that showed it), the newest first."""
    uses = PictureUse.objects.filter(photo=photo).order_by("-edition")
    newest = list(uses.values_list("edition", flat=True)[:MOST_LOOKED_THROUGH])
    columns = ("post", "number", "headline", "posted_on", "slug", "live_from", "live_until")
    editions = Edition.objects.filter(pk__in=newest).only(*columns).order_by("-pk")
    live: list[Edition] = []
    before: dict[int, Edition] = {}
    for edition in editions:
        if edition.live_from <= now < edition.live_until:
            live.append(edition)
        elif edition.live_until <= now:
            before.setdefault(edition.post_id, edition)
    shown = {edition.post_id for edition in live}
    return live, [edition for post, edition in before.items() if post not in shown]


def desk_uses(photo: OuterRef | Photo) -> list[QuerySet]:
    """The blocks on the desk that show a picture, of each kind that may."""
    return [model.objects.filter(photo=photo).order_by() for model in PICTURE_MODELS]


def live_uses(photo: OuterRef | Photo, now: dt.datetime) -> QuerySet[PictureUse]:
    """The uses of a picture that readers see."""
    live = Edition.objects.live(now)
    return PictureUse.objects.filter(photo=photo, edition__in=live.values("pk")).order_by()
