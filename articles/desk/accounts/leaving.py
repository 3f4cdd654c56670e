"""Leaving: an account is closed, its unfinished work goes to a colleague, its stories stay."""

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ...library.site_language import in_site_language
from ..audit_log.verbs import Verb
from ..calendar_feed import CalendarFeed
from ..notes.note import Note
from ..planning.plan import Plan
from ..post import Post
from .account_log import log_account
from .ranks import is_outranked
from .sessions import end_sessions

Status = Post.Status


class LeavingRefused(Exception):
    """An account is not closed, for a reason in an editor's words."""


class Unfinished(NamedTuple):
    """What somebody has not finished: plans that they are to write, drafts and stories in review
    that they began, and open notes to them."""

    plans: QuerySet[Plan]
    stories: QuerySet[Post]
    notes: QuerySet[Note]

    def counts(self) -> dict[str, int]:
        return {name: rows.count() for name, rows in self._asdict().items()}


def unfinished_of(user: User) -> Unfinished:
    return Unfinished(
        Plan.objects.not_begun().filter(assigned_to=user),
        Post.objects.filter(created_by=user, status__in=[Status.DRAFT, Status.IN_REVIEW]),
        Note.objects.open().filter(to=user),
    )


@transaction.atomic
def close_account(
    user: User, *, by: User, hand_to: User | None = None, now: dt.datetime
) -> dict[str, int]:
    """Close an account, end its sessions and its calendar feed, and hand what is unfinished to a
    colleague, or to nobody in particular; returns how many of each. Raises LeavingRefused and
    PermissionDenied."""
    keys = [user.pk, *([hand_to.pk] if hand_to else [])]
    people = User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    locked = {person.pk: person for person in people}
    if user.pk not in locked:
        raise User.DoesNotExist(f"{user} was deleted meanwhile.")
    user = locked[user.pk]
    _refuse(user, locked.get(hand_to.pk) if hand_to else None, by=by)
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user, by=by, now=now)
    # Nor does the address of their calendar lead anywhere if the account is opened again.
    CalendarFeed.objects.filter(user=user).delete()
    unfinished = unfinished_of(user)
    handed = {
        "plans": unfinished.plans.update(assigned_to=hand_to),
        "notes": _hand_notes(unfinished.notes, hand_to, by=by, now=now),
        # A draft without a colleague stays theirs; editors can change it.
        "stories": _hand_stories(unfinished.stories, user, hand_to) if hand_to else 0,
    }
    with in_site_language():
        said = _logged(hand_to)
    log_account(Verb.CLOSE, user, said, by=by, now=now)
    return handed


@transaction.atomic
def open_account_again(user: User, *, by: User) -> bool:
    """Let somebody sign in again whose account was closed; False when a colleague has done so.
    Raises PermissionDenied."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _refuse_below(user, by)
    if user.is_active:
        return False
    User.objects.filter(pk=user.pk).update(is_active=True)
    with in_site_language():
        said = _("Account opened again.")
    log_account(Verb.OPEN_AGAIN, user, said, by=by)
    return True


def _hand_stories(stories: QuerySet[Post], leaver: User, to: User) -> int:
    """Hand on what is begun, with what was planned of it."""
    plans = Plan.objects.filter(assigned_to=leaver, post__in=stories.values("pk"))
    plans.update(assigned_to=to)
    return stories.update(created_by=to)


def _hand_notes(notes: QuerySet[Note], to: User | None, *, by: User, now: dt.datetime) -> int:
    """Hand on the open notes; those that the colleague wrote are done: nobody tells themselves."""
    if to:
        notes.filter(by=to).update(done_at=now, done_by=by)
    return notes.update(to=to)


def _refuse_below(user: User, by: User) -> None:
    if not by.has_perm("auth.change_user") or is_outranked(by, user):
        raise PermissionDenied(_("Your role does not allow this."))


def _refuse(user: User, hand_to: User | None, *, by: User) -> None:
    _refuse_below(user, by)
    if user == by:
        raise LeavingRefused(_("You cannot close your own account. Ask a colleague."))
    if not user.is_active:
        raise LeavingRefused(_("This account is closed already."))
    if hand_to and (hand_to == user or not (hand_to.is_active and hand_to.is_staff)):
        raise LeavingRefused(_("Choose a colleague who works at the desk."))


def _logged(hand_to: User | None) -> str:
    if hand_to is None:
        return _("Account closed.")
    return _("Account closed, unfinished work handed to %s.") % hand_to.get_username()
