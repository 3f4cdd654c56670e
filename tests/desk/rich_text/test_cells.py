"""Cells: what a table keeps of whatever is typed, pasted or read from a file."""

import pytest
from django.core.exceptions import ValidationError

from articles.desk.rich_text.cells import (
    TooManyCells,
    clean_cells,
    rows_of,
    text_of,
    validate_size,
    words_of,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b>A</b>\t<i>b</i>", "<strong>A</strong>\t<em>b</em>"),
        ("<a href='https://a.example/'>x</a>", '<a href="https://a.example/" rel="noopener">x</a>'),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<a href=' JavaScript:alert(1)'>x</a>", "x"),
        ("a<script>alert(1)</script>b", "a b"),
        ("<svg onload=alert(1)>S</svg>", " S "),
        ('<img src=x onerror="alert(1)">', " "),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("=HYPERLINK(\"http://evil.example\")", '=HYPERLINK("http://evil.example")'),
        ("+1\t-1\t@x", "+1\t-1\t@x"),
        ("a\x00b\u202ec", "abc"),
        ("one&#9;two&#10;three", "one two three"),
        ("a\r\nb", "a\nb"),
        ("a\nb\tc", "a\t\nb\tc"),
        ("<strong>never closed\tb", "<strong>never closed</strong>\tb"),
        ("السكان\t\u200f٣", "السكان\t\u200f٣"),
        ("one  two ", "one two "),
    ],
)  # fmt: skip
def test_a_cell_keeps_words_emphasis_and_links_and_nothing_that_acts(given, kept):
    assert clean_cells(given) == kept
    assert clean_cells(kept) == kept


def test_empty_rows_and_columns_at_the_end_are_no_part_of_a_table():
    assert rows_of("A\tB\t\n1\t2\t\n\t\t") == [["A", "B"], ["1", "2"]]
    assert rows_of("") == []
    assert text_of([["A", "B"], ["1"]]) == "A\tB\n1\t"
    assert words_of([["<strong>A</strong>", ""], ["1 &lt; 2", "b"]]) == "A 1 < 2 b"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("\n".join(["1"] * 501), "at most 20 columns and 500 rows; this one has 1 and 501"),
        ("\t".join(["1"] * 21), "this one has 21 and 1"),
        ("x" * 40_001, "at most 40000 characters; this one has 40001"),
    ],
)
def test_a_table_that_is_too_large_is_refused_in_words(cells, said):
    with pytest.raises(ValidationError, match=said):
        validate_size(cells)


def test_a_table_of_the_largest_size_is_taken():
    validate_size("\n".join(["\t".join(["12"] * 20)] * 500))
    validate_size("x" * 40_000)


@pytest.mark.parametrize(
    "given", ["\n" * 100_000 + "\t" * 100_000, "&" * 250_000, "<a href=http:a>b</a>\t" * 14_000]
)
def test_what_would_grow_without_bounds_is_refused_before_it_does(given):
    with pytest.raises(TooManyCells):
        clean_cells(given)
