"""Putting breaking banners up, and taking them down."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.post import Post
from ...desk.rights.may_do import may_do, may_somewhere
from ..dates import INSTANT
from ..editions.live_intervals import IntervalQuerySet
from ..fronts.breaking import Breaking
from ..invalidation.invalidate import invalidate
from ..surrogate_keys import SITE_KEY


@transaction.atomic
def put_up(banner: Breaking, *, by: User, now: dt.datetime) -> None:
    """Show a new banner from now on, or change one that has not ended. Raises PermissionDenied,
    for who may not do so with its story, or with the one that it led to."""
    _require_permission(by, "change" if banner.pk else "add", banner.post)
    if banner.pk:
        led_to = _stored(banner).select_related("post").get().post
        _require_permission(by, "change", led_to)
        # Its owner and its beginning stay as they are.
        banner.save(update_fields=["text", "post", "live_until"])
    else:
        banner.owner, banner.live_from = by, now
        banner.save()
    invalidate([SITE_KEY], moments=[banner.live_until])


@transaction.atomic
def take_down(banner: Breaking, *, by: User, now: dt.datetime) -> bool:
    """End a banner now, and return whether it was still up. Raises PermissionDenied."""
    _require_permission(by, "change", banner.post)
    up = _stored(banner).filter(live_until__gt=now)
    begun_at = up.select_for_update().values_list("live_from", flat=True).first()
    if begun_at is None:
        return False
    # Another machine, whose clock is ahead, may have put it up a moment ago.
    up.update(live_until=max(now, begun_at + INSTANT))
    log_action(Verb.HIDE, banner, by=by, now=now)
    invalidate()
    return True


def _stored(banner: Breaking) -> IntervalQuerySet:
    return Breaking.objects.filter(pk=banner.pk)


def _require_permission(user: User, verb: str, post: Post) -> None:
    if message := refusal_of_banner(user, verb, post):
        raise PermissionDenied(message)


def refusal_of_banner(user: User, verb: str, post: Post) -> str:
    """Why somebody may not “add” or “change” a banner that leads to a story, or ""."""
    permission = f"articles.{verb}_breaking"
    if not may_somewhere(user, permission):
        return _("Your role may not publish breaking banners.")
    if not may_do(user, permission, post):
        return _("You have no rights in the section “%s”.") % post.section
    return ""
