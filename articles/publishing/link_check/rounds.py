"""Going the rounds: which live stories are checked next, a few hundred in a minute.

First those that something happened to since the last time: they were published, or a story that
they link to has ended. Then some that had dead links, which may have been mended by putting the
other story back. And then the next ones of a round over all that are live: 400 a minute go round
a million stories in two days.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from ...desk.blocks import RelatedLink
from ..dates import FOREVER
from ..editions.edition import Edition
from .check import Counts, check_posts
from .problem import LinkProblem
from .story_link import linking_to

A_ROUND, CHANGED, KNOWN = 400, 200, 100
"""Stories of the round, of those that something happened to, and of those with dead links."""

OVERLAP = dt.timedelta(seconds=30)
"""What began so long before the last time may have been committed after it."""


@dataclass(frozen=True)
class Place:
    """How far the rounds have come: the last edition of the round, the last problem that was looked
    at again, and since when changes have not been seen."""

    edition: int = 0
    problem: int = 0
    since: str = ""

    @classmethod
    def read(cls, text: str) -> "Place":
        return cls(**json.loads(text)) if text else cls()

    def write(self) -> str:
        return json.dumps(asdict(self))


def check_some(place: str, *, now: dt.datetime) -> tuple[Counts, str]:
    """Check the stories whose turn it is; returns what came of it, and the place to go on at."""
    before = Place.read(place)
    since = (dt.datetime.fromisoformat(before.since) if before.since else now) - OVERLAP
    round_, edition = _round(before.edition, now)
    known, problem = _known(before.problem)
    posts = {*round_, *known, *_changed(since, now), *_linking_to_ended(since, now)}
    counts = check_posts(posts, now=now)
    return counts, Place(edition, problem, now.isoformat()).write()


def _round(after: int, now: dt.datetime) -> tuple[list[int], int]:
    """The posts of the next editions, and the last of these; 0 at the end, to begin again."""
    editions = Edition.objects.live(now).filter(pk__gt=after).order_by("pk")
    rows = list(editions.values_list("post_id", "pk")[:A_ROUND])
    return [post for post, _edition in rows], rows[-1][1] if len(rows) == A_ROUND else 0


def _known(after: int) -> tuple[list[int], int]:
    """The same for posts with dead links, by the problems."""
    problems = LinkProblem.objects.filter(pk__gt=after).order_by("pk")
    rows = list(problems.values_list("post_id", "pk")[:KNOWN])
    return [post for post, _problem in rows], rows[-1][1] if len(rows) == KNOWN else 0


def _changed(since: dt.datetime, now: dt.datetime) -> list[int]:
    """The posts of editions that went live. After a bulk import the round finds the rest."""
    begun = Edition.objects.filter(live_from__gt=since, live_from__lte=now)
    return list(begun.order_by("live_from", "pk").values_list("post_id", flat=True)[:CHANGED])


def _linking_to_ended(since: dt.datetime, now: dt.datetime) -> list[int]:
    """The posts that link to a story that ended, as related stories or in their texts."""
    ended = Edition.objects.filter(live_until__gt=since, live_until__lte=now)
    ended = ended.filter(live_until__lt=FOREVER).order_by("live_until", "pk")
    posts = list(ended.values_list("post_id", flat=True)[:CHANGED])
    related = RelatedLink.objects.filter(story_id__in=posts).order_by("-pk")
    parents = related.values_list("parent_id", flat=True)[:CHANGED]
    return [*parents, *linking_to(posts, most=CHANGED)]
