"""Telling a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/)."""

import urllib.parse

from .http_client import ask


def ping(hub, topics):
    """Tell the hub that the feeds at these whole addresses have changed. Raises NotTold."""
    body = urllib.parse.urlencode({"hub.mode": "publish", "hub.url": topics}, doseq=True)
    ask(hub, body=body.encode())
