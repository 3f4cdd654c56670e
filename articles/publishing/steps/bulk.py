"""Backfill: posts that came from a file, put on the site in bulk.

A post that says it is published (or withdrawn) and has no edition gets its editions here:

- the first is live from `published_at` (now, when that is empty; a moment to come schedules it);
- a post that says what changed (`change_kind`) gets a second, live from `saved_at`, with its note;
- a withdrawn post's edition ends at `saved_at`.
"""

from collections import defaultdict
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.post_save import PostSave
from ...desk.workflow import Refusal
from ..dates import FOREVER, INSTANT, day_of, whole_second
from ..editions.address import Address, slug_of
from ..editions.document import Parts, compose, in_one_form
from ..editions.edition import Edition
from ..editions.freeze import TELLS_READERS, freeze
from ..editions.listing import AuthorListing, TopicListing
from ..invalidation.affected_keys import moments_of
from ..invalidation.site_stamp import invalidate
from ..search import index
from .list_edition import copied
from .readiness import shortcomings

AT_ONCE = 500
SETTLED = ["slug", "published_at", "published_version", "change_kind", "change_note"]


class CannotPublish(Refusal):
    """A loaded post that cannot be put on the site; says which post, which field, and why."""

    def __init__(self, post, field, reason):
        self.post, self.field = post, field
        what = f"{field}: {reason}" if field else reason
        super().__init__(f"post {post.source}/{post.source_id}: {what}")


def waiting():
    """Posts whose status says that readers have seen them, and of which there is no edition."""
    return Post.objects.filter(
        ~Exists(Edition.objects.filter(post=OuterRef("pk"))),
        published_version__isnull=True,
        status__in=[Post.Status.PUBLISHED, Post.Status.WITHDRAWN],
    )


@transaction.atomic
def publish_loaded(*, now=None, progress=None):
    """Put every waiting post on the site and return how many there were.

    Takes as many queries for a batch as for one post. `progress` is called with the number done
    so far. Raises CannotPublish, and then nothing has changed.
    """
    now = now or timezone.now()
    vocabulary, done, last = index.Vocabulary(), 0, 0
    while True:
        posts = waiting().filter(pk__gt=last).select_related("section").order_by("pk")
        batch = list(posts.select_for_update(of=("self",))[:AT_ONCE])
        if not batch:
            break
        publish_batch(batch, now=now, vocabulary=vocabulary)
        last, done = batch[-1].pk, done + len(batch)
        if progress:
            progress(done)
    if done:
        vocabulary.add_counts()
        invalidate(moments=moments_of(Edition.objects.filter(live_from__gt=now), now=now))
    return done


def publish_batch(posts, *, now, vocabulary=None):
    """Put some posts, none of which has an edition, on the site together."""
    parts = Parts(posts)
    for post in posts:
        refuse_what_is_missing(post, parts, now=now)
        post.slug = slug_of(post)
        post.published_at = whole_second(post.published_at or now)
    refuse_taken_addresses(posts)
    editions = []
    for post in posts:
        editions.extend(editions_of(post, parts, now=now))
    Edition.objects.bulk_create(editions)
    list_editions(editions, parts)
    index.add(editions, vocabulary=vocabulary)
    Address.objects.bulk_create(
        Address(post=post, posted_on=day_of(post.published_at), slug=post.slug) for post in posts
    )
    Post.objects.bulk_update(posts, SETTLED)


def refuse_what_is_missing(post, parts, *, now):
    """Raise CannotPublish, naming the field, unless the post is fit for readers."""
    starts = post.published_at or now
    # What readers saw in the past was right then; what they are to see is asked about now.
    if missing := shortcomings(post, parts, on=day_of(starts) if starts > now else None):
        raise CannotPublish(post, "", " ".join(missing))
    if post.embargo_until and starts < post.embargo_until:
        raise CannotPublish(post, "embargo_until", _("It is published before its embargo ends."))
    if post.status == Post.Status.WITHDRAWN and starts > now:
        raise CannotPublish(post, "published_at", _("It is withdrawn before it is published."))
    if has_second(post) and post.saved_at <= starts:
        raise CannotPublish(
            post, "saved_at", _("The change (change_kind) must be later than published_at.")
        )


def refuse_taken_addresses(posts):
    """Raise CannotPublish when two stories, of these or of those before, would share an address."""
    wanted = {}
    for post in posts:
        place = day_of(post.published_at), post.slug
        other = wanted.setdefault(place, post)
        if other is not post:
            raise taken(post, other)
    refuse_anothers(wanted)


def refuse_anothers(wanted):
    """Raise CannotPublish when an address, {(day, slug): post}, is that of another story."""
    found = Address.objects.filter(
        posted_on__in={day for day, _slug in wanted}, slug__in={slug for _day, slug in wanted}
    ).select_related("post")
    for address in found:
        post = wanted.get((address.posted_on, address.slug))
        if post and post.pk != address.post_id:
            raise taken(post, address.post)


def taken(post, other):
    """The refusal of an address that is another story's."""
    return CannotPublish(
        post,
        "slug",
        _("Another story of %(day)s, %(other)s, has the address “%(slug)s”.")
        % {
            "day": day_of(post.published_at).isoformat(),
            "other": f"{other.source}/{other.source_id}",
            "slug": post.slug,
        },
    )


def has_second(post):
    """Whether a post tells of a change that readers have seen."""
    return post.status == Post.Status.PUBLISHED and post.change_kind in TELLS_READERS


def editions_of(post, parts, *, now):
    """The unsaved editions of a post, in order; what it said of its change is used up."""
    document, second = compose(post, parts), has_second(post)
    changed_at = whole_second(post.saved_at, after=post.published_at)
    until = changed_at if second else FOREVER
    if post.status == Post.Status.WITHDRAWN:
        # A desk saves before it publishes: the moment of withdrawal may be lost in a dump.
        until = max(post.saved_at, post.published_at + INSTANT)
    with without_change(post):
        first = freeze(
            post, document, number=1, live_from=post.published_at, live_until=until, now=now
        )
    editions = [first]
    if second:
        editions.append(
            freeze(post, document, number=2, live_from=changed_at, now=now, before=first)
        )
        post.change_kind, post.change_note = Post.Change.SILENT, ""
    post.published_version = post.version
    return editions


@contextmanager
def without_change(post):
    """The post for a moment as if nothing had been said of a change: a first edition is new."""
    said = post.change_kind, post.change_note
    post.change_kind, post.change_note = Post.Change.SILENT, ""
    yield
    post.change_kind, post.change_note = said


def list_editions(editions, parts):
    """Put editions in the lists of their topics and authors."""
    TopicListing.objects.bulk_create(
        TopicListing(topic=topic, edition=edition, **copied(edition))
        for edition in editions
        for topic in parts.topics[edition.post_id]
    )
    AuthorListing.objects.bulk_create(
        AuthorListing(author=author, edition=edition, **copied(edition))
        for edition in editions
        for author in parts.authors[edition.post_id]
    )


def count_reloaded(keys):
    """Count a save for posts (primary keys) whose words a file changed after they were published.

    So the desk says that they have unpublished changes. Returns how many there were.
    """
    posts = list(Post.objects.filter(pk__in=keys).select_related("section"))
    frozen = defaultdict(dict)
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
