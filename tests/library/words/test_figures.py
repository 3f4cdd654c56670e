"""Figures as people write them."""

from decimal import Decimal

import pytest

from articles.library.words.figures import NotAFigure, looks_like_figure, parse_figure


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,234.5", ".", "1234.5"),
        ("1.234,5", ",", "1234.5"),
        ("1 234,5", ",", "1234.5"),
        ("1\u202f234", ".", "1234"),
        ("1'234.5", ".", "1234.5"),
        ("12,34,567", ".", "1234567"),
        ("1,5", ",", "1.5"),
        ("-3", ".", "-3"),
        ("\u22123.5%", ".", "-3.5"),
        ("£-12", ".", "-12"),
        ("€ 12", ".", "12"),
        ("12 €", ",", "12"),
        ("+7", ".", "7"),
        (" 0.0 ", ".", "0"),
        ("\u0663\u066b\u0665", ".", "3.5"),
        ("999999999999999", ".", "999999999999999"),
    ],
)
def test_a_figure_is_read_with_its_separators(text, decimal, number):
    assert parse_figure(text, decimal=decimal) == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", "-", "\u2013", "n/a", ".."])
def test_a_gap_is_no_figure_and_no_error(text):
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        *(("1,5", "."), ("1.5", ","), ("1,2345", "."), ("1..5", "."), ("1.2.3", ".")),
        *(("1e308", "."), ("NaN", "."), ("inf", "."), ("-inf", "."), ("0x10", "."), ("1_000", ".")),
        *(("12a", "."), ("--1", "."), ("-£-1", "."), ("1" * 16, "."), ("9" * 5000, ".")),
        *(("=1+1", "."), ("1,", "."), (",5", "."), ("²", "."), ("½", "."), ("1 2", ".")),
    ],
)
def test_what_is_no_figure_or_beyond_all_measure_is_refused(text, decimal):
    with pytest.raises(NotAFigure):
        parse_figure(text, decimal=decimal)


def test_years_prices_and_shares_look_like_figures_and_words_do_not():
    assert all(map(looks_like_figure, ["2024", "£3bn", "1.234,5", "<1", "12%", "3.2m", "−4°"]))
    assert not any(map(looks_like_figure, ["May 2024", "12-15", "A1", "", "x" * 99, "1 of 2"]))
