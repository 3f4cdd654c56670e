"""Drafts of fronts: editors pin stories in the draft of a front, and put it live in one step."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.clock import common_time, database_time
from ...desk.post import Post
from ...desk.rights.may_do import may_do, may_everywhere, may_somewhere
from ...library.section import Section
from ..dates import INSTANT
from ..editions.edition import MAY_BE_AHEAD
from ..fronts.front import Front
from ..fronts.placement import Placement
from ..invalidation.affected_keys import moments_of
from ..invalidation.invalidate import invalidate
from ..surrogate_keys import front_key


class FrontChanged(Exception):
    """A colleague changed the front after this change's starting point."""

    def __init__(self, front: Front) -> None:
        self.front = front
        super().__init__(_("A colleague changed this front meanwhile."))


class NoDraft(Exception):
    """There is no draft of the front that could be put live."""

    def __init__(self) -> None:
        super().__init__(_("There is no draft of this front: readers see what you see."))


def front_of(section: Section | None) -> Front:
    """The state of a front (None for the front page); version 0 when nobody changed it yet."""
    stored = Front.objects.filter(section=section).select_related("changed_by").first()
    return stored or Front(section=section)


ARRANGE = "articles.change_placement"


def may_arrange(user: User, section: Section | None) -> bool:
    """Whether somebody may change the front of a section, or the front page."""
    return may_do(user, ARRANGE, section) if section else may_everywhere(user, ARRANGE)


def may_arrange_some(user: User) -> bool:
    return may_somewhere(user, ARRANGE)


def require_front_permission(user: User, section: Section | None) -> None:
    """Raise PermissionDenied for users who may not change a front."""
    if not may_arrange_some(user):
        raise PermissionDenied(_("Your role may not arrange fronts."))
    if not may_arrange(user, section):
        raise PermissionDenied(_("You may not arrange this front."))


@transaction.atomic
def save_draft(
    section: Section | None,
    pins: Iterable[Placement],
    *,
    by: User,
    now: dt.datetime,
    seen: int | None = None,
) -> None:
    """Make these pins, and no others, the draft of a front.

    `seen` is the version of the front that the user saw. Raises FrontChanged when a colleague
    changed it since, and PermissionDenied.
    """
    _bump_version(section, by=by, now=now, seen=seen, drafting=True)
    Placement.objects.filter(section=section, draft=True).delete()
    for pin in sorted(pins, key=lambda pin: pin.live_from):
        _create_pin(pin, section=section, draft=True, by=by)


@transaction.atomic
def draft_from_live(
    section: Section | None, *, by: User, now: dt.datetime, seen: int | None = None
) -> None:
    """Begin the draft anew, with the live and the scheduled pins. Raises as save_draft does."""
    live = Placement.objects.filter(section=section, draft=False, live_until__gt=now)
    save_draft(section, live.order_by("live_from", "pk"), by=by, now=now, seen=seen)


@transaction.atomic
def put_draft_live(
    section: Section | None, *, by: User, now: dt.datetime, seen: int | None = None
) -> None:
    """Make the draft of a front the front that readers see, from now on.

    Pins of both stay as they are; the other live pins end. Raises as save_draft does, and NoDraft.
    """
    before, now = _bump_version(section, by=by, now=now, seen=seen, drafting=False)
    if not before.drafting:
        raise NoDraft
    pins = Placement.objects.filter(section=section)
    draft = list(pins.filter(draft=True, live_until__gt=now).order_by("live_from", "pk"))
    live = list(pins.filter(draft=False, live_until__gt=now))
    in_draft, in_live = {_same(pin) for pin in draft}, {_same(pin) for pin in live}
    now = _end_pins([pin for pin in live if _same(pin) not in in_draft], now=now)
    for pin in draft:
        if _same(pin) not in in_live and pin.live_until > now:
            pin.live_from = max(pin.live_from, now)
            _create_pin(pin, section=section, draft=False, by=by)
    pins.filter(draft=True).delete()
    invalidate([front_key(section)], moments_of(pins.filter(draft=False), now=now))


@transaction.atomic
def repin(old: Post, new: Post, section: Section | None, *, by: User, now: dt.datetime) -> None:
    """Pin one story in the place of another on a front and in its draft, from now on. Raises
    PermissionDenied."""
    drafting = front_of(section).drafting
    _before, now = _bump_version(section, by=by, now=now, seen=None, drafting=drafting)
    pins = Placement.objects.filter(section=section, post=old, live_until__gt=now)
    pins.filter(draft=True).update(post=new)
    live = list(pins.filter(draft=False))
    ends = [pin.live_until for pin in live]
    now = _end_pins(live, now=now)
    for pin, until in zip(live, ends, strict=True):
        pin.post, pin.live_from, pin.live_until = new, max(pin.live_from, now), until
        if until > now:
            _create_pin(pin, section=section, draft=False, by=by)
    front = Placement.objects.filter(section=section, draft=False)
    invalidate([front_key(section)], moments_of(front, now=now))


def _end_pins(pins: list[Placement], *, now: dt.datetime) -> dt.datetime:
    """End pins, or delete those that nobody can have seen. Returns the moment they end.

    What begins within a few seconds, a machine whose clock is ahead may have shown.
    """
    seen = [pin for pin in pins if pin.live_from <= now + MAY_BE_AHEAD]
    now = max([now, *(pin.live_from + INSTANT for pin in seen)])
    for pin in pins:
        if pin in seen:
            pin.live_until = now
            pin.save(update_fields=["live_until"])
        else:
            pin.delete()
    return now


def _bump_version(
    section: Section | None, *, by: User, now: dt.datetime, seen: int | None, drafting: bool
) -> tuple[Front, dt.datetime]:
    """Lock a front's row and count a change of it (optimistic lock).

    Returns the front as it was before, and the moment of the change: never before the last one,
    whatever this machine's clock says.
    """
    require_front_permission(by, section)
    Front.objects.get_or_create(section=section)
    fronts = Front.objects.select_for_update(of=("self",)).select_related("changed_by")
    before = fronts.annotate(theirs=database_time()).get(section=section)
    now = common_time(now, before.theirs)
    now = max(now, before.changed_at) if before.changed_at else now
    if seen is not None and seen != before.version:
        raise FrontChanged(before)
    Front.objects.filter(pk=before.pk).update(
        version=before.version + 1, drafting=drafting, changed_by=by, changed_at=now
    )
    log_action(Verb.CHANGE if drafting else Verb.SHOW, before, by=by, now=now)
    return before, now


def _same(pin: Placement) -> tuple:
    """What two pins have in common that show the same."""
    return pin.slot, pin.post_id, pin.live_from, pin.live_until


def _create_pin(pin: Placement, *, section: Section | None, draft: bool, by: User) -> None:
    """Store a copy of a pin, in this front's draft or in the live front."""
    Placement.objects.create(
        section=section,
        slot=pin.slot,
        post_id=pin.post_id,
        live_from=pin.live_from,
        live_until=pin.live_until,
        draft=draft,
        made_by=by,
    )
