"""Fronts: the front page and the sections' fronts, shaped by editors and filled by themselves."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from .edition import Edition
from .placement import Placement
from .site_version import count_change


def arrange(section, *, at, size, draft=False):
    """The editions of a front at a moment, one per slot, in two queries.

    Pinned stories that are live stand in their slots; the other slots fill with the newest. A
    story stands once. `section` is None for the front page; `draft` shows the front's draft.
    """
    live = Edition.objects.live(at).cards()
    pins = Placement.objects.live(at).filter(section=section, draft=draft)
    own = pins.filter(post=OuterRef("post")).order_by("slot", "-live_from")
    pinned = live.filter(post__in=pins.values("post")).annotate(
        slot=Subquery(own.values("slot")[:1]), pinned_at=Subquery(own.values("live_from")[:1])
    )
    slots = {}
    # Of two stories pinned to one slot, the one pinned last has it.
    for edition in pinned.order_by("slot", "-pinned_at", "-post_id"):
        slots.setdefault(edition.slot, edition)
    newest = live if section is None else live.filter(section=section)
    shown = {edition.post_id for edition in slots.values()}
    fill = iter(
        edition
        for edition in newest.newest_first()[: size + len(shown)]
        if edition.post_id not in shown
    )
    front = (slots.get(slot) or next(fill, None) for slot in range(1, size + 1))
    return [edition for edition in front if edition]


@transaction.atomic
def put_draft_live(section, *, by, now):
    """Make the draft of a front the front that readers see, from now on.

    Raises PermissionDenied for who may not shape fronts.
    """
    if not by.has_perm("articles.change_placement"):
        raise PermissionDenied(_("Your role does not shape fronts."))
    pins = Placement.objects.filter(section=section)
    pins.filter(draft=False, live_from__gte=now).delete()
    pins.filter(draft=False, live_until__gt=now).update(live_until=now)
    for pin in pins.filter(draft=True, live_until__gt=now):
        pin.pk, pin.draft, pin.made_by = None, False, by
        pin.live_from = max(pin.live_from, now)
        pin.save(force_insert=True)
    count_change()


@transaction.atomic
def draft_from_live(section, *, by, now):
    """Begin the draft of a front anew, with what is pinned and still to come.

    Raises PermissionDenied for who may not shape fronts.
    """
    if not by.has_perm("articles.change_placement"):
        raise PermissionDenied(_("Your role does not shape fronts."))
    pins = Placement.objects.filter(section=section)
    pins.filter(draft=True).delete()
    for pin in pins.filter(draft=False, live_until__gt=now):
        pin.pk, pin.draft, pin.made_by = None, True, by
        pin.save(force_insert=True)
