"""Notifying a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/)."""

import datetime as dt
import urllib.parse
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..editions.edition import Edition, EditionQuerySet
from ..editions.listing import AuthorListing, TopicListing
from ..surrogate_keys import LISTS_KEY, SITE_KEY, numbers_in
from ..urls import absolute, feed_paths
from .http_client import DeliveryError, send_request

LOOKBACK = dt.timedelta(hours=1)
"""Stories loaded in bulk may have gone live this long before their change was committed."""

URLS_PER_REQUEST = 90


def notify_hub(keys: list[str], since: dt.datetime) -> None:
    """Notify the hub of the feeds that carry these surrogate keys, queued since then.

    Some of them may not have changed: the hub fetches and compares them.
    Raises DeliveryError.
    """
    if not settings.SITE_URL:
        raise DeliveryError("NEWSROOM_SITE_URL is not set")
    urls = [absolute(path) for path in changed_feeds(set(keys), since)]
    for start in range(0, len(urls), URLS_PER_REQUEST):
        ping(settings.WEBSUB_HUB, urls[start : start + URLS_PER_REQUEST])


def ping(hub: str, urls: list[str]) -> None:
    """Tell a hub that these feeds (absolute URLs) have changed. Raises DeliveryError."""
    body = urllib.parse.urlencode({"hub.mode": "publish", "hub.url": urls}, doseq=True)
    send_request(hub, body=body.encode())


def changed_feeds(keys: set[str], since: dt.datetime) -> Iterator[str]:
    """The paths of the feeds that carry one of these keys.

    The key of the whole site stands for the site's feed and for those of the sections, topics and
    authors with a story that went live or ended since.
    """
    if keys & {SITE_KEY, LISTS_KEY}:
        yield from feed_paths("feed")
    editions = Edition.objects.none()
    if SITE_KEY in keys:
        editions = editions_changed_between(since - LOOKBACK, timezone.now())
    topics = TopicListing.objects.filter(edition__in=editions.values("pk"))
    authors = AuthorListing.objects.filter(edition__in=editions.values("pk"))
    for kind, rows, changed in (
        ("section", Section.objects.all(), editions.values("section")),
        ("topic", Topic.objects.all(), topics.values("topic")),
        ("author", Author.objects.all(), authors.values("author")),
    ):
        found = rows.filter(Q(pk__in=numbers_in(keys, kind)) | Q(pk__in=changed)).order_by("slug")
        for slug in found.values_list("slug", flat=True):
            yield from feed_paths(f"{kind}_feed", slug)


def editions_changed_between(start: dt.datetime, end: dt.datetime) -> EditionQuerySet:
    """Editions that went live or ended in this time."""
    went_live = Q(live_from__gt=start, live_from__lte=end)
    ended = Q(live_until__gt=start, live_until__lte=end)
    return Edition.objects.filter(went_live | ended).order_by()
