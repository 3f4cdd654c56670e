"""Storing the plans of a batch: in as many queries for two hundred as for one."""

import datetime as dt
from collections.abc import Iterable

from ...desk.blocks import RelatedLink
from ...desk.post import Post
from ...desk.search.index import index_posts
from ...publishing.bulk.bulk_publish import (
    Batch,
    day_in_address,
    freeze_batch,
    refuse_taken_addresses,
)
from ...publishing.bulk.written import WrittenParts, made
from ...publishing.bulk_rows import reserve_keys
from ...publishing.editions.edition import Edition
from ...publishing.invalidation.invalidate import invalidate
from ..imported_story import ImportedStory, hash_of
from ..old_addresses import note_addresses
from ..options import Options
from .plan import Plan, promised_post
from .renew import renew, rows_beside

Outcome = tuple[str, str]

CACHE_MEGABYTES = 64
"""Of SQLite: an import has 400 MB for everything."""


def store(plans: list[Plan], options: Options, *, now: dt.datetime) -> list[Outcome]:
    """Store plans, in the transaction of the caller; returns what became of each.

    Raises Refusal or DatabaseError when one of them cannot be stored.
    """
    new = [plan for plan in plans if plan.known is None or not plan.known.fingerprint]
    give_keys(new)
    find_targets(plans, new, options, now=now)
    if new:
        store_new(new, options, now=now)
        index_posts([plan.post.pk for plan in new])
    fresh = {id(plan) for plan in new}
    return [
        ("imported", plan.post.status)
        if id(plan) in fresh
        else renew(plan, plan.known, options, now=now)
        for plan in plans
    ]


def give_keys(plans: list[Plan]) -> None:
    """Primary keys for new posts. A post that was made for a link to lead to keeps its own."""
    keys = iter(reserve_keys(Post, sum(plan.known is None for plan in plans)))
    for plan in plans:
        plan.post.pk = plan.known.post_id if plan.known else next(keys)
    promised = [plan.known.pk for plan in plans if plan.known]
    if promised:
        # They are inserted again below, as they were meant; links to them wait for the commit.
        ImportedStory.objects.filter(pk__in=promised)._raw_delete("default")
        Post.objects.filter(pk__in=[p.post.pk for p in plans if p.known])._raw_delete("default")


def find_targets(plans: list[Plan], new: list[Plan], options: Options, *, now: dt.datetime) -> None:
    """Let each related link lead to its story's post, one that is only promised if need be."""
    wanted = dict.fromkeys(key for plan in plans for key in plan.targets.values())
    if not wanted:
        return
    posts = {plan.id: plan.post for plan in new}
    hashes = {hash_of(key): key for key in wanted if key not in posts}
    rows = ImportedStory.objects.filter(source=options.source, reference_hash__in=hashes)
    found, forgotten = {}, set()
    for row in rows.select_related("post"):
        key = hashes[row.reference_hash]
        found[key] = row.post
        if not row.reference:
            forgotten.add(key)  # killed: its reference may hold words, as an address does
    promised = promise([key for key in hashes.values() if key not in found], options, now=now)
    posts |= found | promised
    for plan in plans:
        for block in [each for each in plan.blocks if id(each) in plan.targets]:
            key = plan.targets[id(block)]
            target = posts[key]
            if target is None or target.pk == plan.post.pk:
                plan.blocks.remove(block)
                plan.tell("link_to_deleted", "" if key in forgotten else key)
            else:
                block.story = target


def promise(keys: Iterable[str], options: Options, *, now: dt.datetime) -> dict[str, Post]:
    """Empty drafts of stories that come later in the export, for links to lead to."""
    keys = list(keys)
    if not keys:
        return {}
    posts = {key: promised_post(key, options, now=now) for key in keys}
    for post, pk in zip(posts.values(), reserve_keys(Post, len(keys)), strict=True):
        post.pk = pk
    batch = Batch()
    batch.add(Post, list(posts.values()))
    batch.add(
        ImportedStory,
        [memory(key, post, options) for key, post in posts.items()],
    )
    batch.store(CACHE_MEGABYTES)
    index_posts([post.pk for post in posts.values()])
    return posts


def store_new(plans: list[Plan], options: Options, *, now: dt.datetime) -> None:
    parts = WrittenParts()
    live = [plan.post for plan in plans if plan.post.status == Post.Status.PUBLISHED]
    for plan in plans:
        pk = plan.post.pk
        parts.blocks[pk], parts.authors[pk] = plan.blocks, plan.authors
        parts.topics[pk] = plan.topics
    keys = reserve_keys(Edition, len(live)) if live else []
    frozen = freeze_batch(live, parts, edition_keys=keys, now=now, any_pictures=True)
    if live:
        refuse_taken_addresses({(day_in_address(post), post.slug): post for post in live})
    batch = Batch(entries=frozen.entries, vocabulary=frozen.vocabulary)
    for model, rows in desk_rows(plans).items():
        batch.add(model, rows)
    batch.add(ImportedStory, [memory(plan.id, plan.post, options, plan) for plan in plans])
    batch.rows |= frozen.rows
    batch.store(CACHE_MEGABYTES)
    note_addresses(plans, options)
    if live:
        frozen.vocabulary.add_counts()
        invalidate(moments=sorted({p.published_at for p in live if p.published_at > now}))


def desk_rows(plans: list[Plan]) -> dict:
    rows: dict = {Post: [plan.post for plan in plans]}
    links: list = []
    for plan in plans:
        for model, some in rows_beside(plan).items():
            (links if model is RelatedLink else rows.setdefault(model, [])).extend(some)
    return rows | {RelatedLink: links}


def memory(key: str, post: Post, options: Options, plan: Plan | None = None) -> ImportedStory:
    """What is kept of a story; of one that is only promised, without a plan."""
    return made(
        ImportedStory,
        source=options.source,
        reference=key,
        reference_hash=hash_of(key),
        post_id=post.pk,
        fingerprint=plan.fingerprint if plan else "",
        missing=plan.missing or None if plan else None,
        version=post.version,
        status=post.status,
    )
