"""Figures as people write them: with separators, signs of currency, per cent."""

import re
import unicodedata
from decimal import Decimal

GAPS = frozenset({"", "-", "\u2013", "\u2014", "\u2026", "..", "n/a", "N/A", "na", "*"})
"""What stands where there is no figure."""

MOST = Decimal(10) ** 15
"""No figure of a story is as large."""

_SPACES = " \xa0\u2009\u202f"
_CURRENCY = "£$€¥₹₽₺₩¢"
_SIGN = "[+\\-\u2212\u2013]?"
_LOOKS = re.compile(
    rf"(?:[<>≈~][{_SPACES}]?)?{_SIGN}[{_CURRENCY}]?[{_SPACES}]?{_SIGN}"
    rf"\d(?:[\d.,'\u2019\u066b\u066c{_SPACES}]*\d)?"
    rf"[{_SPACES}]?(?:[%‰°{_CURRENCY}\u066a]|[^\W\d_]{{1,3}}\.?)?\*?"
)
_PLAIN = re.compile(
    rf"({_SIGN})[{_CURRENCY}]?[{_SPACES}]?({_SIGN})(\d+)(\.\d+)?[{_SPACES}]?[%‰{_CURRENCY}\u066a]?"
)
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:,\d{2})*,\d{3}|\d+")  # and 12,34,567 of India
LONGEST = 40
"""Characters of a cell that may be a figure."""


class NotAFigure(ValueError):
    """A text that is no number, or one beyond all measure."""


def looks_like_figure(text: str) -> bool:
    """Whether readers see a figure, in whatever form."""
    text = text.strip()
    return len(text) <= LONGEST and _LOOKS.fullmatch(text) is not None


def is_gap(text: str) -> bool:
    return text.strip() in GAPS


def parse_figure(text: str, *, decimal: str = ".") -> Decimal | None:
    """The number that a text is, written with this decimal sign ("." or ","); None for a gap.

    Raises NotAFigure.
    """
    text = text.strip()
    if is_gap(text):
        return None
    if len(text) > LONGEST:
        raise NotAFigure(text)
    found = _PLAIN.fullmatch(_in_english(text, decimal))
    if not found or (found[1] and found[2]):
        raise NotAFigure(text)
    number = Decimal(found[3] + (found[4] or ""))
    if number >= MOST:
        raise NotAFigure(text)
    return -number if found[1] + found[2] in ("-", "\u2212", "\u2013") else number


def _in_english(text: str, decimal: str) -> str:
    """The figure with ASCII digits, no separators but the point, of which it has at most one."""
    text = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
    text = text.replace("\u066b", decimal).replace("\u066c", "," if decimal == "." else ".")
    if decimal == ",":
        text = text.translate({ord("."): ",", ord(","): "."})
    whole, point, rest = text.partition(".")
    whole = re.sub(rf"(?<=\d)[{_SPACES}'\u2019](?=\d{{3}}(?!\d))", ",", whole)
    groups = re.search(r"[\d,]+", whole)
    if not groups or not _GROUPS.fullmatch(groups[0]):
        raise NotAFigure(text)
    return whole.replace(",", "") + point + rest
