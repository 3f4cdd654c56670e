"""Putting breaking banners up, and taking them down."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..dates import INSTANT
from ..fronts.breaking import Breaking
from ..invalidation.site_stamp import invalidate
from ..surrogate_keys import SITE_KEY


@transaction.atomic
def put_up(banner, *, by, now):
    """Show a new banner from now on, or change one that has not ended; who made it answers for it.

    Raises PermissionDenied for whose role has no banners.
    """
    _refuse(by, "change" if banner.pk else "add")
    if banner.pk:
        # Who answers for it and since when stay as they are.
        banner.save(update_fields=["text", "post", "live_until"])
    else:
        banner.owner, banner.live_from = by, now
        banner.save()
    invalidate([SITE_KEY], moments=[banner.live_until])


@transaction.atomic
def take_down(banner, *, by, now):
    """End a banner now. Returns whether it was still up. Raises PermissionDenied as put_up."""
    _refuse(by, "change")
    up = Breaking.objects.filter(pk=banner.pk, live_until__gt=now)
    begun_at = up.select_for_update().values_list("live_from", flat=True).first()
    if begun_at is None:
        return False
    # Another machine, whose clock is ahead, may have put it up a moment ago.
    up.update(live_until=max(now, begun_at + INSTANT))
    invalidate()
    return True


def _refuse(user, verb):
    if not user.has_perm(f"articles.{verb}_breaking"):
        raise PermissionDenied(_("Your role does not put up breaking news."))
