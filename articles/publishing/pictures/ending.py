"""Pictures whose rights end."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ...library.photo import Photo
from .where_used import desk_uses, live_uses


def pictures_ending(
    within_days: int, *, today: dt.date | None = None, now: dt.datetime | None = None
) -> QuerySet[Photo]:
    """Pictures in use whose rights end within so many days, or have ended while readers still see
    them; the first to end first."""
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    last = today + dt.timedelta(days=within_days)
    used = live = Q(Exists(live_uses(OuterRef("pk"), now)))
    for uses in desk_uses(OuterRef("pk")):
        used |= Q(Exists(uses))
    ending = Q(rights_until__gte=today) & used
    return (
        Photo.objects.in_library()
        .filter(rights_until__lte=last)
        .filter(ending | live)
        .order_by("rights_until", "pk")
    )
