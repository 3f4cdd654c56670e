"""How each kind of CDN is told to purge pages by their surrogate keys. All raise DeliveryError."""

import json

from django.conf import settings

from .http_client import send_request

FASTLY_API, CLOUDFLARE_API = "https://api.fastly.com", "https://api.cloudflare.com"
CLOUDFLARE_TAGS_PER_CALL = 30


def purge_varnish(host: str, keys: list[str]) -> None:
    """As `deploy/varnish.vcl` expects it."""
    headers = {"Surrogate-Key": " ".join(keys)}
    send_request(f"http://{host}/", method="PURGE", headers=headers, bypass_proxy=True)


def purge_fastly(service: str, keys: list[str]) -> None:
    """https://www.fastly.com/documentation/reference/api/purging/ (at most 256 keys)."""
    headers = {"Surrogate-Key": " ".join(keys), "Fastly-Key": settings.FASTLY_TOKEN}
    send_request(f"{FASTLY_API}/service/{service}/purge", headers=headers)


def purge_cloudflare(zone: str, keys: list[str]) -> None:
    """https://developers.cloudflare.com/api/resources/cache/methods/purge/."""
    headers = {
        "Authorization": f"Bearer {settings.CLOUDFLARE_TOKEN}",
        "Content-Type": "application/json",
    }
    for start in range(0, len(keys), CLOUDFLARE_TAGS_PER_CALL):
        tags = {"tags": keys[start : start + CLOUDFLARE_TAGS_PER_CALL]}
        url = f"{CLOUDFLARE_API}/client/v4/zones/{zone}/purge_cache"
        send_request(url, body=json.dumps(tags).encode(), headers=headers)
