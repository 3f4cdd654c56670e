"""What a process keeps of the words that it has seen."""

from articles.library.words.compounds import compounds_of, forms_of
from articles.library.words.tokenizer import site_language


def test_numbers_and_joined_words_of_a_long_archive_are_not_kept():
    language = site_language()
    before = len(language.stems)

    for number in range(20_000, 40_000):
        assert language.stems_of([str(number)]) == [str(number)]
        assert f"story{number}" in compounds_of(f"story-{number}")

    assert len(language.stems) == before
    assert forms_of.cache_info().currsize <= 10_000


def test_words_are_kept():
    language = site_language()

    language.stems_of(["harbourmasters"])

    assert "harbourmasters" in language.stems
