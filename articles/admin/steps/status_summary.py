"""What readers see of a post, now and next, in the desk's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...desk.embargo.embargoed import embargo_sentence, is_embargoed
from ...desk.legal_hold.held import hold_sentence as hold_sentence_of
from ...desk.legal_hold.held import is_on_hold
from ...desk.post import Post
from ...desk.stops import stops_of
from ...publishing.dates import FOREVER
from ...publishing.editions.edition import Edition
from ...publishing.editions.live_intervals import is_live
from ...publishing.editions.packing import WORDS
from ..fields.datetime_fields import format_moment


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
    """A status in words, and the key of its colour; what stops a story has an icon, too."""

    key: str
    text: str
    icon: bool = False


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
    return chips + stop_chips(post, now)


def stop_chips(post, now):
    """A legal hold and an embargo, which stand in red wherever the story does."""
    return [Chip(stop.key, stop.text, icon=True) for stop in stops_of(post, now)]


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
    if is_embargoed(post, now):
        lines.append(embargo_sentence(post))
    return lines + hold_lines(post, on_site)


def hold_lines(post, on_site):
    """That a story is on legal hold, and what that means for what readers see."""
    if not is_on_hold(post):
        return []
    lines = [hold_sentence_of(post)]
    if on_site.live:
        lines.append(
            _("Readers go on seeing what they see now: the hold keeps changes from them. ")
            + _("Withdraw it to take it off the site.")
        )
    return lines


def _readers_see(post, on_site, withdrawal):
    if live := on_site.live:
        if live.made_by is None:
            return _("Readers see edition %(number)s, published %(moment)s automatically.") % {
                "number": live.number,
                "moment": format_moment(live.live_from),
            }
        return _("Readers see edition %(number)s, published %(moment)s by %(name)s.") % {
            "number": live.number,
            **who_and_when(live.made_by, live.live_from),
        }
    if post.status == Post.Status.WITHDRAWN and withdrawal:
        return _(
            "Withdrawn %(moment)s by %(name)s: readers are told that it is gone."
        ) % who_and_when(withdrawal.by, withdrawal.due_at or withdrawal.at)
    if post.status == Post.Status.KILL_ASKED:
        return _("Readers do not see it: somebody asked for it to be killed.")
    if post.status == Post.Status.KILLED:
        return _("It was killed for legal reasons. Its addresses tell readers so.")
    return _("Readers see nothing yet.")


def hold_sentence(hold):
    """That, when and why something scheduled was held, from its Transition."""
    return _(
        "What was scheduled for %(moment)s was held back when %(name)s saved a change. %(why)s"
    ) % {**who_and_when(hold.by, hold.due_at), "why": hold.note}
