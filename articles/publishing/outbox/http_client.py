"""HTTP requests to other servers: bounded in time, and never redirected."""

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any

TIMEOUT = 10  # seconds


class DeliveryError(Exception):
    """A server could not be reached, or refused."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirects, because only the settings may decide which servers we contact."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)
_direct_opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def send_request(
    url: str,
    *,
    method: str = "POST",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    bypass_proxy: bool = False,
) -> None:
    """Send a request and discard the response. Raises DeliveryError.

    `bypass_proxy` is for servers of our own, which the outgoing proxy may not reach.
    """
    if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
        raise DeliveryError(f"{url} is no http(s) URL")
    opener = _direct_opener if bypass_proxy else _opener
    try:
        request = urllib.request.Request(  # noqa: S310
            url, data=body, method=method, headers=headers or {}
        )
        with opener.open(request, timeout=TIMEOUT) as response:
            response.read(1)
    except (OSError, ValueError, HTTPException) as error:
        raise DeliveryError(str(error) or type(error).__name__) from error
