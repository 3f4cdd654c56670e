"""Embargoes: the time before which nothing of a story may be public."""

import datetime as dt

from django.utils.translation import gettext as _

from ...desk.embargo.embargoed import is_embargoed
from ...desk.post import Post
from ...library.date_formats import format_moment


def embargo_refusals(post: Post, at: dt.datetime) -> list[str]:
    """Why the embargo keeps a post from readers at a moment: a list with at most one sentence."""
    if not is_embargoed(post, at):
        return []
    note = f" ({post.embargo_note})" if post.embargo_note else ""
    if post.embargo_until is None:
        said = _("This story is embargoed until further notice%s, so it has no hour to go out yet.")
        return [said % note]
    said = _("This story is embargoed until %(moment)s%(note)s. Schedule it for then or later.")
    return [said % {"moment": format_moment(post.embargo_until), "note": note}]
