"""One front as its screen shows it: slots, the pins in them, and what was sent to be saved."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...publishing.fronts.placement import SLOTS, Placement
from ...publishing.steps.front_drafts import FrontChanged, front_of, put_draft_live, save_draft
from ..steps.status_summary import name_of
from .front_form import PinsFormSet, place, since
from .front_slots import slots_of, states


def pins_of(section, *, now, draft=False):
    """The pins of a front that stand now or are still to come, with their stories."""
    pins = Placement.objects.filter(section=section, draft=draft, live_until__gt=now)
    return list(pins.select_related("post").order_by("slot", "live_from", "pk"))


class FrontScreen:
    """The form of one front, over the front as it is stored."""

    def __init__(self, section, *, now, data=None):
        self.section, self.now = section, now
        self.front = front_of(section)
        pins = pins_of(section, now=now, draft=self.front.drafting)
        self.sent = _moved(data, now) if data is not None else None
        self.formset = PinsFormSet(self.sent, originals=pins, now=now)
        self.originals = {pin.pk: pin for pin in pins}
        self.refusal, self.changed = "", None

    @property
    def seen(self):
        """The version of the front that the person saw."""
        return self.front.version if self.sent is None else self.sent.get("seen", "")

    def save(self, *, by):
        """Save what was sent, and put it live when that was asked for; False when refused."""
        if not self.formset.is_valid():
            self.refusal = _("Nothing was saved: see what is wrong below.")
            return False
        try:
            self._save(by)
        except FrontChanged as changed:
            self.changed, self.colleague = changed.front, name_of(changed.front.changed_by)
            self.refusal = _("Nothing was saved: a colleague changed this front meanwhile.")
            return False
        return True

    @transaction.atomic
    def _save(self, by):
        seen = _version(self.sent.get("_over") or self.sent.get("seen", ""))
        save_draft(self.section, self.formset.pins, by=by, now=self.now, seen=seen)
        if "_save_live" in self.sent:
            put_draft_live(self.section, by=by, now=self.now)

    @cached_property
    def slots(self):
        """The slots in their order, each with the lines of the form that stand in it."""
        slots = slots_of(self.section, at=self.now, drafting=self.front.drafting)
        posts = {post for form in self.formset for post in form.fields["post"].known.values()}
        said = states(posts, self.now)
        live = self.originals.values()
        if self.front.drafting:
            live = pins_of(self.section, now=self.now)
        on_live = {place(pin) for pin in live}
        for form in self.formset:
            given = form.given
            number = given["slot"] if 1 <= (given["slot"] or 0) <= SLOTS else SLOTS
            original = self.originals.get(given["pin"])
            slots[number - 1].pins.append(
                {
                    "form": form,
                    "is_pin": bool(given["post"] or given["pin"] or form.errors),
                    "since": since(original, self.now, on_live=on_live) if original else "",
                    "state": said.get(given["post"]),
                }
            )
        for slot in slots:
            slot.pins.sort(key=lambda line: not line["is_pin"])
        return slots


def _version(text):
    """A version from a form; one that no front has, for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _moved(data, now):
    """What was sent, after the button that changes it: `_move=3:2` swaps slots, `_keep=4:17` pins.

    Without a script these buttons send the whole form, so that they lose nothing.
    """
    data = data.copy()
    for button, change in (("_move", _swap), ("_keep", _keep)):
        parts = data.get(button, "").split(":")
        if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts):
            change(data, *parts)
    return data


def _lines(data, slot):
    """The names of the form's lines that stand in a slot."""
    return [
        name.removesuffix("-slot")
        for name, value in data.items()
        if name.startswith("pins-") and name.endswith("-slot") and value == slot
    ]


def _swap(data, slot, other):
    if not 1 <= int(other[:9]) <= SLOTS:
        return
    here, there = _lines(data, slot), _lines(data, other)
    for names, number in ((here, other), (there, slot)):
        for name in names:
            data[f"{name}-slot"] = number


def _keep(data, slot, post):
    empty = [name for name in _lines(data, slot) if not data.get(f"{name}-post")]
    if empty:
        data[f"{empty[0]}-post"] = post
