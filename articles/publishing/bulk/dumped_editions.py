"""Editions that a dump brought: gives them their addresses, listings and search entries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model
from django.db.models.functions import Greatest

from ...desk.post import Post
from ...library.author import Author, AuthorAlias
from ...library.naming.former_slug import FormerSlug
from ...library.topic import Topic, TopicAlias
from ..bulk_rows import update
from ..editions.address import Address
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing, listing_fields
from ..editions.packing import WORDS
from ..editions.picture_use import complete_uses
from ..editions.recording_use import complete_recording_uses
from ..invalidation.invalidate import invalidate
from ..invalidation.site_stamp import SiteCount
from ..search import index
from .bulk_publish import BATCH_SIZE, refuse_taken_addresses


def complete_editions(keys: Iterable[int], *, lists: bool = True) -> None:
    """Give editions (primary keys) the addresses and search entries that the file lacked, and with
    `lists` their listings. Raises CannotPublish for an address that is another story's.
    """
    keys = sorted(keys)
    for start in range(0, len(keys), BATCH_SIZE):
        batch = Edition.objects.filter(pk__in=keys[start : start + BATCH_SIZE])
        editions = list(batch.select_related("post").defer(*WORDS))
        _add_addresses(editions)
        complete_uses(batch)
        complete_recording_uses(batch)
        if lists:
            _add_listings(editions)
    _index_missing()


def _add_addresses(editions: list[Edition]) -> None:
    owners = {(edition.posted_on, edition.slug): edition.post for edition in editions}
    refuse_taken_addresses(owners)
    Address.objects.bulk_create(
        (Address(posted_on=day, slug=slug, post=post) for (day, slug), post in owners.items()),
        ignore_conflicts=True,
    )


def _add_listings(editions: list[Edition]) -> None:
    """List editions under the topics and authors that they name, as far as these are here."""
    topics, authors = keys_by_slug(Topic, "topic"), keys_by_slug(Author, "author")
    TopicListing.objects.bulk_create(
        (
            TopicListing(edition=edition, topic_id=key, **listing_fields(edition))
            for edition in editions
            for key in _keys_of(edition.topics, topics)
        ),
        ignore_conflicts=True,
    )
    AuthorListing.objects.bulk_create(
        (
            AuthorListing(edition=edition, author_id=key, **listing_fields(edition))
            for edition in editions
            for key in _keys_of(edition.byline["authors"], authors)
        ),
        ignore_conflicts=True,
    )


def _keys_of(names: list[dict[str, str]], keys: dict[str, int]) -> Iterable[int]:
    return dict.fromkeys(keys[name["slug"]] for name in names if name["slug"] in keys)


def keys_by_slug(model: type[Model], kind: str) -> dict[str, int]:
    """The primary keys of all topics or authors by slug, former slugs and aliases included."""
    former = FormerSlug.objects.filter(**{f"{kind}__isnull": False})
    keys = dict(former.values_list("slug", kind))
    aliases: Any = TopicAlias if model is Topic else AuthorAlias
    keys |= dict(aliases.objects.values_list("slug", kind))
    keys |= dict(model._default_manager.values_list("slug", "pk"))
    if model is Author:
        named = Author.objects.filter(pen_name_of__isnull=False)
        keys |= dict(named.values_list("slug", "pen_name_of"))
    return keys


def _index_missing() -> None:
    vocabulary = index.Vocabulary()
    missing = Edition.objects.filter(search_entry=None).order_by("pk")
    while editions := list(missing[:BATCH_SIZE]):
        index.add(editions, vocabulary=vocabulary)
    vocabulary.add_counts()


def set_published_versions(versions: dict[tuple[str, str], int | None]) -> None:
    """Record, on posts whose editions a file brought, which version of theirs is published.

    `versions` is {(source, source_id): version, or None for that of the newest edition}.
    """
    posts = list(Post.objects.filter(published_version=None, editions__isnull=False).distinct())
    newest = dict(
        Edition.objects.filter(post__in=posts).order_by("number").values_list("post", "version")
    )
    for post in posts:
        version = versions.get((post.source, post.source_id))
        post.published_version = version or newest[post.pk]
    update(posts, ["published_version"])


def advance_site_count(highest: int) -> None:
    """Move the site's count past another site's, so that no cached page of either is valid."""
    counter, _created = SiteCount.objects.get_or_create(pk=1)
    SiteCount.objects.filter(pk=counter.pk).update(count=Greatest(F("count"), highest))
    invalidate()
