"""Moments as export files write them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from ..library.days import is_possible

_NONE = re.compile(r"0{4}-0{2}-0{2}")


def moment(text: str, zone: dt.tzinfo = dt.UTC) -> str:
    """A moment (ISO 8601, RFC 822, or milliseconds) in UTC, read in a zone where it names none.

    Empty for none, for one that cannot be, and for one that no story can have.
    """
    text = text.strip()
    found = None if not text or _NONE.match(text) else _parse(text)
    if found is None:
        return ""
    try:
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        found = found.astimezone(dt.UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return ""
    return found.isoformat() if is_possible(found) else ""


def _parse(text: str) -> dt.datetime | None:
    try:
        if re.fullmatch(r"-?\d{9,15}", text):
            return dt.datetime.fromtimestamp(int(text) / 1000, dt.UTC)
        return dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def zone_of(name: str) -> dt.tzinfo:
    """A time zone by name. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(name) from error


def as_moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
