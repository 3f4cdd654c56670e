"""Fetching: the one function of the project that asks other people's servers for something."""

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from .pace import take_turn
from .target import FetchRefused, Target, target_of
from .wire import Clock, as_refusal, ask

PICTURE_LIMIT = 50 * 1024 * 1024
FEED_LIMIT = 10 * 1024 * 1024
MOST_SECONDS = 60
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Fetched:
    """What came: from which address in the end, of which media type, its bytes."""

    url: str
    media_type: str
    body: bytes


def fetch(url: str, *, limit: int, hosts: set[str] | None = None) -> Fetched:
    """What is at an http(s) address of a public host, at most `limit` bytes of it, unpacked.

    With `hosts`, from these only, redirects included. Nothing of ours is sent: no cookies, no
    names. Raises FetchRefused with one sentence that says why.
    """
    clock = Clock(time.monotonic() + MOST_SECONDS)
    for _redirect in range(MOST_REDIRECTS + 1):
        target = target_of(url)
        if hosts is not None and target.host not in hosts:
            raise FetchRefused(_("“%s” is not a host that was named.") % target.host)
        take_turn(target.host)
        connection, response = ask(target, clock)
        with connection, response:
            if response.status not in REDIRECTS:
                return Fetched(url, _media_type(response), _body(response, target, limit))
            url = _redirected(url, response.getheader("Location") or "")
    raise FetchRefused(_("The address leads on more than %d times.") % MOST_REDIRECTS)


def _redirected(url: str, location: str) -> str:
    """Where a redirect leads. Raises FetchRefused when it leads from https to http, or nowhere."""
    try:
        onward = urljoin(url, location)
    except ValueError:
        onward = ""
    if not location or not onward:
        raise FetchRefused(_("The address leads on to nowhere."))
    if url.lower().startswith("https:") and not onward.lower().startswith("https:"):
        raise FetchRefused(_("The address leads from https to http."))
    return onward


def _media_type(response: HTTPResponse) -> str:
    return (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()


def _body(response: HTTPResponse, target: Target, limit: int) -> bytes:
    """All bytes of an answer. Raises FetchRefused for any other answer than 200."""
    if response.status != 200:
        sentence = _("“%(host)s” answers %(status)d.") % _said(target, response)
        raise FetchRefused(sentence, response.status)
    parts, size = [], 0
    try:
        for part in _unpacked(response):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise FetchRefused(_("It is larger than %d MB.") % (limit // 1024**2))
    except (OSError, HTTPException, zlib.error) as error:
        raise as_refusal(error, target) from error
    return b"".join(parts)


def _said(target: Target, response: HTTPResponse) -> dict[str, object]:
    return {"host": target.host, "status": response.status}


def _unpacked(response: HTTPResponse) -> Iterator[bytes]:
    """The bytes of an answer, unpacked in steps, so that a bomb is noticed early."""
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise FetchRefused(_("The answer is packed in a way that was not asked for."))
    if packing == "identity":
        while chunk := response.read(CHUNK):
            yield chunk
        if response.length:
            raise HTTPException("cut off")
        return
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    while not unpacker.eof and (chunk := response.read(CHUNK)):
        waiting = chunk
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, CHUNK)
            waiting = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise HTTPException("cut off")
