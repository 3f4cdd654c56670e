"""Shaping fronts: editors work in the draft of a front, and put it live in one step."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.clock import common_time, database_time
from ..dates import INSTANT
from ..editions.edition import MAY_BE_AHEAD
from ..fronts.front import Front
from ..fronts.placement import Placement
from ..invalidation.affected_keys import by_front, moments_of
from ..invalidation.site_stamp import invalidate


class FrontChanged(Exception):
    """A colleague changed the front after this change's starting point."""

    def __init__(self, front):
        self.front = front
        super().__init__(_("A colleague changed this front meanwhile."))


class NoDraft(Exception):
    """There is no draft of the front that could be put live."""

    def __init__(self):
        super().__init__(_("There is no draft of this front: readers see what you see."))


def front_of(section):
    """The state of a front (None for the front page); version 0 when nobody changed it yet."""
    stored = Front.objects.filter(section=section).select_related("changed_by").first()
    return stored or Front(section=section)


def refuse_who_may_not_shape(user):
    """Raise PermissionDenied for who may not shape fronts."""
    if not user.has_perm("articles.change_placement"):
        raise PermissionDenied(_("Your role does not shape fronts."))


@transaction.atomic
def save_draft(section, pins, *, by, now, seen=None):
    """Make these pins, and no others, the draft of a front.

    `seen` is the version of the front that the person saw. Raises FrontChanged when a colleague
    changed it since, and PermissionDenied for who may not shape fronts.
    """
    _claim(section, by=by, now=now, seen=seen, drafting=True)
    Placement.objects.filter(section=section, draft=True).delete()
    for pin in sorted(pins, key=lambda pin: pin.live_from):
        _copy(pin, section=section, draft=True, by=by)


@transaction.atomic
def draft_from_live(section, *, by, now, seen=None):
    """Begin the draft of a front anew, with what is pinned and still to come; as save_draft."""
    live = Placement.objects.filter(section=section, draft=False, live_until__gt=now)
    save_draft(section, live.order_by("live_from", "pk"), by=by, now=now, seen=seen)


@transaction.atomic
def put_draft_live(section, *, by, now, seen=None):
    """Make the draft of a front the front that readers see, from now on.

    What is pinned in both stays as it is; the rest of the old pins ends. Raises as save_draft
    does, and NoDraft.
    """
    before = _claim(section, by=by, now=now, seen=seen, drafting=False)
    if not before.drafting:
        raise NoDraft
    now = before.next_at
    pins = Placement.objects.filter(section=section)
    draft = list(pins.filter(draft=True, live_until__gt=now).order_by("live_from", "pk"))
    live = list(pins.filter(draft=False, live_until__gt=now))
    wanted, kept = {_key(pin) for pin in draft}, {_key(pin) for pin in live}
    now = _take_down([pin for pin in live if _key(pin) not in wanted], now=now)
    for pin in draft:
        if _key(pin) not in kept and pin.live_until > now:
            pin.live_from = max(pin.live_from, now)
            _copy(pin, section=section, draft=False, by=by)
    pins.filter(draft=True).delete()
    invalidate(by_front(section), moments_of(pins.filter(draft=False), now=now))


def _take_down(pins, *, now):
    """End pins, or remove those that nobody can have seen. Returns the moment they are gone.

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


def _claim(section, *, by, now, seen, drafting):
    """Count a change of a front, whose row stays locked; returns it as it was before.

    Its `next_at` is the moment of the change, never before the last, whatever this machine's clock
    says.
    """
    refuse_who_may_not_shape(by)
    Front.objects.get_or_create(section=section)
    fronts = Front.objects.select_for_update(of=("self",)).select_related("changed_by")
    before = fronts.annotate(theirs=database_time()).get(section=section)
    now = common_time(now, before.theirs)
    before.next_at = max(now, before.changed_at) if before.changed_at else now
    if seen is not None and seen != before.version:
        raise FrontChanged(before)
    Front.objects.filter(pk=before.pk).update(
        version=before.version + 1, drafting=drafting, changed_by=by, changed_at=before.next_at
    )
    return before


def _key(pin):
    return pin.slot, pin.post_id, pin.live_from, pin.live_until


def _copy(pin, *, section, draft, by):
    """Store a pin once more, as one of this front's draft or of the live front."""
    Placement.objects.create(
        section=section,
        slot=pin.slot,
        post_id=pin.post_id,
        live_from=pin.live_from,
        live_until=pin.live_until,
        draft=draft,
        made_by=by,
    )
