"""The slots of a front: what is live there, what the draft has there, and its pins."""

from dataclasses import dataclass, field
from itertools import zip_longest

from django.utils.translation import gettext as _

from ...publishing.editions.edition import Edition
from ...publishing.fronts.front import arrange
from ...publishing.fronts.placement import SLOTS, Placement
from ..fields.datetime_fields import format_moment
from ..steps.status_summary import current_editions, site_status, status_chips


@dataclass
class Slot:
    number: int
    live: Edition | None
    draft: Edition | None
    pins: list = field(default_factory=list)

    @property
    def name(self):
        if self.number == 1:
            return _("Lead")
        return _("Second") if self.number <= 5 else _("Brief")

    @property
    def live_label(self):
        return pinned_label(self.live, self.number)

    @property
    def draft_label(self):
        return pinned_label(self.draft, self.number)


def pinned_label(edition, number):
    if edition is None:
        return _("Empty")
    if is_pinned(edition):
        return _("Pinned") if edition.slot == number else _("Pinned to slot %d") % edition.slot
    return _("Fills by itself")


def is_pinned(edition):
    return getattr(edition, "slot", None) is not None


def front_slots(section, *, at, drafting):
    """The slots of a front at a moment, in four queries, or two without a draft."""
    live = arrange(section, at=at, size=SLOTS)
    draft = arrange(section, at=at, size=SLOTS, draft=True) if drafting else live
    return [Slot(*slot) for slot in zip_longest(range(1, SLOTS + 1), live, draft)]


def pins_of(section, *, now, draft=False):
    """The pins of a front that are live or still to come, with their stories."""
    pins = Placement.objects.filter(section=section, draft=draft, live_until__gt=now)
    return list(pins.select_related("post").order_by("slot", "live_from", "pk"))


def pin_key(pin):
    """Two pins with the same slot, story and beginning are the same."""
    return pin.slot, pin.post_id, pin.live_from


def since_label(pin, now, live_keys):
    """Since or from when a pin stands; `live_keys` are the `pin_key`s of the live front."""
    if pin.live_from > now:
        return _("comes at %s") % format_moment(pin.live_from)
    if pin_key(pin) in live_keys:
        return _("since %s") % format_moment(pin.live_from)
    return _("comes when the draft is put live")


def post_states(posts, now):
    """{post's primary key: (status chips, whether it is live)}, in one query."""
    editions = {post.pk: [] for post in posts}
    for edition in current_editions(now).filter(post__in=editions):
        editions[edition.post_id].append(edition)
    states = {}
    for post in posts:
        on_site = site_status(editions[post.pk], now)
        states[post.pk] = status_chips(post, on_site, now), bool(on_site.live)
    return states
