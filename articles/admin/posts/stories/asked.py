"""What the list of stories is asked, as its address says it."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dateparse import parse_date

from ....library.days import LAST_DAY, is_possible
from ....library.whole_numbers import parse_whole_number

MAX_WORDS, MAX_NAME = 300, 120
SAVED, PUBLISHED = "saved", "published"
ME = "me"


@dataclass(frozen=True)
class Asked:
    """Which stories, in which order. What an address says wrongly is left out."""

    q: str = ""
    state: str = ""
    section: str = ""
    topic: str = ""
    author: str = ""
    by: str = ""
    day: str = SAVED
    start: dt.date | None = None
    end: dt.date | None = None
    sort: str = ""
    p: int = 1

    @classmethod
    def of(cls, query):
        """What a QueryDict asks."""
        words = " ".join(query.get("q", "").replace("\x00", "").split())[:MAX_WORDS]
        names = {
            name: query.get(name, "").replace("\x00", "").strip()[:MAX_NAME]
            for name in ("state", "section", "topic", "author", "by")
        }
        start, end = (a_day(query.get(name, "")) for name in ("start", "end"))
        return cls(
            q=words,
            **names,
            day=PUBLISHED if query.get("day") == PUBLISHED else SAVED,
            start=start,
            end=end,
            sort=SAVED if query.get("sort") == SAVED else "",
            p=max(1, parse_whole_number(query.get("p"), max_digits=4) or 1),
        )

    @property
    def pairs(self):
        """[(name, value)] of all that is asked, as an address says it."""
        asked = ((field.name, getattr(self, field.name), field.default) for field in fields(self))
        return [
            (name, str(value))
            for name, value, default in asked
            if value != default and (name != "day" or self.start or self.end)
        ]

    @property
    def is_of_days_posted(self):
        return self.day == PUBLISHED and bool(self.start or self.end)

    @property
    def query(self):
        return urlencode(self.pairs)

    @property
    def is_narrowed(self):
        """Whether it asks for less than all stories."""
        return self.but(sort="") != Asked()

    def but(self, **changes):
        """The same with changes, from the first page on."""
        return replace(self, **{"p": 1} | changes)

    def address(self, **changes):
        """The address of the same list with changes, relative to the list."""
        return f"?{self.but(**changes).query}"

    def hidden(self, *without):
        """[(name, value)] for a form that asks for something else besides."""
        return [(name, value) for name, value in self.pairs if name not in {*without, "p"}]

    @property
    def hidden_for_search(self):
        return self.hidden("q", "sort")

    @property
    def hidden_for_topic(self):
        return self.hidden("topic")

    @property
    def hidden_for_author(self):
        return self.hidden("author")

    @property
    def hidden_for_days(self):
        return self.hidden("day", "start", "end")

    @property
    def without_by(self):
        return self.address(by="")


def a_day(text):
    """The day of an ISO date; None where there is none."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # The day after it must be one, too.
    return day if day and is_possible(day) and day < LAST_DAY else None


def last_days(count):
    """The first of the last so many days, today among them."""
    return timezone.localdate() - dt.timedelta(days=count - 1)
