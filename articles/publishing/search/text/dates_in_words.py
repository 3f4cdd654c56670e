"""Days in words: “2016”, “December 2016” and “13 December 2016” ask for when a story was posted.

The index holds the year, the month and the day of a story as words with a mark.
"""

import datetime as dt
import re
from functools import cache

from django.conf import settings
from django.utils import dates
from django.utils.translation import override

from .tokenizer import MARK, fold

FIRST_YEAR, LAST_YEAR = 1600, 2999
MOST_WORDS = 6
"""Of a day in words: 13 de diciembre de 2016."""
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|º)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_BETWEEN = {"of", "de", "del", "di", "den", "do", "the", "le", "el"}


def days_of(day):
    """The words under which a story of this day is found."""
    return [f"{MARK}{day:%Y}", f"{MARK}{day:%Y%m}", f"{MARK}{day:%Y%m%d}"]


def day_in(words):
    """The day, month or year that a list of words begins with: (the index's word for it, how many
    of the words say so), or None."""
    said = []
    for number, word in enumerate(words[:MOST_WORDS], 1):
        word = fold(word.strip(".,;:!?()'’"))
        if number == 1 and (found := _in_figures(word)):
            return found, 1
        if number > 1 and word in _BETWEEN:
            continue
        said.append(word)
        if _is_year(word):
            found = _in_words(said)
            return found and (found, number)
        if len(said) == 3:
            return None
    return None


def _in_words(said):
    """The word for a list that ends with a year."""
    *before, year = said
    months = [_months().get(word) for word in before]
    if not before:
        return _word(year)
    if len(before) == 1 and months[0]:
        return _word(year, months[0])
    if len(before) == 2 and any(months):
        month, day = (months[1], before[0]) if months[1] else (months[0], before[1])
        day = _DAY.fullmatch(day)
        return day and _word(year, month, day[1])
    return None


def _in_figures(word):
    """The word for 2016-12-13, 2016-12, 13/12/2016 or 13.12.2016; in America the month first."""
    if found := _YEAR_FIRST.fullmatch(word):
        return _word(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(word):
        one, stroke, other, year = found.groups()
        first = stroke == "/" and settings.LANGUAGE_CODE.lower() == "en-us"
        day, month = (other, one) if first else (one, other)
        return _word(year, month, day) or _word(year, day, month)
    return None


def _word(year, month=None, day=None):
    """The index's word for a day, a month or a year; None when there is no such day."""
    try:
        found = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _is_year(f"{found.year}"):
        return None
    return days_of(found)[2 if day else 1 if month else 0]


def _is_year(word):
    return bool(_YEAR.fullmatch(word)) and FIRST_YEAR <= int(word) <= LAST_YEAR


def _months():
    return _months_in(settings.LANGUAGE_CODE)


@cache
def _months_in(code):
    """The months by their folded names, whole and shortened, in a language and in English."""
    names = {"sept": 9}
    for language in ("en", code):
        with override(language):
            for months in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT):
                names |= {fold(str(name).strip(".")): number for number, name in months.items()}
    return names
