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


@dataclass
class LinksLost:
    """Live stories, [{post_id, headline}], fronts (of a section, or None for the front page),
    topics and banners that lead to a story; of the stories `count` in all, or more than
    MOST_COUNTED."""

    stories: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0
    fronts: list[Placement] = field(default_factory=list)
    topics: list[TopicPin] = field(default_factory=list)
    banners: list[Breaking] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.stories, self.fronts, self.topics, self.banners))

    @property
    def is_counted(self) -> bool:
        """Whether there are no more stories than were counted."""
        return self.count < MOST_COUNTED


def links_lost(post: Post, *, at: dt.datetime) -> LinksLost:
    """What leads readers to a story at a moment, in five queries however much that is."""
    related = RelatedLink.objects.filter(story=post).order_by().values_list("parent", flat=True)
    in_text = StoryLink.objects.filter(target=post).order_by().values_list("post", flat=True)
    keys = set(related.union(in_text)[: 2 * MOST_COUNTED]) - {post.pk}
    rows = Edition.objects.live(at).filter(post__in=list(keys)[:MOST_COUNTED])
    found = list(rows.newest_first().values("post_id", "headline")[:MOST_COUNTED])
    pins = Placement.objects.filter(post=post, live_until__gt=at, draft=False)
    return LinksLost(
        stories=[{**row} for row in found[:MOST_NAMED]],
        count=len(found),
        fronts=list(pins.select_related("section").order_by("live_from", "pk")[:MOST_NAMED]),
        topics=list(TopicPin.objects.filter(post=post).select_related("topic")[:MOST_NAMED]),
        banners=list(Breaking.objects.filter(post=post, live_until__gt=at)[:MOST_NAMED]),
    )
