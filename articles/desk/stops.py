"""What stops a story on its way to readers, in few words, wherever the desk shows the story."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..library.date_formats import format_moment
from .embargo.embargoed import is_embargoed
from .legal_hold.held import is_on_hold
from .post import Post

STOP_FIELDS = ("embargo_until", "embargo_open_ended", "embargo_note", "held_at", "hold_reason")
"""The columns of a post that say what stops it."""


class Stop(NamedTuple):
    """A hold or an embargo: `key` is that of its colour and its icon, `text` says it."""

    key: str
    text: str


def stops_of(post: Post, now: dt.datetime) -> list[Stop]:
    """What stops a story at a moment."""
    stops = [Stop("held", _("On legal hold"))] if is_on_hold(post) else []
    if is_embargoed(post, now):
        stops.append(Stop("embargoed", embargo_words(post)))
    return stops


def embargo_words(post: Post) -> str:
    if post.embargo_until is None:
        return _("Embargoed until further notice")
    return _("Embargoed until %s") % format_moment(post.embargo_until)
