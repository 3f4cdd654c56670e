"""The parts of the readers' addresses."""

from django.urls import register_converter

from ..library.naming.slugs import LONGEST, is_slug, tidy


class Year:
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):04d}"


class TwoDigits(Year):
    """A month or a day, always as two digits."""

    regex = "[0-9]{2}"

    def to_url(self, value):
        return f"{int(value):02d}"


class Name:
    """A slug in any script, no longer than the longest that can be stored."""

    regex = rf"[^\s/.]{{1,{LONGEST}}}"

    nowhere = "-"
    """What stands in the place of a stored slug that no page can have: no page dies of it."""

    def to_python(self, value):
        if not is_slug(value) or value != tidy(value):
            raise ValueError(value)
        return value

    def to_url(self, value):
        return value if is_slug(value) else self.nowhere


def register():
    """Make the converters known under the names that urls.py uses."""
    register_converter(Year, "year")
    register_converter(TwoDigits, "two")
    register_converter(Name, "name")
