"""Sending what is in the outbox: at once after a commit, and by the minute command.

CDNs get a purge within about a second of the commit, and a second one from the next run of the
command. The second purge covers a CDN that was down, a scheduled moment that has come, and a page
that the CDN was fetching during the change. With a replica there is another one in between, once
no page is made from an outdated replica any more.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..database_routing import REPLICA
from ..dates import FOREVER
from ..editions.edition import Edition
from ..surrogate_keys import SITE_KEY, collapse_keys
from .delivery import Delivery
from .destinations import destinations, kind_of, send
from .http_client import DeliveryError

logger = logging.getLogger(__name__)

MAX_WAIT = 1
"""Seconds that an editor waits, at most, for all CDNs together."""

SLOW_PAUSE = 30
"""Seconds for which a CDN that made an editor wait is left to the minute command."""

REPLICA_CATCH_UP = 2
"""Seconds until every process skips a replica that lacks the change; longer than
`replica.POLL_INTERVAL`."""

SETTLING_TIME = dt.timedelta(seconds=5)
"""For how long after a change a CDN may still store an old page, because it was just fetching the
page or because a replica lagged."""

MAX_ROWS = 1_000
"""Rows that one run sends to a destination."""

FIRST_RETRY, LAST_RETRY = dt.timedelta(seconds=30), dt.timedelta(minutes=5)
"""The wait after a failure doubles from the one to the other."""

ABANDONED_AFTER = dt.timedelta(days=1)
"""The age at which rows are deleted whose destination is not in the settings. Not sooner: another
machine may already run the next release, with a destination that this one does not know."""


def queue_deliveries(
    keys: list[str], moments: Iterable[dt.datetime], *, visible_now: bool = True
) -> None:
    """Queue deliveries of these keys to every destination, for now and for future moments.

    CDNs get theirs when the transaction commits. `visible_now` is False if readers see no change
    before those moments. The moments may be a generator, which is read only if there is a
    destination.
    """
    if not keys or not destinations():
        return
    now, moments = timezone.now(), list(moments)
    Delivery.objects.bulk_create(
        Delivery(destination=destination, keys=" ".join(keys), due_at=moment)
        for destination in destinations()
        for moment in ([now] if visible_now or kind_of(destination).immediate else []) + moments
    )
    transaction.on_commit(partial(send_immediately, keys), robust=True)


def send_immediately(keys: list[str]) -> None:
    """Tell every CDN, all at the same time, waiting no longer than MAX_WAIT."""
    threads = {
        cdn: threading.Thread(target=try_sending, args=(cdn, keys), daemon=True)
        for cdn in destinations(immediate=True)
        if time.monotonic() - _slow_at.get(cdn, float("-inf")) > SLOW_PAUSE
    }
    deadline = time.monotonic() + MAX_WAIT
    for thread in threads.values():
        thread.start()
    for cdn, thread in threads.items():
        thread.join(max(0, deadline - time.monotonic()))
        if thread.is_alive():
            _slow_at[cdn] = time.monotonic()
            logger.warning("%s is slow to purge; the minute command will retry.", cdn)
        elif REPLICA in settings.DATABASES:
            again = threading.Timer(REPLICA_CATCH_UP, try_sending, args=(cdn, keys))
            again.daemon = True
            again.start()


_slow_at: dict[str, float] = {}


def try_sending(destination: str, keys: list[str], since: dt.datetime | None = None) -> bool:
    """Whether the destination could be told of these keys; a failure is logged."""
    try:
        send(destination, keys, since or timezone.now())
    except DeliveryError as error:
        logger.warning("%s could not be told of changes; will retry: %s", destination, error)
        return False
    return True


def send_due(*, now: dt.datetime) -> dict[str, tuple[int, int]]:
    """Send what is due: {destination: (rows sent, rows that a later run sends)}.

    Safe to run at any time, and on several machines.
    """
    Delivery.objects.filter(due_at__lt=now - ABANDONED_AFTER).exclude(
        destination__in=destinations()
    ).delete()
    queue_unannounced_moments(now=now)
    return {destination: _send_due_to(destination, now=now) for destination in destinations()}


def _send_due_to(destination: str, *, now: dt.datetime) -> tuple[int, int]:
    """Send a destination its due rows; delete each only once it was sent after SETTLING_TIME."""
    settled_before, rows = now - SETTLING_TIME, Delivery.objects.filter(destination=destination)
    due_before = now if kind_of(destination).immediate else settled_before
    batch = list(rows.filter(due_at__lte=due_before).order_by("due_at", "pk")[:MAX_ROWS])
    sent = 0
    # If the oldest row still waits for its retry, the destination is down, so send nothing.
    if batch and not (batch[0].retry_at and batch[0].retry_at > now):
        keys = collapse_keys(key for row in batch for key in row.keys.split())
        if try_sending(destination, keys, since=batch[0].due_at):
            sent = len(batch)
            settled = [row.pk for row in batch if row.due_at <= settled_before]
            rows.filter(pk__in=settled).delete()
        else:
            wait = min(FIRST_RETRY * 2 ** min(batch[0].tries, 10), LAST_RETRY)
            failed = rows.filter(pk__in=[row.pk for row in batch])
            failed.update(tries=F("tries") + 1, retry_at=now + wait)
    return sent, rows.filter(due_at__lte=now).count()


def queue_unannounced_moments(*, now: dt.datetime) -> None:
    """Queue the scheduled moments for which a hub has no row, because the hub was configured later
    or the previous release scheduled them."""
    for destination in destinations(immediate=False):
        queued = Delivery.objects.filter(destination=destination, due_at__gt=now)
        missing = scheduled_moments(now=now) - set(queued.values_list("due_at", flat=True))
        Delivery.objects.bulk_create(
            Delivery(destination=destination, keys=SITE_KEY, due_at=moment) for moment in missing
        )


def scheduled_moments(*, now: dt.datetime) -> set[dt.datetime]:
    """The moments after now at which editions go live or end."""
    scheduled = Q(live_from__gt=now) | Q(live_until__gt=now, live_until__lt=FOREVER)
    intervals = Edition.objects.filter(scheduled).order_by().values_list("live_from", "live_until")
    return {moment for interval in intervals for moment in interval if now < moment < FOREVER}


def overdue_seconds(now: dt.datetime) -> int:
    """For how many seconds the oldest delivery has been due; 0 if none is.

    `/readyz` reports it, because readers do not notice a late delivery but operators should.
    """
    oldest = [
        Delivery.objects.filter(destination=destination, due_at__lte=now - SETTLING_TIME)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
        for destination in destinations()
    ]
    return max((int((now - due_at).total_seconds()) for due_at in oldest if due_at), default=0)
