"""Captions of films: checked as WebVTT (https://www.w3.org/TR/webvtt1/), and stored as they are."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from ..characters import tidy
from .refusals import refusal

MAX_BYTES = 1_000_000
"""Of a film of ten hours in which nobody is silent."""
SPARE_SECONDS = 5
"""Captions may stand for a moment longer than their film."""
TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?", re.ASCII)
SRT = re.compile(r"\s*\d+\s*\n\s*\d\d:\d\d:\d\d,\d{3}\s+-->")
NOT_CUES = ("NOTE", "STYLE", "REGION")


def read_captions(file: Any) -> str:
    """The text of an uploaded file of captions. Raises ValidationError."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise refusal("captions_size")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("captions_text") from None


def checked_captions(text: str, *, seconds: int = 0) -> str:
    """Captions as they are stored. Raises ValidationError for what is no WebVTT, and for what goes
    on after a film of this length, if that is known."""
    text = tidy(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text.encode()) > MAX_BYTES:
        raise refusal("captions_size")
    if not re.match(r"WEBVTT(?:[ \t\n]|\Z)", text):
        raise refusal("captions_srt" if SRT.match(text) else "captions_head")
    before, end, has_words = 0.0, 0.0, False
    for line, begins, ends, words in cues(text):
        if ends <= begins or begins < before:
            raise refusal("captions_order", line=line)
        before, end, has_words = begins, max(end, ends), has_words or bool(words)
    if not has_words:
        raise refusal("captions_none")
    if seconds and end > seconds + SPARE_SECONDS:
        raise refusal("captions_long")
    return text + "\n"


def cues(text: str) -> Iterator[tuple[int, float, float, str]]:
    """(line, seconds at which it begins and ends, words) of each cue. Raises ValidationError."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield from cue(block, number - len(block))
            block = []


def cue(lines: list[str], number: int) -> Iterator[tuple[int, float, float, str]]:
    """The cue of a block of lines, the first of which has this number; none of a note."""
    if lines[0].startswith("WEBVTT") or lines[0].split(" ")[0] in NOT_CUES:
        return
    at = 0 if "-->" in lines[0] or len(lines) == 1 else 1  # it may have a name
    found = TIMES.fullmatch(lines[at].strip())
    if not found or any("-->" in line for line in lines[at + 1 :]):
        raise refusal("captions_time", line=number + at, words=lines[at][:60])
    begins, ends = moment(found.groups()[:4]), moment(found.groups()[4:])
    yield number + at, begins, ends, "".join(lines[at + 1 :]).strip()


def moment(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def words_in(captions: str) -> str:
    """What captions say, without times and tags: for the search."""
    return " ".join(re.sub(r"<[^>]*>", "", words) for _line, _b, _e, words in cues(captions))


def mark_of(captions: str) -> str:
    """The name of a file of these captions; "" for none."""
    return sha256(captions.encode()).hexdigest()[:24] if captions else ""
