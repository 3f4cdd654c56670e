"""Putting breaking banners up, and taking them down."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ..dates import INSTANT
from ..fronts.breaking import Breaking
from ..invalidation.invalidate import invalidate
from ..surrogate_keys import SITE_KEY


@transaction.atomic
def put_up(banner: Breaking, *, by: User, now: dt.datetime) -> None:
    """Show a new banner from now on, or change one that has not ended. Raises PermissionDenied."""
    _require_permission(by, "change" if banner.pk else "add")
    if banner.pk:
        # Its owner and its beginning stay as they are.
        banner.save(update_fields=["text", "post", "live_until"])
    else:
        banner.owner, banner.live_from = by, now
        banner.save()
    invalidate([SITE_KEY], moments=[banner.live_until])


@transaction.atomic
def take_down(banner: Breaking, *, by: User, now: dt.datetime) -> bool:
    """End a banner now, and return whether it was still up. Raises PermissionDenied."""
    _require_permission(by, "change")
    up = Breaking.objects.filter(pk=banner.pk, live_until__gt=now)
    begun_at = up.select_for_update().values_list("live_from", flat=True).first()
    if begun_at is None:
        return False
    # Another machine, whose clock is ahead, may have put it up a moment ago.
    up.update(live_until=max(now, begun_at + INSTANT))
    log_action(Verb.HIDE, banner, by=by, now=now)
    invalidate()
    return True


def _require_permission(user: User, verb: str) -> None:
    if not user.has_perm(f"articles.{verb}_breaking"):
        raise PermissionDenied(_("Your role may not publish breaking banners."))
