"""A front slot by slot: what stands there, and what a draft would change."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...publishing.editions.edition import Edition
from ...publishing.fronts.front import arrange
from ...publishing.fronts.placement import SLOTS
from ..datetime_fields import said
from ..steps.status_summary import chips, current_editions, standing


@dataclass
class Slot:
    """A slot of a front: what readers see there, what the draft has there, its pins."""

    number: int
    live: Edition | None
    draft: Edition | None
    pins: list = field(default_factory=list)

    @property
    def name(self):
        """What the slot is called on a page."""
        if self.number == 1:
            return _("Lead")
        return _("Second") if self.number <= 5 else _("Brief")

    @property
    def live_said(self):
        return pinned_said(self.live, self.number)

    @property
    def draft_said(self):
        return pinned_said(self.draft, self.number)


def pinned_said(edition, number):
    """Whether editors pinned the story that stands in a slot, in words."""
    if edition is None:
        return _("Empty")
    if is_pinned(edition):
        return _("Pinned") if edition.slot == number else _("Pinned to slot %d") % edition.slot
    return _("Fills by itself")


def is_pinned(edition):
    """Whether a story on a front has been pinned there."""
    return getattr(edition, "slot", None) is not None


def slots_of(section, *, at, drafting):
    """The slots of a front at a moment; in four queries, or two when no draft is under way."""
    live = arrange(section, at=at, size=SLOTS)
    draft = arrange(section, at=at, size=SLOTS, draft=True) if drafting else live
    return [Slot(number, _at(live, number), _at(draft, number)) for number in range(1, SLOTS + 1)]


def _at(editions, number):
    return editions[number - 1] if number <= len(editions) else None


@dataclass
class Change:
    """A line of the comparison: a slot, and in words what happens to the stories in it."""

    slot: Slot
    leaves: str
    comes: str

    @property
    def is_change(self):
        return bool(self.leaves or self.comes)


def changes(slots):
    """What putting the draft live would do, slot by slot."""
    live = {slot.live.post_id: slot for slot in slots if slot.live}
    draft = {slot.draft.post_id: slot for slot in slots if slot.draft}
    return [Change(slot, _leaves(slot, draft), _comes(slot, live)) for slot in slots]


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


@dataclass
class Later:
    """Something that happens on a front by itself: when, in words, and on which of both."""

    at: object
    text: str
    where: str

    @property
    def said(self):
        return said(self.at)


def later(live, draft, now):
    """What is scheduled on a front and in its draft, in the order in which it happens."""
    on_live, on_draft = ({_key(pin): pin for pin in pins} for pins in (live, draft))
    found = []
    for key, pin in {**on_live, **on_draft}.items():
        where = _("both") if key in on_live and key in on_draft else None
        where = where or (_("readers' front") if key in on_live else _("draft"))
        words = {"story": pin.post, "slot": pin.slot}
        if pin.live_from > now:
            text = _("“%(story)s” comes to slot %(slot)d") % words
            found.append(Later(pin.live_from, text, where))
        if pin.live_until.year < 9000:
            text = _("“%(story)s” leaves slot %(slot)d") % words
            found.append(Later(pin.live_until, text, where))
    return sorted(found, key=lambda each: each.at)


def _key(pin):
    return pin.slot, pin.post_id, pin.live_from, pin.live_until


def states(posts, now):
    """What each of these posts is to readers: {pk: (chips, is it live)}; one query."""
    by_post = {post.pk: [] for post in posts}
    for edition in current_editions(now).filter(post__in=by_post):
        by_post[edition.post_id].append(edition)
    where = {post.pk: standing(by_post[post.pk], now) for post in posts}
    return {
        post.pk: (chips(post, where[post.pk], now), bool(where[post.pk].live)) for post in posts
    }
