"""What readers see of a post, now and next, in the desk's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...desk.post import Post
from ...publishing.dates import FOREVER
from ...publishing.editions.edition import Edition
from ...publishing.editions.live_intervals import is_live
from ...publishing.editions.packing import WORDS
from ..datetime_fields import format_moment


@dataclass(frozen=True)
class SiteStatus:
    """What is live of a post at a moment, and what is scheduled."""

    live: Edition | None = None
    pending: Edition | None = None

    @property
    def ends_at(self):
        """When a live story is to be withdrawn, or None."""
        if self.live and not self.pending and self.live.live_until != FOREVER:
            return self.live.live_until
        return None

    @property
    def is_scheduled(self):
        return bool(self.pending or self.ends_at)


@dataclass(frozen=True)
class Chip:
    """A status in words, and the key of its colour."""

    key: str
    text: str


def current_editions(now):
    """Editions that are live or still to come, without their long texts."""
    return (
        Edition.objects.filter(live_until__gt=now)
        .defer(*WORDS)
        .select_related("made_by")
        .order_by("number")
    )


def site_status(editions, now):
    """The SiteStatus of the post with these current editions."""
    live = [edition for edition in editions if is_live(edition, now)]
    pending = [edition for edition in editions if edition.live_from > now]
    return SiteStatus(live[-1] if live else None, pending[-1] if pending else None)


def status_chips(post, on_site, now):
    chips = [_main_chip(post, on_site)]
    if on_site.live and on_site.pending:
        due = format_moment(on_site.pending.live_from)
        chips.append(Chip("scheduled", _("Update scheduled for %s") % due))
    if on_site.live and post.has_unpublished_changes:
        chips.append(Chip("changed", _("Changed since publication")))
    if post.embargo_until and post.embargo_until > now:
        until = format_moment(post.embargo_until)
        chips.append(Chip("embargoed", _("Embargoed until %s") % until))
    return chips


def _main_chip(post, on_site):
    if on_site.ends_at:
        return Chip("live", _("Live until %s") % format_moment(on_site.ends_at))
    if on_site.live:
        return Chip("live", _("Live"))
    if on_site.pending:
        due = format_moment(on_site.pending.live_from)
        return Chip("scheduled", _("Scheduled for %s") % due)
    if post.status == Post.Status.PUBLISHED:
        return Chip("withdrawn", _("Published, but not on the site"))
    return Chip(post.status, post.get_status_display())


def display_name(user):
    if user is None:
        return _("a command")
    return user.get_full_name() or user.get_username()


def who_and_when(user, moment):
    """{name, moment} for a sentence."""
    return {"name": display_name(user), "moment": format_moment(moment)}


def status_sentences(post, on_site, withdrawal, now):
    """What readers see, in sentences; `withdrawal` is the newest Transition of its kind, if any."""
    lines = [_readers_see(post, on_site, withdrawal)]
    if pending := on_site.pending:
        lines.append(
            _("Edition %(number)s is scheduled for %(moment)s by %(name)s.")
            % {"number": pending.number, **who_and_when(pending.made_by, pending.live_from)}
        )
    if on_site.ends_at:
        lines.append(_("It will be withdrawn on %s.") % format_moment(on_site.ends_at))
    if post.has_unpublished_changes and (on_site.live or on_site.pending):
        lines.append(_("You have changes that are in no edition yet."))
    if post.embargo_until and post.embargo_until > now:
        note = f" ({post.embargo_note})" if post.embargo_note else ""
        lines.append(
            _("Embargoed until %(moment)s%(note)s.")
            % {"moment": format_moment(post.embargo_until), "note": note}
        )
    return lines


def _readers_see(post, on_site, withdrawal):
    if live := on_site.live:
        return _("Readers see edition %(number)s, published %(moment)s by %(name)s.") % {
            "number": live.number,
            **who_and_when(live.made_by, live.live_from),
        }
    if post.status == Post.Status.WITHDRAWN and withdrawal:
        return _(
            "Withdrawn %(moment)s by %(name)s: readers are told that it is gone."
        ) % who_and_when(withdrawal.by, withdrawal.due_at or withdrawal.at)
    return _("Readers see nothing yet.")


def hold_sentence(hold):
    """That, when and why something scheduled was held, from its Transition."""
    return _(
        "What was scheduled for %(moment)s was held back when %(name)s saved a change. %(why)s"
    ) % {**who_and_when(hold.by, hold.due_at), "why": hold.note}
