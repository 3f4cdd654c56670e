"""Answers with parts of a file (RFC 9110, section 14): players ask for what they play next."""

import re
import secrets
from collections.abc import Iterator
from typing import IO, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK = 256 * 1024
MOST_RANGES = 8
"""Whoever asks for more gets the whole."""
RANGE = re.compile(r"(?=-?\d)(\d{0,18})-(\d{0,18})", re.ASCII)


class Part(NamedTuple):
    """Bytes of a file, both ends among them."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def of(self, size: int) -> str:
        return f"bytes {self.first}-{self.last}/{size}"


def ranged_response(
    request: HttpRequest, file: IO[bytes], size: int, media_type: str, *, etag: str
) -> HttpResponseBase:
    """A file, or the parts of it that a request asks for. The file is closed with the answer."""
    response = _response(request, file, size, media_type, etag)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def _response(
    request: HttpRequest, file: IO[bytes], size: int, media_type: str, etag: str
) -> HttpResponseBase:
    if etag in re.split(r"\s*,\s*", request.headers.get("If-None-Match", "").replace("W/", "")):
        return HttpResponseNotModified()
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type, headers={"Content-Length": str(size)})
    parts = parts_asked(request, size, etag)
    if parts is None:
        return _sent(file, [Part(0, size - 1)] if size else [], media_type, size)
    if not parts:
        refused = HttpResponse(status=416, content_type="text/plain")
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    if len(parts) > 1:
        return _several(file, parts, media_type, size)
    response = _sent(file, parts, media_type, parts[0].length)
    response.status_code = 206
    response["Content-Range"] = parts[0].of(size)
    return response


def parts_asked(request: HttpRequest, size: int, etag: str) -> list[Part] | None:
    """The parts that a request asks for: none that there is for [], the whole for None."""
    unit, _, asked = request.headers.get("Range", "")[:1_000].partition("=")
    ranges = [RANGE.fullmatch(each.strip()) for each in asked.split(",")]
    # A date never fits: a file that has another content has another name.
    is_same = request.headers.get("If-Range", etag) == etag
    if unit != "bytes" or len(ranges) > MOST_RANGES or not all(ranges) or not is_same:
        return None
    parts = [part for each in ranges if each and (part := _part(each[1], each[2], size))]
    return None if sum(part.length for part in parts) > size else parts


def _part(first: str, last: str, size: int) -> Part | None:
    """What `first-last` asks of a file; without the first, so many bytes at its end."""
    if not first:
        wanted = min(int(last or 0), size)
        return Part(size - wanted, size - 1) if wanted else None
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return Part(start, end) if start <= end else None


def _sent(
    file: IO[bytes], parts: list[Part], media_type: str, length: int
) -> StreamingHttpResponse:
    chunks = (chunk for part in parts for chunk in _chunks(file, part))
    response = StreamingHttpResponse(chunks, content_type=media_type)
    response["Content-Length"] = str(length)
    return response


def _several(
    file: IO[bytes], parts: list[Part], media_type: str, size: int
) -> StreamingHttpResponse:
    """Several parts in one answer, each with a head of its own."""
    boundary = secrets.token_hex(12)
    heads = [
        f"\r\n--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {part.of(size)}\r\n\r\n"
        for part in parts
    ]
    end = f"\r\n--{boundary}--\r\n"

    def written() -> Iterator[bytes]:
        for head, part in zip(heads, parts, strict=True):
            yield head.encode()
            yield from _chunks(file, part)
        yield end.encode()

    response = StreamingHttpResponse(
        written(), status=206, content_type=f"multipart/byteranges; boundary={boundary}"
    )
    length = sum(map(len, heads)) + sum(part.length for part in parts) + len(end)
    response["Content-Length"] = str(length)
    return response


def _chunks(file: IO[bytes], part: Part) -> Iterator[bytes]:
    file.seek(part.first)
    left = part.length
    while left and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
