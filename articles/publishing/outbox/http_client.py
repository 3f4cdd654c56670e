"""Asking servers elsewhere: over HTTP, with a bound on time, and never following them anywhere."""

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

TIMEOUT = 10
"""How many seconds a server has to answer."""


class NotTold(Exception):
    """A server could not be reached, or would not listen."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A server is where the settings say; it does not send us elsewhere."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_Stay)
_straight = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))


def ask(address, *, method="POST", body=None, headers=None, near=False):
    """Ask a server for what an address and a method say. Raises NotTold.

    `near` is for a server of our own: it is asked straight, whatever proxy leads outside.
    """
    if urllib.parse.urlsplit(address).scheme not in {"http", "https"}:
        raise NotTold(f"{address} is no http(s) address")
    opener = _straight if near else _opener
    try:
        request = urllib.request.Request(  # noqa: S310
            address, data=body, method=method, headers=headers or {}
        )
        with opener.open(request, timeout=TIMEOUT) as response:
            response.read(1)
    except (OSError, ValueError, HTTPException) as error:
        raise NotTold(str(error) or type(error).__name__) from error
