"""The parts of the readers' addresses."""

import re

from django.urls import register_converter


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

    regex = r"[-\w]{1,120}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        if not re.fullmatch(self.regex, value):
            raise ValueError(value)
        return value


def register():
    """Make the converters known under the names that urls.py uses."""
    register_converter(Year, "year")
    register_converter(TwoDigits, "two")
    register_converter(Name, "name")
