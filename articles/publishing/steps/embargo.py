"""Embargoes: the time before which nothing of a story may be public."""

import datetime as dt

from django.utils.translation import gettext as _

from ...desk.post import Post
from ...library.date_formats import format_moment


def embargo_refusals(post: Post, at: dt.datetime) -> list[str]:
    """Why the embargo keeps a post from readers at a moment: a list with at most one sentence."""
    if not post.embargo_until or at >= post.embargo_until:
        return []
    said = _("This story is embargoed until %(moment)s%(note)s. Schedule it for then or later.")
    return [
        said
        % {
            "moment": format_moment(post.embargo_until),
            "note": f" ({post.embargo_note})" if post.embargo_note else "",
        }
    ]
