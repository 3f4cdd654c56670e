"""Putting one picture in another's place, wherever the desk shows it.

What is published stays as it is: the stories that readers see are published again, where that is
asked for and nothing else is waiting in them, or are named so that somebody does.
"""

import datetime as dt
from functools import partial
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import PICTURE_MODELS, Caption, Embed
from ...desk.optimistic_lock import claim_save
from ...desk.post import Post
from ...desk.rights.may_do import may_do
from ...desk.search.index import index_posts
from ...desk.workflow import Refusal, may_change
from ...library.photo import Photo
from ..steps.change_everywhere import MOST_AT_ONCE, Outcome, change_everywhere
from ..steps.checkpoint import Reason, keep
from ..steps.hold_back import hold_back_refused
from ..steps.step import lock_post
from .where_used import desk_uses, posts_with

WORDS = ("caption", "credit", "alt")
SAVED = ("version", "others_version", "saved_by", "saved_at")


class Change(NamedTuple):
    """A story in which the picture would be replaced: how often it stands there, what was typed for
    it in the story, whether readers see the story, and whether publishing it again would bring this
    change alone."""

    post: Post
    times: int
    typed: list[str]
    is_live: bool
    is_alone: bool
    allowed: bool


def changes_of(old: Photo, *, by: User) -> list[Change]:
    """What replacing a picture would change on the desk, the story saved last first."""
    posts = list(posts_with(old).order_by("-saved_at", "-pk")[: MOST_AT_ONCE + 1])
    blocks: dict[int, list[Caption | Embed]] = {post.pk: [] for post in posts}
    for model in PICTURE_MODELS:
        for block in model.objects.filter(photo=old, parent__in=posts).order_by("ordering", "pk"):
            blocks[block.parent_id].append(block)
    return [_change(post, blocks[post.pk], by) for post in posts]


def _change(post: Post, blocks: list[Caption | Embed], by: User) -> Change:
    typed = [words for block in blocks for name in WORDS if (words := getattr(block, name, ""))]
    is_live = post.status == Post.Status.PUBLISHED
    is_alone = is_live and not post.has_unpublished_changes
    return Change(post, len(blocks), typed, is_live, is_alone, may_replace_in(post, by))


def may_replace_in(post: Post, by: User) -> bool:
    return may_change(post, by) and may_do(by, "articles.change_caption", post)


def replace_picture(
    old: Photo,
    new: Photo,
    *,
    by: User,
    keep_words: bool = False,
    publish_again: bool = False,
    now: dt.datetime | None = None,
) -> Outcome:
    """Put `new` where the desk has `old`, story by story, each by its own rules and in a
    transaction of its own.

    What a story typed for the old picture goes, unless `keep_words`. With `publish_again`, live
    stories without other changes are published at once. Raises PermissionDenied.
    """
    if not by.has_perm("articles.change_photo"):
        raise PermissionDenied(_("Your role does not allow changes to the picture library."))
    change = partial(
        _replace_unless_merged, old=old, new=new, by=by, keep_words=keep_words, now=now
    )
    posts = posts_with(old).order_by("pk")[:MOST_AT_ONCE]
    return change_everywhere(posts, change, by=by, publish_again=publish_again)


def _replace_unless_merged(
    post: Post, *, old: Photo, new: Photo, by: User, keep_words: bool, now: dt.datetime | None
) -> list[str] | None:
    if not Photo.objects.in_library().select_for_update(no_key=True).filter(pk=new.pk).first():
        raise Refusal(_("One of the two pictures is no longer in the library."))
    now = now or timezone.now()
    return replace_in_story(post, old, new, by=by, keep_words=keep_words, now=now)


@transaction.atomic
def replace_in_story(
    post: Post, old: Photo, new: Photo, *, by: User, keep_words: bool, now: dt.datetime
) -> list[str] | None:
    """Replace a picture in one story; what it replaces is kept as a revision. Returns what was held
    back because of it, in sentences; None for a story that does not show it any more."""
    post = lock_post(post)
    shown = [uses.filter(parent=post) for uses in desk_uses(old)]
    if not any(uses.exists() for uses in shown):
        return None
    if not may_replace_in(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    keep(post, now=now)
    claim_save(post, started_from=post.version, by=by, now=now)
    for uses in shown:
        has_words = uses.model is Caption and not keep_words
        uses.update(photo=new, **dict.fromkeys(WORDS if has_words else (), ""))
    post.save(update_fields=SAVED)
    index_posts([post.pk])
    keep(post, now=now, reason=Reason.SAVED)
    return [str(held) for held in hold_back_refused(by=by, post=post)]
