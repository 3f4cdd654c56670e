"""Addresses of calendars: of which kind, around which day, of which section."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ...library.section import Section
from ...publishing.dates import day_of
from .days import month_of, read_day, week_of


@dataclass(frozen=True)
class Address:
    """What a calendar's URL names."""

    kind: str
    day: object
    section: Section | None = None

    @property
    def url(self):
        return self.to()

    def to(self, **changed):
        """The URL of this calendar, or of one with another kind, day or section."""
        named = {"kind": self.kind, "day": self.day, "section": self.section} | changed
        query = {"view": named["kind"], "day": named["day"].isoformat()}
        if named["section"]:
            query["section"] = named["section"].slug
        return f"{reverse('admin:calendar')}?{urlencode(query)}"

    @property
    def span(self):
        return month_of(self.day) if self.kind == "month" else week_of(self.day)


def read_address(data, sections, *, now):
    """The Address in a QueryDict; what it does not name, or wrongly, is this week, all sections."""
    kind = "month" if data.get("view") == "month" else "week"
    slug = data.get("section", "")
    section = next((each for each in sections if each.slug == slug), None)
    return Address(kind, read_day(data.get("day"), default=day_of(now)), section)
