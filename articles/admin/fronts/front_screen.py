"""A front as its screen shows it: slots, the pins in them, and what was submitted."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ...library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from ...publishing.fronts.placement import SLOTS
from ...publishing.steps.front_drafts import FrontChanged, front_of, put_draft_live, save_draft
from ..fields.datetime_fields import format_moment
from ..steps.status_summary import display_name
from .pins_form import PinsFormSet
from .slots import front_slots, pin_key, pins_of, post_states, since_label


class FrontScreen:
    """The form of one front over the front as stored."""

    def __init__(self, section, *, now, data=None):
        self.section, self.now = section, now
        self.front = front_of(section)
        pins = pins_of(section, now=now, draft=self.front.drafting)
        self.sent = apply_buttons(data) if data is not None else None
        self.formset = PinsFormSet(self.sent, originals=pins, now=now)
        self.originals = {pin.pk: pin for pin in pins}
        self.refusal, self.changed = "", None

    @property
    def seen(self):
        """The version of the front that the page was made from."""
        return self.front.version if self.sent is None else self.sent.get("seen", "")

    def save(self, *, by):
        """Save the form, and put it live if its button says so. False when refused."""
        if not self.formset.is_valid():
            self.refusal = _("Nothing was saved: see what is wrong below.")
            return False
        try:
            self._save(by)
        except FrontChanged as changed:
            self.changed, self.colleague = changed.front, display_name(changed.front.changed_by)
            self.refusal = _("Nothing was saved: a colleague changed this front meanwhile.")
            return False
        return True

    @transaction.atomic
    def _save(self, by):
        seen = seen_version(self.sent)
        save_draft(self.section, self.formset.pins, by=by, now=self.now, seen=seen)
        if "_save_live" in self.sent:
            put_draft_live(self.section, by=by, now=self.now)

    @cached_property
    def slots(self):
        """The slots in order, each with the lines of the form that stand in it."""
        slots = front_slots(self.section, at=self.now, drafting=self.front.drafting)
        posts = {post for form in self.formset for post in form.fields["post"].known.values()}
        states = post_states(posts, self.now)
        live = self.originals.values()
        if self.front.drafting:
            live = pins_of(self.section, now=self.now)
        live_keys = {pin_key(pin) for pin in live}
        for form in self.formset:
            sent = form.numbers
            number = sent["slot"] if 1 <= (sent["slot"] or 0) <= SLOTS else SLOTS
            original = self.originals.get(sent["pin"])
            slots[number - 1].pins.append(
                {
                    "form": form,
                    "is_pin": bool(sent["post"] or sent["pin"] or form.errors),
                    "since": since_label(original, self.now, live_keys) if original else "",
                    "state": states.get(sent["post"]),
                }
            )
        for slot in slots:
            slot.pins.sort(key=lambda line: not line["is_pin"])
        return slots


def draft_sentence(front):
    if not front.changed_at:
        return _("Nobody has arranged it yet: it fills by itself.")
    words = {"name": display_name(front.changed_by), "at": format_moment(front.changed_at)}
    if front.drafting:
        return _("A draft is under way, last saved by %(name)s at %(at)s.") % words
    return _("No draft is under way. %(name)s put this front live at %(at)s.") % words


def changed_sentence(front):
    if not front.changed_at:
        return draft_sentence(front)
    return _(
        "%(name)s changed this front at %(at)s, after you opened it. Nothing of theirs was "
        "overwritten; look at it, then decide again."
    ) % {"name": display_name(front.changed_by), "at": format_moment(front.changed_at)}


def seen_version(data):
    """The version that a page was made from, or a colleague's that is to be saved over.

    -1, which no front has, when it is malformed.
    """
    sent = data.get("_over") or data.get("seen")
    version = parse_whole_number(sent, max_digits=INTEGER_DIGITS)
    return -1 if version is None else version


def apply_buttons(data):
    """The form after the button that changes it: `_move=3:2` swaps slots, `_keep=4:17` pins.

    Without scripts these buttons submit the whole form, so that nothing is lost.
    """
    data = data.copy()
    for button, change in (("_move", _swap), ("_keep", _pin)):
        numbers = [parse_whole_number(part) for part in data.get(button, "").split(":")]
        if len(numbers) == 2 and None not in numbers:
            change(data, *numbers)
    return data


def _lines(data, slot):
    """The prefixes of the form's lines that stand in a slot."""
    return [
        name.removesuffix("-slot")
        for name, value in data.items()
        if name.startswith("pins-") and name.endswith("-slot") and value == str(slot)
    ]


def _swap(data, slot, other):
    if not 1 <= other <= SLOTS:
        return
    here, there = _lines(data, slot), _lines(data, other)
    for names, number in ((here, other), (there, slot)):
        for name in names:
            data[f"{name}-slot"] = str(number)


def _pin(data, slot, post):
    empty = [name for name in _lines(data, slot) if not data.get(f"{name}-post")]
    if empty:
        data[f"{empty[0]}-post"] = str(post)
