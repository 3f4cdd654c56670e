"""Bulk publishing: many posts go on the site together.

Each has to be ready, and out of embargo, as for `publish`; but there is no person whose permission
is checked, and no entry in the log.

It makes the editions of posts whose status is published (or withdrawn) and that have none:

- the first is live from `published_at`: from now if that is empty, scheduled if it is in the
  future;
- a post with a `change_kind` gets a second, live from `saved_at`, with its note;
- a withdrawn post's edition ends at `saved_at`.

Whatever publishes in bulk calls `freeze_batch` and `Batch.store`. The first makes no queries, so
a command can call it in another process.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.legal_hold.held import hold_refusals
from ...desk.post import Post
from ...desk.post_save import PostSave
from ...desk.search.index import index_posts
from ...desk.workflow import Refusal
from ..bulk_rows import Row, analyze_tables, expect_many_rows, insert, reserve_keys, rows_of, update
from ..dates import FOREVER, INSTANT, day_of, whole_second
from ..editions.address import Address, slug_of, slugs_at
from ..editions.document import Parts, compose, in_one_form
from ..editions.edition import Edition
from ..editions.freeze import TELLS_READERS, freeze
from ..editions.listing import AuthorListing, TopicListing, listed_as, listing_fields
from ..editions.picture_use import PictureUse, uses_of
from ..editions.reader_notes import CHANGE, forget_change
from ..editions.recording_use import RecordingUse, recording_uses_of
from ..invalidation.affected_keys import moments_of
from ..invalidation.invalidate import invalidate
from ..search import index
from ..steps.readiness import shortcomings

BATCH_SIZE = 500
FIELDS_WRITTEN_BACK = ["slug", "published_at", "published_version", *CHANGE]


class CannotPublish(Refusal):
    """A loaded post that cannot be put on the site; says which post, which field, and why."""

    def __init__(self, post: Post, field: str, reason: str):
        self.post, self.field = post, field
        what = f"{field}: {reason}" if field else reason
        super().__init__(f"post {post.source}/{post.source_id}: {what}")


def posts_without_editions() -> QuerySet[Post]:
    """Posts that are published or withdrawn by their status, but have no edition."""
    return Post.objects.filter(
        ~Exists(Edition.objects.filter(post=OuterRef("pk"))),
        published_version__isnull=True,
        status__in=[Post.Status.PUBLISHED, Post.Status.WITHDRAWN],
    )


@transaction.atomic
def bulk_publish(
    *, now: dt.datetime | None = None, progress: Callable[[int], None] | None = None
) -> int:
    """Put every post on the site that says it is published and has no edition; returns how many.

    Takes as many queries for a batch as for one post. `progress` is called with the number done
    so far. Raises CannotPublish, and then nothing has changed.
    """
    now = now or timezone.now()
    vocabulary, done, last = index.Vocabulary(), 0, 0
    while True:
        posts = posts_without_editions().filter(pk__gt=last).select_related("section")
        batch = list(posts.order_by("pk").select_for_update(of=("self",))[:BATCH_SIZE])
        if not batch:
            break
        publish_batch(batch, now=now, vocabulary=vocabulary)
        last, done = batch[-1].pk, done + len(batch)
        if progress:
            progress(done)
    if done:
        vocabulary.add_counts()
        if done >= BATCH_SIZE:
            analyze_tables()
        invalidate(moments=moments_of(Edition.objects.filter(live_from__gt=now), now=now))
    return done


def publish_batch(posts: Sequence[Post], *, now: dt.datetime, vocabulary: index.Vocabulary) -> None:
    """Put some stored posts, none of which has an edition, on the site together."""
    keys = reserve_keys(Edition, sum(1 + has_announced_change(post) for post in posts))
    batch = freeze_batch(posts, Parts(posts), edition_keys=keys, now=now)
    refuse_taken_addresses({(day_in_address(post), post.slug): post for post in posts})
    batch.store()
    vocabulary.see_all(batch.vocabulary)
    update(posts, FIELDS_WRITTEN_BACK)
    index_posts([post.pk for post in posts])


@dataclass
class Batch:
    """Frozen editions with all that publishing writes beside them, ready to be stored.

    `rows` are those of each model, in the order in which they may name each other; `entries` are
    lines of the search index, and `vocabulary` the words in them.
    """

    rows: dict[type[models.Model], list[Row]] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    vocabulary: index.Vocabulary = field(default_factory=index.Vocabulary)

    def add(
        self, model: type[models.Model], objects: Sequence[models.Model] | Sequence[dict[str, Any]]
    ) -> None:
        self.rows[model] = rows_of(model, objects)

    def store(self, cache_megabytes: int = 256) -> None:
        """Store all of it, in the transaction of the caller."""
        expect_many_rows(cache_megabytes)
        for model, rows in self.rows.items():
            insert(model, rows)
        if self.entries:
            index.store(self.entries, new=True)


def freeze_batch(
    posts: Sequence[Post],
    parts: Parts,
    *,
    edition_keys: Iterable[int],
    now: dt.datetime,
    any_pictures: bool = False,
) -> Batch:
    """Compose, freeze, list and index posts, without asking the database.

    Sets on the posts what publishing writes there, without saving them. `any_pictures` is for what
    was public elsewhere: its pictures may lack credits and alt texts. Raises CannotPublish.
    """
    keys = iter(edition_keys)
    editions = []
    for post in posts:
        refuse_unless_ready(post, parts, now=now, any_pictures=any_pictures)
        post.slug = slug_of(post)
        post.published_at = live_from = whole_second(post.published_at or now)
        for edition in editions_of(post, parts, live_from=live_from, now=now):
            edition.pk = next(keys)
            editions.append(edition)
    refuse_shared_addresses(posts)
    batch = Batch()
    batch.entries = index.packed([index.line_of(each, batch.vocabulary) for each in editions])
    for edition in editions:
        edition.pack()
    batch.add(Edition, editions)
    batch.add(TopicListing, listings("topic_id", editions, parts.topics))
    batch.add(AuthorListing, listings("author_id", editions, parts.authors))
    batch.add(PictureUse, list(uses_of(editions, parts.blocks)))
    batch.add(RecordingUse, list(recording_uses_of(editions, parts.blocks)))
    batch.add(
        Address,
        [
            {"post_id": post.pk, "posted_on": day_in_address(post), "slug": post.slug}
            for post in posts
        ],
    )
    return batch


def refuse_unless_ready(
    post: Post, parts: Parts, *, now: dt.datetime, any_pictures: bool = False
) -> None:
    """Raise CannotPublish, naming the field, unless the post is fit for readers."""
    starts = post.published_at or now
    # What readers saw in the past was right then; what they are to see is asked about now.
    on = day_of(starts) if starts > now else None
    if missing := shortcomings(post, parts, on=on, any_pictures=any_pictures and on is None):
        raise CannotPublish(post, "", " ".join(missing))
    if held := hold_refusals(post):
        raise CannotPublish(post, "held_at", held[0])
    if post.embargo_open_ended:
        raise CannotPublish(post, "embargo_open_ended", _("It is under an embargo without an end."))
    if post.embargo_until and starts < post.embargo_until:
        raise CannotPublish(post, "embargo_until", _("It is published before its embargo ends."))
    if post.status == Post.Status.WITHDRAWN and starts > now:
        raise CannotPublish(post, "published_at", _("It is withdrawn before it is published."))
    if has_announced_change(post) and post.saved_at <= starts:
        raise CannotPublish(
            post, "saved_at", _("The change (change_kind) must be later than published_at.")
        )


def day_in_address(post: Post) -> dt.date:
    """The day in the address of a post with a `published_at`."""
    return day_of(cast(dt.datetime, post.published_at))


def refuse_shared_addresses(posts: Iterable[Post]) -> None:
    """Raise CannotPublish when two of these posts would share an address."""
    owners: dict[tuple[dt.date, str], Post] = {}
    for post in posts:
        owner = owners.setdefault((day_in_address(post), post.slug), post)
        if owner is not post:
            raise address_taken(post, owner)


def refuse_taken_addresses(owners: dict[tuple[dt.date, str], Post]) -> None:
    """Raise CannotPublish when an address, {(day, slug): post}, is stored as another story's."""
    stored_as = {(day, each): at for at in owners for day in at[:1] for each in slugs_at(*at)}
    found = Address.objects.filter(
        posted_on__in={day for day, _slug in owners}, slug__in={slug for _day, slug in stored_as}
    ).select_related("post")
    for address in found:
        at = stored_as.get((address.posted_on, address.slug))
        post = owners[at] if at else None
        if post and post.pk != address.post_id:
            raise address_taken(post, address.post)


def address_taken(post: Post, owner: Post) -> CannotPublish:
    """The refusal of an address that is another story's."""
    return CannotPublish(
        post,
        "slug",
        _("Another story of %(day)s, %(other)s, has the address “%(slug)s”.")
        % {
            "day": day_in_address(post).isoformat(),
            "other": f"{owner.source}/{owner.source_id}",
            "slug": post.slug,
        },
    )


def has_announced_change(post: Post) -> bool:
    """Whether a post tells of a change that readers have seen: then it has two editions."""
    return post.status == Post.Status.PUBLISHED and post.change_kind in TELLS_READERS


def editions_of(
    post: Post, parts: Parts, *, live_from: dt.datetime, now: dt.datetime
) -> list[Edition]:
    """The unsaved editions of a post, in order; what it said of its change is used up."""
    document, has_second = compose(post, parts), has_announced_change(post)
    changed_at = whole_second(post.saved_at, after=live_from)
    until = changed_at if has_second else FOREVER
    if post.status == Post.Status.WITHDRAWN:
        # A desk saves before it publishes: the moment of withdrawal may be lost in a dump.
        until = max(post.saved_at, live_from + INSTANT)
    with without_change(post):
        first = freeze(post, document, number=1, live_from=live_from, live_until=until, now=now)
    editions = [first]
    if has_second:
        editions.append(
            freeze(post, document, number=2, live_from=changed_at, now=now, before=first)
        )
        forget_change(post)
    post.published_version = post.version
    return editions


@contextmanager
def without_change(post: Post) -> Iterator[None]:
    """The post without what it says of its change, since a first edition changes nothing."""
    change = {name: getattr(post, name) for name in CHANGE}
    forget_change(post)
    yield
    for name, value in change.items():
        setattr(post, name, value)


def listings(
    key: str, editions: Iterable[Edition], listed: dict[int, list[Any]]
) -> list[dict[str, Any]]:
    """The column values of listings; `listed` are the topics, or the authors, of each post."""
    return [
        {"edition_id": edition.pk, key: row, **listing_fields(edition)}
        for edition in editions
        for row in listed_as(listed[edition.post_id])
    ]


def bump_changed_versions(keys: Iterable[int]) -> int:
    """Bump the version of posts (primary keys) that a file changed after they were published.

    So the desk says that they have unpublished changes. Returns how many there were.
    """
    posts = list(Post.objects.filter(pk__in=keys).select_related("section"))
    frozen: dict[int, dict] = defaultdict(dict)
    for edition in Edition.objects.filter(post__in=posts).order_by("number"):
        frozen[edition.post_id] = {**in_one_form(edition.document), "slug": edition.slug}
    parts = Parts(posts)
    changed = [
        post
        for post in posts
        if post.version == post.published_version
        and frozen[post.pk] != {**compose(post, parts), "slug": slug_of(post)}
    ]
    Post.objects.filter(pk__in=[post.pk for post in changed]).update(version=F("version") + 1)
    PostSave.objects.bulk_create(
        (PostSave(post=post, version=post.version + 1, at=timezone.now()) for post in changed),
        ignore_conflicts=True,
    )
    return len(changed)
