"""Invalidation: every change to what readers see has a number, which its surrogate keys are
stamped with."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Subquery

from ..outbox.sender import queue_deliveries
from ..surrogate_keys import SITE_KEY, collapse_keys
from .key_stamps import stamp
from .site_stamp import SiteCount


def invalidate(
    keys: Iterable[str] = (SITE_KEY,),
    moments: Iterable[dt.datetime] = (),
    *,
    visible_now: bool = True,
) -> None:
    """Invalidate every page that carries one of these surrogate keys.

    The single entry point, called in the transaction of the change: bumps the counter, stamps the
    keys with it, and queues what CDNs and hubs are told, for now and for the future moments at
    which the change takes effect. `visible_now` is False for a change that readers see only then.
    Keys and moments may be generators.
    """
    counter = SiteCount.objects.filter(pk=1)
    if not counter.update(count=F("count") + 1):
        SiteCount.objects.get_or_create(pk=1, defaults={"count": 1})
    keys = collapse_keys(keys)
    stamp(keys, Subquery(counter.values("count")))
    queue_deliveries(keys, moments, visible_now=visible_now)
