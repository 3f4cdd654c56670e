"""Embargoes: setting one, easing it, and breaking it."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.embargo.embargoed import embargo_sentence, is_embargoed
from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal, log, refuse_unless_allowed
from ...library.days import is_possible, outside
from ..editions.edition import MAY_BE_AHEAD, Edition
from ..steps.hold_back import HeldBack, hold_back_locked
from ..steps.intervals import step_moment
from ..steps.posted_on import Meant
from ..steps.publish import publish_locked
from ..steps.step import lock_post

Action = Transition.Action


@dataclass(frozen=True)
class Embargo:
    """Until when nothing of a story may be public, and who says so; by default there is none."""

    until: dt.datetime | None = None
    open_ended: bool = False
    note: str = ""

    @classmethod
    def of(cls, post: Post) -> "Embargo":
        return cls(post.embargo_until, post.embargo_open_ended, post.embargo_note)

    @property
    def is_none(self) -> bool:
        return self.until is None and not self.open_ended

    def is_easier_than(self, other: "Embargo") -> bool:
        """Whether something could be public before the other allows it."""
        if self.open_ended or other.is_none:
            return False
        if other.until is None or self.until is None:
            return True
        return self.until < other.until

    def write_to(self, post: Post) -> None:
        """Put it on a post, which is not saved here."""
        post.embargo_until, post.embargo_open_ended = self.until, self.open_ended
        post.embargo_note = self.note


NO_EMBARGO = Embargo()
EMBARGO_FIELDS = ("embargo_until", "embargo_open_ended", "embargo_note")


class AlreadySeen(Refusal):
    """An embargo on what readers see already."""

    def __init__(self, post: Post) -> None:
        super().__init__(
            _("Readers see “%s” already, so an embargo would keep nothing from them. ") % post
            + _("Withdraw it first.")
        )


def changes_to(post: Post, embargo: Embargo, now: dt.datetime) -> Action:
    """The step by which a post gets this embargo: it is eased, or set."""
    eased = is_embargoed(post, now) and embargo.is_easier_than(Embargo.of(post))
    return Action.EASE_EMBARGO if eased else Action.EMBARGO


@transaction.atomic
def set_embargo(
    post: Post,
    embargo: Embargo,
    *,
    by: User | None,
    note: str = "",
    now: dt.datetime | None = None,
) -> list[HeldBack]:
    """Put a story under an embargo, or under another, or none. Returns what this took off the
    schedule.

    Raises PermissionDenied, for who may not ease one too; AlreadySeen for a story that readers see;
    and Refusal for a moment that has passed and when nothing would change.
    """
    post = lock_post(post)
    return set_embargo_locked(post, embargo, by=by, note=note, now=step_moment(post, now))


def set_embargo_locked(
    post: Post, embargo: Embargo, *, by: User | None, now: dt.datetime, note: str = ""
) -> list[HeldBack]:
    """The same of a post that is locked, at the moment of its step."""
    action = changes_to(post, embargo, now)
    refuse_unless_allowed(action, post, by=by, note=note)
    if embargo == Embargo.of(post):
        raise Refusal(_("Nothing had changed."))
    if not embargo.is_none:
        _refuse_impossible(post, embargo, now)
    embargo.write_to(post)
    said = _("No embargo any more.") if embargo.is_none else embargo_sentence(post)
    words = f"{said}\n{note.strip()}"
    log(action, post, from_status=post.status, by=by, note=words, now=now)
    if held := hold_back_locked(post, by=by, now=now):
        return [held]
    post.save(update_fields=EMBARGO_FIELDS)
    return []


def _refuse_impossible(post: Post, embargo: Embargo, now: dt.datetime) -> None:
    if embargo.until and not is_possible(embargo.until):
        raise Refusal(outside(embargo.until))
    if embargo.until and embargo.until <= now:
        raise Refusal(_("That moment has passed. Choose one to come."))
    if (post.editions.live(now + MAY_BE_AHEAD) | post.editions.live(now)).exists():
        raise AlreadySeen(post)


@transaction.atomic
def break_embargo(
    post: Post, *, by: User | None, note: str, now: dt.datetime | None = None
) -> Edition:
    """End an embargo before its time and publish the story now; `note` says why.

    Two entries in the log: that it was broken, and that the story was published. Raises what
    `publish` raises, and Refusal when there is no embargo.
    """
    post = lock_post(post)
    return break_embargo_locked(post, by=by, note=note, now=step_moment(post, now))


def break_embargo_locked(post: Post, *, by: User | None, note: str, now: dt.datetime) -> Edition:
    """The same of a post that is locked, at the moment of its step."""
    refuse_unless_allowed(Action.BREAK_EMBARGO, post, by=by, note=note)
    if not is_embargoed(post, now):
        raise Refusal(_("“%s” is not embargoed any more.") % post)
    words = f"{note.strip()}\n{embargo_sentence(post)}"
    NO_EMBARGO.write_to(post)
    log(Action.BREAK_EMBARGO, post, from_status=post.status, by=by, note=words, now=now)
    return publish_locked(post, by=by, now=now, meant=Meant.NOW)
