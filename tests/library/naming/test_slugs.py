"""Slugs: words of any script, bounded, in one form."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from articles.library.naming.slugs import (
    LONGEST,
    free_slug,
    is_slug,
    make_slug,
    tidy,
    validate_slug,
)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Storm Eunice hits Wales", "storm-eunice-hits-wales"),
        ("Don’t panic: the U.S. “deal”", "dont-panic-the-us-deal"),
        ("Émile Zola à Łódź", "emile-zola-a-lodz"),
        ("Straße", "strasse"),
        ("2016–17 left/right", "2016-17-left-right"),
        ("北京今日新闻", "北京今日新闻"),
        ("Россия и Китай подписали договор", "россия-и-китай-подписали-договор"),
        ("Йод и ёлка", "йод-и-ёлка"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("می‌خواهم", "می-خواهم"),
        ("กรุงเทพ", "กรุงเทพ"),
        ("Путин visits Paris 🔥", "путин-visits-paris"),
        ("🔥🔥🔥", ""),
        ("!!!", ""),
        ("❤️ \u200d\u3164", ""),
        ("\u0301\u0301", ""),
    ],
)
def test_a_slug_is_made_of_the_words_themselves(words, slug):
    assert make_slug(words) == slug
    if slug:
        validate_slug(slug)
        assert make_slug(slug) == slug


@pytest.mark.parametrize(
    "words", ["ﷺ" * 20, "ﷺ " * 90, "x" * 500, "语" * 500, "𐌰 b" * 99, "ΐ" * 99]
)
def test_a_slug_is_bounded_whatever_the_words_unfold_to(words):
    slug = make_slug(words, 100)

    assert 0 < len(slug) <= 100
    assert len(slug.encode()) <= 240
    validate_slug(slug)


@pytest.mark.parametrize(
    "slug", ["-", "---", "_", "-a-", "a-", "_a", "a b", "a/b", "", "🔥", "\u0301"]
)
def test_a_slug_that_reads_badly_is_refused(slug):
    with pytest.raises(ValidationError):
        validate_slug(slug)


def test_a_slug_is_stored_in_one_form():
    decomposed = unicodedata.normalize("NFD", "tiếng-việt")

    assert tidy(decomposed) == "tiếng-việt"
    assert tidy("sy\u200bria\u202e") == "syria"


def test_pages_are_found_under_slugs_of_before_that_read_badly():
    assert is_slug("-a-")
    assert not is_slug("x" * (LONGEST + 1))
    assert not is_slug("a\x00b")


def test_a_slug_that_is_taken_gets_a_number():
    taken = {"syria", "syria-2", "2"}

    assert free_slug("Syria", taken.__contains__) == "syria-3"
    assert free_slug("🔥", taken.__contains__) == "3"
