"""The caches in front of the site, and how each kind is told to forget pages by their keys."""

import json

from django.conf import settings

from .http_client import ask

FASTLY, CLOUDFLARE = "https://api.fastly.com", "https://api.cloudflare.com"
CLOUDFLARE_AT_ONCE = 30
"""How many tags Cloudflare takes in one call."""


def tell(cache, keys):
    """Tell a cache (as NEWSROOM_PURGE names it) to forget all with one of these keys.

    Raises NotTold.
    """
    kind, _colon, place = cache.partition("://")
    KINDS[kind](place, keys)


def tell_varnish(place, keys):
    """As `deploy/varnish.vcl` listens."""
    headers = {"Surrogate-Key": " ".join(keys)}
    ask(f"http://{place}/", method="PURGE", headers=headers, near=True)


def tell_fastly(service, keys):
    """https://www.fastly.com/documentation/reference/api/purging/ (at most 256 keys)."""
    headers = {"Surrogate-Key": " ".join(keys), "Fastly-Key": settings.FASTLY_TOKEN}
    ask(f"{FASTLY}/service/{service}/purge", headers=headers)


def tell_cloudflare(zone, keys):
    """https://developers.cloudflare.com/api/resources/cache/methods/purge/."""
    headers = {
        "Authorization": f"Bearer {settings.CLOUDFLARE_TOKEN}",
        "Content-Type": "application/json",
    }
    for start in range(0, len(keys), CLOUDFLARE_AT_ONCE):
        tags = {"tags": keys[start : start + CLOUDFLARE_AT_ONCE]}
        address = f"{CLOUDFLARE}/client/v4/zones/{zone}/purge_cache"
        ask(address, body=json.dumps(tags).encode(), headers=headers)


KINDS = {"varnish": tell_varnish, "fastly": tell_fastly, "cloudflare": tell_cloudflare}
