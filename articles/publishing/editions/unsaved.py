"""Editions that are not stored: a post as readers would see it, for previews."""

import datetime as dt

from django.utils.translation import gettext as _

from ...desk.post import Post
from ...library.section import Section
from .document import Parts, compose
from .edition import Edition
from .freeze import freeze


def unsaved_edition(post: Post, now: dt.datetime, document: dict | None = None) -> Edition:
    """An unsaved edition of a post or of one of its documents, whatever is missing in it."""
    before = post.editions.order_by("-number").first()
    edition = freeze(
        post,
        document or compose(post, Parts([post])),
        number=before.number + 1 if before else 1,
        live_from=now,
        now=now,
        before=before,
    )
    edition.headline = edition.headline or _("(no headline yet)")
    edition.slug = edition.slug or "preview"
    if edition.section_id is None:
        edition.section = Section(name=_("(no section yet)"), slug="preview")
    return edition
