"""Which live stories link to which in their texts, to know at once whom the end of one concerns."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models

from ...desk.blocks import RelatedLink
from ...desk.post import Post
from ..editions.edition import Edition


class StoryLink(models.Model):
    """A link in the text of a live story to another story of ours, as the last check found it.

    Related links are not among them: the desk has those in a table of their own.
    """

    # The constraint below begins with it.
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+", db_index=False)
    target = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            # What a story links to, compared with what the next check finds.
            models.UniqueConstraint(fields=["post", "target"], name="story_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.target_id}"


class Pair(NamedTuple):
    """A story that links and the one that it links to, by the primary keys of their posts."""

    post_id: int
    target_id: int


def store_links(posts: set[int], found: set[Pair]) -> None:
    """Have just these links of these posts."""
    rows = StoryLink.objects.filter(post_id__in=posts).values_list("pk", *Pair._fields)
    known = {Pair(post, target): pk for pk, post, target in rows}
    if gone := [pk for pair, pk in known.items() if pair not in found]:
        StoryLink.objects.filter(pk__in=gone).delete()
    if new := found - known.keys():
        StoryLink.objects.bulk_create(
            (StoryLink(**pair._asdict()) for pair in sorted(new)), ignore_conflicts=True
        )


def linking_to(targets: Iterable[int], *, most: int) -> list[int]:
    """The posts of live stories with a link in their text to one of these, the latest first."""
    rows = StoryLink.objects.filter(target_id__in=targets).order_by("-pk")
    return list(rows.values_list("post_id", flat=True)[:most])


def live_stories_linking_to(post: Post, *, at: dt.datetime, most: int) -> list[dict[str, Any]]:
    """[{post_id, headline}] of live stories that link to a post, in their texts or as a related
    story, the latest first; at most so many. Three queries."""
    related = (
        RelatedLink.objects.filter(story=post).order_by("-pk").values_list("parent", flat=True)
    )
    keys = {*related[:most], *linking_to([post.pk], most=most)} - {post.pk}
    live = Edition.objects.live(at).filter(post_id__in=keys).newest_first()
    return [{**row} for row in live.values("post_id", "headline")[:most]]
