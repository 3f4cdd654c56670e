"""Whether a story is embargoed. Whatever could let out its words asks here."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.date_formats import format_moment
from ..post import Post

BREAK_EMBARGO = "articles.break_embargo"
"""The permission to let a story out before its embargo ends."""


def is_embargoed(post: Post, at: dt.datetime | None = None) -> bool:
    """Whether nothing of a story may be public at a moment (now, unless told otherwise)."""
    if post.embargo_open_ended:
        return True
    return post.embargo_until is not None and (at or timezone.now()) < post.embargo_until


def embargoed(at: dt.datetime | None = None, of: str = "") -> Q:
    """The same for a query of posts, or of rows that name one: `of` is then "post__"."""
    until = Q(**{f"{of}embargo_until__gt": at or timezone.now()})
    return until | Q(**{f"{of}embargo_open_ended": True})


def embargo_sentence(post: Post) -> str:
    """“Embargoed until 14 December 2016, 18:00 (the ministry).”"""
    note = f" ({post.embargo_note})" if post.embargo_note else ""
    if post.embargo_until is None:
        return _("Embargoed until further notice%s.") % note
    moment = format_moment(post.embargo_until)
    return _("Embargoed until %(moment)s%(note)s.") % {"moment": moment, "note": note}
