"""Opening a preview link: whether it opens now, that it was opened, and what it shows."""

import datetime as dt

from django.db import transaction

from ...desk.preview_links.preview_link import PreviewLink, key_in
from ...desk.preview_links.rules import closed_because
from ..editions.edition import Edition
from ..editions.unsaved import unsaved_edition
from ..steps.checkpoint import Reason, keep
from ..steps.restore import apply_document
from ..steps.step import lock_post

MOST_TOLD = 50
"""Openings that are listed; of older ones only the number is kept."""


@transaction.atomic
def open_link(
    token: str, *, now: dt.datetime, browser: str | None = None, lock: bool = False
) -> PreviewLink | None:
    """The link with this token in its address, or None if it opens for nobody.

    An opening in a `browser` is counted. `lock` keeps the link until the transaction ends.
    """
    if not (key := key_in(token)):
        return None
    rows = PreviewLink.objects.with_people()
    if lock or browser is not None:
        rows = rows.select_for_update(of=("self",))
    link = rows.filter(key=key).first()
    if link is None or closed_because(link, now):
        return None
    if browser is not None:
        link.openings += 1
        link.last_openings = [[now.isoformat(), browser], *link.last_openings][:MOST_TOLD]
        link.save(update_fields=["openings", "last_openings"])
    return link


def shown_edition(link: PreviewLink, *, now: dt.datetime) -> Edition | None:
    """What a link shows, as an edition that is not stored; None if its version is gone.

    What is shown to somebody who may approve it is kept, so that it is known what that was.
    """
    post = link.post
    if link.version is None:
        if link.may_approve:
            with transaction.atomic():
                post = lock_post(post)
                keep(post, now=now, reason=Reason.STEP)
                return unsaved_edition(post, now)
        return unsaved_edition(post, now)
    document = kept_document(link)
    if document is None:
        return None
    apply_document(post, document)
    edition = unsaved_edition(post, now, document)
    edition.version = link.version
    return edition


def kept_document(link: PreviewLink) -> dict | None:
    """The document of the one version that a link shows."""
    for rows in (link.post.checkpoints, link.post.editions):
        if kept := rows.filter(version=link.version).order_by("pk").first():
            return kept.document
    return None
