"""Where a post stands: what readers see of it now and next, and how the desk says so."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...desk.post import Post
from ...publishing.dates import FOREVER
from ...publishing.editions.edition import Edition
from ..datetime_fields import said


@dataclass(frozen=True)
class Standing:
    """What readers see of a post at a moment, and what is scheduled after it."""

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
    """A state in words, and the key of its colour."""

    key: str
    text: str


def current_editions(now):
    """The editions that are live or still to come, without their long texts."""
    return (
        Edition.objects.filter(live_until__gt=now)
        .defer("document", "body")
        .select_related("made_by")
        .order_by("number")
    )


def standing(editions, now):
    """Where a post with these current editions stands."""
    live = [edition for edition in editions if edition.live_from <= now < edition.live_until]
    pending = [edition for edition in editions if edition.live_from > now]
    return Standing(live[-1] if live else None, pending[-1] if pending else None)


def chips(post, where, now):
    """The states of a post, as the list and the form show them."""
    found = [_state(post, where)]
    if where.live and where.pending:
        found.append(
            Chip("scheduled", _("Update scheduled for %s") % said(where.pending.live_from))
        )
    if where.live and post.has_unpublished_changes:
        found.append(Chip("changed", _("Changed since publication")))
    if post.embargo_until and post.embargo_until > now:
        found.append(Chip("embargoed", _("Embargoed until %s") % said(post.embargo_until)))
    return found


def _state(post, where):
    if where.ends_at:
        return Chip("live", _("Live until %s") % said(where.ends_at))
    if where.live:
        return Chip("live", _("Live"))
    if where.pending:
        return Chip("scheduled", _("Scheduled for %s") % said(where.pending.live_from))
    if post.status == Post.Status.PUBLISHED:
        return Chip("withdrawn", _("Published, but not on the site"))
    return Chip(post.status, post.get_status_display())


def name_of(user):
    """A person's name, for a sentence."""
    if user is None:
        return _("a command")
    return user.get_full_name() or user.get_username()


def sentences(post, where, last, now):
    """What readers see, in plain sentences; `last` is the newest log entry of a withdrawal."""
    lines = [_readers_see(post, where, last)]
    if where.pending:
        lines.append(
            _("Edition %(number)s is scheduled for %(moment)s by %(name)s.")
            % {
                "number": where.pending.number,
                "moment": said(where.pending.live_from),
                "name": name_of(where.pending.made_by),
            }
        )
    if where.ends_at:
        lines.append(_("It will be withdrawn on %s.") % said(where.ends_at))
    if post.has_unpublished_changes and (where.live or where.pending):
        lines.append(_("You have changes that are in no edition yet."))
    if post.embargo_until and post.embargo_until > now:
        note = f" ({post.embargo_note})" if post.embargo_note else ""
        lines.append(
            _("Embargoed until %(moment)s%(note)s.")
            % {"moment": said(post.embargo_until), "note": note}
        )
    return lines


def held_back(line):
    """A sentence on what was scheduled and held back, from its line in the log."""
    said_of = _(
        "What was scheduled for %(moment)s was held back when %(name)s saved a change. %(why)s"
    )
    return said_of % {
        "moment": said(line.due_at),
        "name": name_of(line.by),
        "why": line.note,
    }


def _readers_see(post, where, last):
    if where.live:
        return _("Readers see edition %(number)s, published %(moment)s by %(name)s.") % {
            "number": where.live.number,
            "moment": said(where.live.live_from),
            "name": name_of(where.live.made_by),
        }
    if post.status == Post.Status.WITHDRAWN and last:
        return _("Withdrawn %(moment)s by %(name)s: readers are told that it is gone.") % {
            "moment": said(last.due_at or last.at),
            "name": name_of(last.by),
        }
    return _("Readers see nothing yet.")
