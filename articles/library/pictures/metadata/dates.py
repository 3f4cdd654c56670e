"""When a picture was taken, in the many notations found in files."""

import datetime as dt
import re
from collections.abc import Iterable

from django.utils import timezone

DATE_AND_TIME = re.compile(
    r"""(?P<day>\d{4}[-:/.]?\d\d[-:/.]?\d\d)
    (?:[T\s]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:[.,]\d+)?
    \s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?""",
    re.X | re.I,
)


def best_datetime(dates: Iterable[str]) -> dt.datetime | None:
    """The UTC datetime of the first of these texts with a whole day, or None.

    A later text may add the time of that day. Without an offset it is in the site's time zone.
    """
    read = [each for each in map(day_and_time, dates) if each]
    if not read:
        return None
    day = read[0][0]
    time = next((time for other, time in read if other == day and time), dt.time())
    try:
        at = dt.datetime.combine(day, time)
        if at.tzinfo is None:
            at = timezone.make_aware(at)
        return at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def day_and_time(text: str) -> tuple[dt.date, dt.time | None] | None:
    """(date, time or None) of a text like 2016-12-13T10:15+02:00 or 2016:12:13 10:15:00."""
    found = DATE_AND_TIME.match(str(text).strip())
    if not found:
        return None
    try:
        day = dt.datetime.strptime(re.sub(r"\D", "", found["day"]), "%Y%m%d").date()
    except ValueError:
        return None
    return (day, time_of(found)) if 1826 <= day.year < 2200 else None


def time_of(found: re.Match[str]) -> dt.time | None:
    if not found["hour"]:
        return None
    try:
        time = dt.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    return time.replace(tzinfo=zone_of(found["zone"]))


def zone_of(text: str | None) -> dt.timezone | None:
    """A fixed offset, or None for an impossible one."""
    if not text:
        return None
    digits = re.sub(r"\D", "", text) or "0000"
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > dt.timedelta(hours=15):
        return None
    return dt.timezone(-offset if text[0] == "-" else offset)
