"""iCalendar (RFC 5545): events at a moment, for other programs."""

import datetime as dt
import re

LINE = 75
"""Octets of a line; what is longer goes on in the next, after a space."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_text(name, events, *, now):
    """The text of a calendar; each event is {uid, moment, summary, description, section, url}."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Newsroom//The desk//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    for event in events:
        lines += _lines_of(event, now)
    return "".join(fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _lines_of(event, now):
    yield "BEGIN:VEVENT"
    yield f"UID:{event['uid']}"
    yield f"DTSTAMP:{utc(now)}"
    yield f"DTSTART:{utc(event['moment'])}"
    yield f"SUMMARY:{escape(event['summary'])}"
    yield f"DESCRIPTION:{escape(event['description'])}"
    if event["section"]:
        yield f"CATEGORIES:{escape(event['section'])}"
    yield f"URL:{event['url']}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def utc(moment):
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escape(text):
    """A text as a value, on one line."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def fold(line):
    """The line in pieces of at most LINE octets, no letter torn apart."""
    pieces, piece = [], b""
    for letter in line:
        more = letter.encode()
        if len(piece) + len(more) > LINE:
            pieces.append(piece)
            piece = b" "
        piece += more
    return b"\r\n".join([*pieces, piece]).decode()
