"""Telling a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/)."""

import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 10
"""How many seconds a hub has to answer."""


class NotTold(Exception):
    """The hub could not be reached, or would not listen."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A hub is where the settings say; it does not send us elsewhere."""

    def redirect_request(self, *args, **kwargs):
        return None


_opener = urllib.request.build_opener(_Stay)


def ping(hub, topics):
    """Tell the hub that the feeds at these whole addresses have changed. Raises NotTold."""
    if urllib.parse.urlsplit(hub).scheme not in {"http", "https"}:
        raise NotTold(f"{hub} is no http(s) address")
    body = urllib.parse.urlencode({"hub.mode": "publish", "hub.url": topics}, doseq=True)
    request = urllib.request.Request(hub, data=body.encode(), method="POST")  # noqa: S310
    try:
        with _opener.open(request, timeout=TIMEOUT) as response:
            response.read(1)
    except (OSError, ValueError) as error:
        raise NotTold(str(error)) from error
