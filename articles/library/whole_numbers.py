"""Whole numbers in forms, queries and URLs."""

BIGINT_DIGITS = 18
"""Any number of this many digits fits a bigint column, such as a primary key."""

INTEGER_DIGITS = 9
"""The same for an integer column: versions, positions."""


def parse_whole_number(text: str | None, *, max_digits: int = BIGINT_DIGITS) -> int | None:
    """The number that a text of ASCII digits spells, or None.

    `int` also takes “٣”, “1_0”, “ 1 ” and “-1”, and numbers that no database column holds.
    """
    if text and len(text) <= max_digits and text.isascii() and text.isdigit():
        return int(text)
    return None
