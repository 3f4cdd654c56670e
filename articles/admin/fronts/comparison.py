"""A front's draft compared with the front that is live, slot by slot and over time."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...publishing.dates import FOREVER
from ..fields.datetime_fields import format_moment
from .slots import Slot, is_pinned, pin_key


@dataclass
class SlotChange:
    """A row of the comparison: in words, what happens to the stories in a slot."""

    slot: Slot
    leaves: str
    comes: str

    @property
    def is_change(self):
        return bool(self.leaves or self.comes)


def slot_changes(slots):
    """What putting the draft live would change, slot by slot."""
    live = {slot.live.post_id: slot for slot in slots if slot.live}
    draft = {slot.draft.post_id: slot for slot in slots if slot.draft}
    return [SlotChange(slot, _leaves(slot, draft), _comes(slot, live)) for slot in slots]


def _leaves(slot, draft):
    if slot.live is None:
        return ""
    there = draft.get(slot.live.post_id)
    if there is None:
        return _("Leaves the front")
    return "" if there is slot else _("Moves to slot %d") % there.number


def _comes(slot, live):
    if slot.draft is None:
        return _("Becomes empty") if slot.live else ""
    here = live.get(slot.draft.post_id)
    if here is None:
        return _("New on this front")
    if here is not slot:
        return _("Comes from slot %d") % here.number
    if is_pinned(slot.live) == is_pinned(slot.draft):
        return ""
    return _("Same story, now pinned") if is_pinned(slot.draft) else _("Same story, not pinned now")


def pin_schedule(live, draft, now):
    """The pins that are still to begin or end, in order: [{moment, text, where}]."""
    on_live, on_draft = (
        {(pin_key(pin), pin.live_until): pin for pin in pins} for pins in (live, draft)
    )
    changes = []
    for key, pin in {**on_live, **on_draft}.items():
        where = _("draft") if key in on_draft else _("readers' front")
        if key in on_live and key in on_draft:
            where = _("both")
        words = {"story": pin.post, "slot": pin.slot}
        if pin.live_from > now:
            text = _("“%(story)s” comes to slot %(slot)d") % words
            changes.append((pin.live_from, text, where))
        if pin.live_until != FOREVER:
            text = _("“%(story)s” leaves slot %(slot)d") % words
            changes.append((pin.live_until, text, where))
    return [
        {"moment": format_moment(at), "text": text, "where": where}
        for at, text, where in sorted(changes, key=lambda change: change[0])
    ]
