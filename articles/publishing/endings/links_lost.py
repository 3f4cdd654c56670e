"""What loses its link when a story leaves the site: other stories, fronts, topics and banners."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from ...desk.blocks import RelatedLink
from ...desk.post import Post
from ..editions.edition import Edition
from ..fronts.breaking import Breaking
from ..fronts.placement import Placement
from ..fronts.topic_pin import TopicPin
from ..link_check.story_link import StoryLink

MOST_NAMED = 20
"""Of each kind that are named."""
MOST_COUNTED = 1_000
TO_COME = {
    *(Post.Status.PLANNED, Post.Status.DRAFT, Post.Status.IN_REVIEW, Post.Status.READY),
    Post.Status.PUBLISHED,  # scheduled, if it is not live
}


@dataclass
class LinksLost:
    """Live stories, [{post_id, headline}], stories to come, fronts (of a section, or None for
    the front page), topics and banners that lead to a story; of the live stories `count` in all,
    or more than MOST_COUNTED."""

    stories: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0
    to_come: list[Post] = field(default_factory=list)
    fronts: list[Placement] = field(default_factory=list)
    topics: list[TopicPin] = field(default_factory=list)
    banners: list[Breaking] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.stories, self.to_come, self.fronts, self.topics, self.banners))

    @property
    def is_counted(self) -> bool:
        """Whether there are no more stories than were counted."""
        return self.count < MOST_COUNTED


def links_lost(post: Post, *, at: dt.datetime) -> LinksLost:
    """What leads readers to a story at a moment, in six queries however much that is."""
    related = RelatedLink.objects.filter(story=post).order_by().values_list("parent", flat=True)
    in_text = StoryLink.objects.filter(target=post).order_by().values_list("post", flat=True)
    keys = set(related.union(in_text)[: 2 * MOST_COUNTED]) - {post.pk}
    rows = Edition.objects.live(at).filter(post__in=list(keys)[:MOST_COUNTED])
    found = list(rows.newest_first().values("post_id", "headline")[:MOST_COUNTED])
    pins = Placement.objects.filter(post=post, live_until__gt=at, draft=False)
    seen = {row["post_id"] for row in found}
    unseen = Post.objects.filter(pk__in=list(keys - seen)[:MOST_COUNTED], status__in=TO_COME)
    return LinksLost(
        stories=[{**row} for row in found[:MOST_NAMED]],
        count=len(found),
        to_come=list(unseen.order_by("-saved_at", "-pk")[:MOST_NAMED]),
        fronts=list(pins.select_related("section").order_by("live_from", "pk")[:MOST_NAMED]),
        topics=list(TopicPin.objects.filter(post=post).select_related("topic")[:MOST_NAMED]),
        banners=list(Breaking.objects.filter(post=post, live_until__gt=at)[:MOST_NAMED]),
    )
