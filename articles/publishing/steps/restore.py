"""Restoring: the words of an earlier edition or desk copy, written back to the desk."""

import datetime as dt
from copy import copy
from itertools import chain

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.rights.may_do import may_do
from ...desk.search.index import index_posts
from ...desk.workflow import may_change, refuse_foreign_section
from ...desk.writing.document import document_of_data, read, write
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..editions.document import compose
from ..editions.edition import Edition
from ..editions.put_back import with_part
from .checkpoint import Checkpoint, Reason, keep
from .step import lock_post

RESTORED_FIELDS = ("headline", "slug", "kicker", "standfirst", "byline", "language")


@transaction.atomic
def restore(
    kept: Edition | Checkpoint,
    *,
    by: User,
    started_from: int,
    now: dt.datetime | None = None,
) -> Post:
    """Write an edition or a revision back to the desk copy, and return the post.

    Readers see nothing of it until it is published; the desk copy that it replaces is kept as a
    revision. Raises PermissionDenied, Stale when somebody saved meanwhile, and ObjectDoesNotExist
    when a photo, a story or an author it names is gone.
    """
    return replace_words(kept.post, kept.document, by=by, started_from=started_from, now=now)


@transaction.atomic
def replace_words(
    post: Post, document: dict, *, by: User, started_from: int, now: dt.datetime | None = None
) -> Post:
    """Write a document to the desk copy of a post, as `restore` does."""
    return _replace(lock_post(post), document, by=by, started_from=started_from, now=now)


@transaction.atomic
def restore_piece(
    kept: Edition | Checkpoint,
    place: str | int,
    *,
    by: User,
    started_from: int,
    now: dt.datetime | None = None,
) -> Post:
    """Put a field (headline, kicker, standfirst or byline) or a piece (its place among those of the
    document) of an edition or a revision back into the desk copy; all else stays as it is.

    Raises as `restore` does, and NothingToPutBack.
    """
    post = lock_post(kept.post)
    document = with_part(compose(post), kept.document, place)
    return _replace(post, document, by=by, started_from=started_from, now=now)


def _replace(
    post: Post, document: dict, *, by: User, started_from: int, now: dt.datetime | None
) -> Post:
    """Make a document the desk copy of a locked post."""
    now = now or timezone.now()
    if not may_restore(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    keep(post, now=now)
    claim_save(post, started_from=started_from, by=by, now=now)
    before = copy(post)
    apply_document(post, document)
    if post.section_id != before.section_id:
        refuse_foreign_section(before, post.section, by=by)
    original = document.get("translation_of")
    post.translation_of = Post.objects.get(uuid=original) if original else None
    post.save(
        update_fields=[
            *RESTORED_FIELDS,
            "section",
            "translation_of",
            "version",
            "others_version",
            "saved_by",
            "saved_at",
        ]
    )
    _write_names(post, document)
    _write_blocks(post, document["regions"], by=by)
    index_posts([post.pk])
    keep(post, now=now, reason=Reason.RESTORED)
    log_action(Verb.RESTORE, post, by=by, now=now)
    return post


def may_restore(post: Post, user: User) -> bool:
    """Whether this person may replace the words of a post."""
    return may_change(post, user) and may_do(user, "articles.change_text", post)


def apply_document(post: Post, document: dict) -> None:
    """Copy a document's own fields to a post (not saved here)."""
    slug_before = post.slug
    for name in RESTORED_FIELDS:
        setattr(post, name, document[name])
    # What was kept before the first publication may have no address: the story keeps its own.
    post.slug = post.slug or slug_before
    slug = document["section"]["slug"] if document["section"] else None
    post.section = Section.objects.find_by_slug(slug) or post.section


def _write_names(post: Post, document: dict) -> None:
    """Replace authors and topics; a topic that was deleted since is left out."""
    post.post_authors.all().delete()
    for position, author in enumerate(document["authors"], start=1):
        row = Author.objects.get_by_natural_key(author["slug"])
        post.post_authors.get_or_create(author=row, defaults={"position": position})
    post.post_topics.all().delete()
    for topic in document["topics"]:
        if found := Topic.objects.find_by_slug(topic["slug"]):
            post.post_topics.get_or_create(tag=found)


def _write_blocks(post: Post, regions: dict[str, list[dict]], *, by: User) -> None:
    """Write the blocks that differ. Raises ObjectDoesNotExist when what they name is gone."""
    stored = read(post)
    document = document_of_data(regions, stored.document)
    if errors := write(post, stored, document, by=by):
        raise ObjectDoesNotExist(" ".join(chain(*errors.values())))
