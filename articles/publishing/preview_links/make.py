"""Making a preview link, and revoking it."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.post import Post
from ...desk.preview_links.preview_link import PreviewLink
from ...desk.preview_links.rules import may_handle, may_share, refusal_to_share
from ...desk.workflow import Refusal
from ..steps.checkpoint import Reason, keep
from ..steps.step import lock_post
from .clean import clean_fields

USUAL_DAYS, MOST_DAYS = 7, 90
MOST_LINKS = 50
"""Links of one story that open at a time."""


@transaction.atomic
def make_link(
    post: Post,
    *,
    by: User,
    for_whom: str = "",
    days: int = USUAL_DAYS,
    this_version: bool = False,
    may_note: bool = True,
    may_approve: bool = False,
    now: dt.datetime | None = None,
) -> PreviewLink:
    """Make an address at which somebody outside sees a story, as it will be saved last or, with
    `this_version`, as it is saved now.

    Raises PermissionDenied or Refusal.
    """
    post, now = lock_post(post), now or timezone.now()
    if not may_share(post, by):
        raise PermissionDenied(_("You may not share previews of this story."))
    if reason := refusal_to_share(post, by, now):
        raise Refusal(reason)
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_("A link ends after at least one and at most %s days.") % MOST_DAYS)
    if post.preview_links.current(now).count() >= MOST_LINKS:
        raise Refusal(_("This story has %s links. Revoke some first.") % MOST_LINKS)
    if this_version:
        keep(post, now=now, reason=Reason.STEP)
    link = PreviewLink(
        post=post,
        for_whom=for_whom,
        version=post.version if this_version else None,
        may_note=may_note,
        may_approve=may_approve,
        made_by=by,
        made_at=now,
        ends_at=now + dt.timedelta(days=days),
    )
    clean_fields(link, "for_whom")
    link.save()
    log_action(Verb.SHARE, link, by=by, note=str(post), now=now)
    return link


@transaction.atomic
def revoke_link(link: PreviewLink, *, by: User, now: dt.datetime | None = None) -> PreviewLink:
    """Have a link open for nobody any more. One that is revoked already stays as it is.

    Raises PermissionDenied.
    """
    rows = PreviewLink.objects.select_for_update(of=("self",)).select_related("post")
    link = rows.get(pk=link.pk)
    if not may_handle(link, by):
        raise PermissionDenied(_("This link is a colleague's."))
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = now or timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        log_action(Verb.REVOKE, link, by=by, note=str(link.post), now=link.revoked_at)
    return link
