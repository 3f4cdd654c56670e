"""Changing what a plan says, and dropping it."""

import datetime as dt
from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.site_language import in_site_language
from ..legal_hold.held import hold_sentence, is_on_hold
from ..post import Post
from ..search.index import index_posts
from ..workflow import Refusal, may_change, refuse_foreign_section
from .plan import Plan
from .plan_log import log_plans
from .rules import may_change_plan, refuse_unless_may_assign, refuse_unless_writes, writer_of

OF_THE_STORY = ("slug_line", "section")
"""What a plan says that is stored with its story."""


@transaction.atomic
def change_plan(
    post: Post, changes: dict[str, Any], *, by: User | None, now: dt.datetime | None = None
) -> Plan:
    """Store these fields of a plan and of its story, whether it is planned still or begun.

    `needs` are {kind: (whether it is there, why not), or None when it is not needed}. Raises
    PermissionDenied, for the section of a story that was begun too: readers and its other writers
    learn of that by the ways of the story itself.
    """
    post = lock_planned(post)
    refuse_unless_changes(post, by)
    if "section" in changes and post.status != Post.Status.PLANNED:
        raise PermissionDenied(_("You may not change this story now."))
    plan = Plan.objects.select_for_update().get(post=post)
    changes = dict(changes)
    if "section" in changes:
        refuse_foreign_section(post, changes["section"], by=by)
    if by is not None:
        refuse_writer(post, plan, changes, by=by)
    for kind, need in changes.pop("needs", {}).items():
        set_need(plan, kind, need)
    for name, value in changes.items():
        setattr(post if name in OF_THE_STORY else plan, name, value)
    plan.save()
    store_story(post, changes, by=by, now=now)
    index_posts([post.pk])
    return plan


def refuse_writer(post: Post, plan: Plan, changes: dict[str, Any], *, by: User) -> None:
    """Raise PermissionDenied unless a plan may be for whom it is after these changes, in the
    section where it is then."""
    there = copy(post)
    there.section = changes.get("section", post.section)
    if "assigned_to" in changes:
        refuse_unless_may_assign(changes["assigned_to"], by=by, post=there)
    elif "section" in changes:
        refuse_unless_writes(writer_of(plan), there)


def store_story(post: Post, changes: dict[str, Any], *, by: User | None, now: Any) -> None:
    """Store what a plan says with its story. A plan is last saved when it changes."""
    named = [name for name in OF_THE_STORY if name in changes]
    if post.status == Post.Status.PLANNED:
        post.saved_by, post.saved_at = by, now or timezone.now()
        named += ["saved_by", "saved_at"]
    if named:
        post.save(update_fields=named)


def set_need(plan: Plan, kind: str, need: tuple[bool, str] | None) -> None:
    """Have a plan need something, or no longer."""
    if need is None:
        plan.needs.filter(kind=kind).delete()
    else:
        met, reason = need
        plan.needs.update_or_create(kind=kind, defaults={"met": met, "reason": reason})


@transaction.atomic
def drop_plan(post: Post, *, by: User) -> None:
    """Delete a story that is planned and not begun. Raises PermissionDenied or Refusal."""
    post = lock_planned(post)
    if not may_change_plan(post, by):
        raise PermissionDenied(_("This story is planned for a colleague."))
    if message := drop_refusal(post):
        raise Refusal(message)
    with in_site_language():
        log_plans([post], _("Dropped"), by=by)
    post.delete()


def drop_refusal(post: Post) -> str:
    """Why a plan that somebody may drop is kept all the same, or ""."""
    if post.status != Post.Status.PLANNED:
        return _("“%s” has been begun, so its plan is kept.") % post
    if is_on_hold(post):
        return hold_sentence(post)
    asked = (post.transitions.all(), post.linked_from.all(), post.translations.all())
    rows = Post.objects.filter(pk=post.pk).values_list(*map(Exists, asked))
    has_log, is_linked, is_translated = rows.first() or (False, False, False)
    if has_log:
        return _("The log of “%s” tells what was done with it already, so it is kept.") % post
    if is_linked or is_translated:
        return _("Other stories name “%s”, so it is kept.") % post
    return ""


def lock_planned(post: Post) -> Post:
    """The story of a plan as it is stored now, locked until the transaction ends."""
    return Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)


def refuse_unless_changes(post: Post, by: User | None) -> None:
    """Raise PermissionDenied unless somebody may change what was planned of a story."""
    if by is not None and not (may_change_plan(post, by) or may_change(post, by)):
        raise PermissionDenied(_("This story is planned for a colleague."))
