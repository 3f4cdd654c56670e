"""Who is told of changes, and how: CDNs, and a WebSub hub.

A new kind of destination (webhooks, digests) is one more entry in DESTINATION_KINDS.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from .cdn import purge_cloudflare, purge_fastly, purge_varnish
from .websub import notify_hub

WEBSUB = "websub"


@dataclass(frozen=True)
class DestinationKind:
    """A kind of destination, and how to send surrogate keys to it.

    `send(place, keys, since)` raises DeliveryError; the first key was queued at `since`.
    A CDN is `immediate`: it gets a purge when a change is committed, another at each scheduled
    moment, and each once more after SETTLING_TIME. Others get one notification, when readers can
    see the change and SETTLING_TIME has passed.
    """

    send: Callable[[str, list[str], dt.datetime], None]
    immediate: bool = True


DESTINATION_KINDS = {
    "varnish": DestinationKind(lambda host, keys, since: purge_varnish(host, keys)),
    "fastly": DestinationKind(lambda service, keys, since: purge_fastly(service, keys)),
    "cloudflare": DestinationKind(lambda zone, keys, since: purge_cloudflare(zone, keys)),
    WEBSUB: DestinationKind(lambda _place, keys, since: notify_hub(keys, since), immediate=False),
}


def destinations(*, immediate: bool | None = None) -> list[str]:
    """The destinations that the settings name: all, or those that are immediate or are not."""
    named = [*settings.PURGE, *([WEBSUB] if settings.WEBSUB_HUB else [])]
    return [name for name in named if immediate in {None, kind_of(name).immediate}]


def kind_of(destination: str) -> DestinationKind:
    return DESTINATION_KINDS[destination.partition("://")[0]]


def send(destination: str, keys: list[str], since: dt.datetime) -> None:
    """Tell a destination of these keys, the first queued at `since`. Raises DeliveryError."""
    kind_of(destination).send(destination.partition("://")[2], keys, since)
