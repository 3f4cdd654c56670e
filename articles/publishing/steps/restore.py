"""Restoring: the words of an earlier edition or desk copy, written back to the desk."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import BLOCK_MODELS, model_for
from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.workflow import may_change
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..editions.edition import Edition
from .checkpoint import Checkpoint, keep
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
    """Write an edition or a checkpoint back to the desk copy, and return the post.

    Readers see nothing of it until it is published; the desk copy that it replaces is kept as a
    checkpoint. Raises PermissionDenied, Stale when somebody saved meanwhile, and
    ObjectDoesNotExist when a photo, a story or an author it names is gone.
    """
    now = now or timezone.now()
    post, document = lock_post(kept.post), kept.document
    if not may_restore(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    keep(post, now=now)
    claim_save(post, started_from=started_from, by=by, now=now)
    apply_document(post, document)
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
    _write_blocks(post, document["regions"])
    return post


def may_restore(post: Post, user: User) -> bool:
    """Whether this person may replace the words of a post."""
    return may_change(post, user) and user.has_perm("articles.change_text")


def apply_document(post: Post, document: dict) -> None:
    """Copy a document's own fields to a post (not saved here)."""
    for name in RESTORED_FIELDS:
        setattr(post, name, document[name])
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


def _write_blocks(post: Post, regions: dict[str, list[dict]]) -> None:
    for model in BLOCK_MODELS.values():
        model.objects.filter(parent=post).delete()
    for region, blocks in regions.items():
        for place, block in enumerate(blocks, start=1):
            model = model_for(block["kind"])
            data = {name: value for name, value in block.items() if name != "kind"}
            model.objects.create(
                parent=post, region=region, ordering=place * 10, **model.fields_of(data)
            )
