"""Purging: telling the caches in front of the site what to forget.

They are told once a change is committed, within a second or so, and again by the next run of
`manage.py send_pings`. The second time is what makes it sure: it comes when a cache was away, when
a scheduled moment has come, and when a page that was being fetched during the change has arrived.
With a replica they are told in between too, when no page is made any more from one that is behind.
"""

import datetime as dt
import logging
import threading
import time
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..database_routing import REPLICA
from ..surrogate_keys import SITE
from .cdn import tell
from .http_client import NotTold
from .purge import Purge

logger = logging.getLogger(__name__)

PATIENCE = 1
"""For how many seconds, at most, an editor waits for all caches together."""

LEFT_ALONE_FOR = 30  # seconds
"""How long a cache that made an editor wait is left to the next run."""

HEARD = 2
"""After how many seconds no page is made any more from a replica without the change: longer than
`replica.ASKED_EVERY`."""

SETTLES = dt.timedelta(seconds=5)
"""For how long after a change a page from before it may still arrive in a cache: it was being
fetched then, or a replica had not heard of the change."""

MOST_KEYS, MOST_ROWS = 200, 1_000
"""When more keys are to be forgotten, everything is; how many changes one run tells of at once."""


def queue_purges(keys, moments):
    """Note down that caches are to forget these keys now, and at moments to come.

    They are told when the transaction of the change is committed. The moments may be a generator;
    they are asked only where there are such caches.
    """
    if not settings.PURGE or not keys:
        return
    moments = [timezone.now(), *moments]
    Purge.objects.bulk_create(
        Purge(cache=cache, keys=" ".join(keys), due_at=moment)
        for cache in settings.PURGE
        for moment in moments
    )
    transaction.on_commit(partial(tell_soon, keys), robust=True)


def deduplicate(keys):
    """These keys in their order, each once; the site's own stands for all when they are many."""
    keys = sorted(set(keys))
    return [SITE] if SITE in keys or len(keys) > MOST_KEYS else keys


def tell_soon(keys):
    """Tell every cache at once, and wait for none longer than PATIENCE."""
    asked = {
        cache: threading.Thread(target=_try, args=(cache, keys), daemon=True)
        for cache in settings.PURGE
        if time.monotonic() - _made_wait.get(cache, float("-inf")) > LEFT_ALONE_FOR
    }
    until = time.monotonic() + PATIENCE
    for thread in asked.values():
        thread.start()
    for cache, thread in asked.items():
        thread.join(max(0, until - time.monotonic()))
        if thread.is_alive():
            _made_wait[cache] = time.monotonic()
            logger.warning("%s takes long to forget pages; it is told again later.", cache)
        elif REPLICA in settings.DATABASES:
            again = threading.Timer(HEARD, _try, args=(cache, keys))
            again.daemon = True
            again.start()


_made_wait = {}


def _try(cache, keys):
    try:
        tell(cache, keys)
    except NotTold as error:
        logger.warning("%s was not told to forget pages, and is again later: %s", cache, error)
        return False
    return True


def purge_due(*, now):
    """Tell the caches of what is due. Returns of how many changes, and of how many once more later.

    What a cache was told stays noted down until it was told once more when all had settled.
    """
    Purge.objects.exclude(cache__in=settings.PURGE).delete()
    told = 0
    for cache in settings.PURGE:
        due = Purge.objects.filter(cache=cache, due_at__lte=now)
        rows = list(due.order_by("due_at", "pk")[:MOST_ROWS])
        if rows and _try(cache, deduplicate(key for row in rows for key in row.keys.split())):
            told += len(rows)
            settled = [row.pk for row in rows if row.due_at <= now - SETTLES]
            Purge.objects.filter(pk__in=settled).delete()
    return told, Purge.objects.filter(due_at__lte=now).count()
