import pytest

from articles.library.whole_numbers import INTEGER_DIGITS, parse_whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("17", 17), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_digits_are_a_number(text, number):
    assert parse_whole_number(text) == number


@pytest.mark.parametrize(
    "text", [None, "", "-1", "+1", "1.0", "1_0", " 1", "1\n", "٣", "²", "x", "9" * 19]
)
def test_anything_else_is_none(text):
    assert parse_whole_number(text) is None


def test_a_column_of_integers_takes_fewer_digits():
    assert parse_whole_number("9" * 9, max_digits=INTEGER_DIGITS) == 999_999_999
    assert parse_whole_number("9" * 10, max_digits=INTEGER_DIGITS) is None
