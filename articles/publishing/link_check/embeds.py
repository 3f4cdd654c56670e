"""Checking embeds: each site is asked once a week whether it still has what a story shows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from ...desk.blocks import Embed
from ...desk.post import Post
from ...library.embeds.still_there import is_still_there
from .check import check_posts
from .embed_check import EmbedCheck

A_WEEK = dt.timedelta(days=6, hours=12)
"""The command of a week may come some hours earlier than that of the week before."""


class Checked(NamedTuple):
    """An address, and whether it is still there; None where that could not be told."""

    address: str
    there: bool | None


def check_embeds(*, now: dt.datetime, all_of_them: bool = False) -> Iterator[Checked]:
    """Ask for what the embeds of published stories show: of those that were not asked for in the
    last week, or of all. What could not be told leaves what was known."""
    for address, posts in _due(now, all_of_them).items():
        there = is_still_there(address)
        _store(address, posts, there, now)
        check_posts(posts, now=now)
        yield Checked(address, there)


def _due(now: dt.datetime, all_of_them: bool) -> dict[str, list[int]]:
    """{address: keys of the stories that show it}."""
    embeds = Embed.objects.filter(parent__status=Post.Status.PUBLISHED)
    if not all_of_them:
        lately = EmbedCheck.objects.filter(
            post=OuterRef("parent"), address=OuterRef("url"), checked_at__gt=now - A_WEEK
        )
        embeds = embeds.filter(~Exists(lately))
    found = defaultdict(list)
    for address, post in embeds.order_by("url", "parent").values_list("url", "parent").distinct():
        found[address].append(post)
    return found


@transaction.atomic
def _store(address: str, asked: Iterable[int], there: bool | None, now: dt.datetime) -> None:
    # Others were asked before it, for minutes: stories were killed or deleted meanwhile.
    showing = Embed.objects.filter(url=address, parent__in=asked).values("parent")
    posts = list(
        Post.objects.select_for_update().filter(pk__in=showing).values_list("pk", flat=True)
    )
    known = EmbedCheck.objects.filter(address=address, post__in=posts)
    since = dict(known.values_list("post", "gone_since"))
    EmbedCheck.objects.bulk_create(
        (
            EmbedCheck(
                post_id=post,
                address=address,
                checked_at=now,
                gone_since=None if there else since.get(post) or (now if there is False else None),
            )
            for post in posts
        ),
        update_conflicts=True,
        unique_fields=["post", "address"],
        update_fields=["checked_at", "gone_since"],
    )
