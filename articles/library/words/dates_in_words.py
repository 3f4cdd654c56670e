"""Dates in words: “2016”, “December 2016” and “13 December 2016” are when a story was posted.

The index holds the year, the month and the day of a story as words with a mark.
"""

import datetime as dt
import re
from functools import cache

from django.conf import settings
from django.utils import dates
from django.utils.translation import override

from .tokenizer import MARK, fold

MAX_DATE_WORDS = 6
"""13 de diciembre de 2016, and one more."""
_YEAR = re.compile(r"(?:1[6-9]|2[0-9])[0-9]{2}")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|º)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_BETWEEN = {"of", "de", "del", "di", "den", "do", "the", "le", "el"}


def date_words(day: dt.date) -> list[str]:
    """The words of the index under which a story of this day is found: year, month, day."""
    return [f"{MARK}{day:%Y}", f"{MARK}{day:%Y%m}", f"{MARK}{day:%Y%m%d}"]


def leading_date(words: list[str]) -> tuple[str, int] | None:
    """The day, month or year that a list of words begins with: (the index's word for it, how many
    of the words say so), or None."""
    said: list[str] = []
    for number, word in enumerate(words[:MAX_DATE_WORDS], 1):
        word = fold(word.strip(".,;:!?()'’"))
        if number == 1 and (found := _in_figures(word)):
            return found, 1
        if _YEAR.fullmatch(word):
            found = _in_words(said, word)
            return (found, number) if found else None
        if number == 1 or word not in _BETWEEN:
            said.append(word)
        if len(said) == 3:
            return None
    return None


def _in_words(said: list[str], year: str) -> str | None:
    """The index's word for what is said before a year: nothing, a month, or a month and a day."""
    months = _months(settings.LANGUAGE_CODE)
    match said:
        case []:
            return _index_word(year)
        case [month] if month in months:
            return _index_word(year, months[month])
        case [day, month] if month in months and (found := _DAY.fullmatch(day)):
            return _index_word(year, months[month], found[1])
        case [month, day] if month in months and (found := _DAY.fullmatch(day)):
            return _index_word(year, months[month], found[1])
    return None


def _in_figures(word: str) -> str | None:
    """The index's word for 2016-12-13, 2016-12, 13/12/2016 or 13.12.2016; in America the month
    first."""
    if found := _YEAR_FIRST.fullmatch(word):
        return _index_word(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(word):
        one, stroke, other, year = found.groups()
        if stroke == "/" and settings.LANGUAGE_CODE.lower() == "en-us":
            one, other = other, one
        return _index_word(year, other, one) or _index_word(year, one, other)
    return None


def _index_word(year: str, month: str | int | None = None, day: str | None = None) -> str | None:
    """The index's word for a day, a month or a year; None when there is no such day."""
    try:
        found = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _YEAR.fullmatch(f"{found.year}"):
        return None
    return date_words(found)[2 if day else 1 if month else 0]


@cache
def _months(code: str) -> dict[str, int]:
    """The months by their folded names, whole and shortened, in a language and in English."""
    names = {"sept": 9}
    for language in ("en", code):
        with override(language):
            for months in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT):
                names |= {fold(str(name).strip(".")): number for number, name in months.items()}
    return names
