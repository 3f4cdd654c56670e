"""The words of the house: what is found, in which language, and what nobody can make slow."""

import time

import pytest
from django.core.exceptions import ValidationError

from articles.desk.house_style.house_style import HouseStyle, style_of, words_changed
from articles.desk.house_style.house_word import HouseWord
from articles.desk.house_style.names import Names
from articles.desk.house_style.patterns import compile_pattern
from articles.desk.house_style.story_text import Piece, StoryText


def found(text, *words):
    story = StoryText([Piece("here", text)])
    return [each.words for each in Names(words).found_in(story)]


def style_for(language):
    return style_of(HouseStyle.objects.first(), language)


def word(wrong, right="", **fields):
    return HouseWord(wrong=wrong, right=right, **fields)


@pytest.mark.parametrize(
    ("wrong", "text", "expected"),
    [
        ("Kiev", "From Kiev to Kievan Rus, and kiev.", ["Kiev", "kiev"]),
        ("United Arab  Emirates", "the United\nArab Emirates", ["United\nArab Emirates"]),
        ("O'Brien", "Mr O’Brien and O'Brien", ["O’Brien", "O'Brien"]),
        ("C++", "in C++, not C", ["C++"]),
        (".NET", "in .NET", [".NET"]),
        ("القدس", "في القدس اليوم، لا القدسية", ["القدس"]),
        ("Киев", "Из Киева в Киев", ["Киев"]),
        ("Straße", "die STRASSE dort", ["STRASSE"]),
        ("café", "un cafe\u0301 là", ["cafe\u0301"]),
    ],
)
def test_words_are_found_whole_in_every_script(wrong, text, expected):
    assert found(text, word(wrong)) == expected


def test_capitals_count_where_they_are_to():
    assert found("us and US", word("US", case_sensitive=True)) == ["US"]
    assert found("us and US", word("US")) == ["us", "US"]


def test_the_right_form_is_never_found():
    assert found("Nato and NATO", word("NATO", "Nato")) == ["NATO"]
    assert found("President Obama and Obama", word("Obama", "President Obama")) == ["Obama"]


def test_words_that_begin_alike_are_all_looked_for():
    words = [word("New York"), word("New York Times"), word("New Delhi")]
    assert found("The New York Times in New Delhi", *words) == [
        *("New York", "New York Times", "New Delhi"),
    ]


def test_a_pattern_finds_whole_words():
    pattern = word("Al[- ]?Qa[ei]da", "al-Qaida", is_pattern=True)
    assert found("Al Qaeda, AlQaida and AlQaidaism", pattern) == ["Al Qaeda", "AlQaida"]
    assert found("AlQaidaism, KalQaeda", pattern) == []
    assert found("из киева", word(r"Киев\pL*", is_pattern=True)) == ["киева"]


def test_nothing_is_found_across_two_parts_of_a_story():
    story = StoryText([Piece("one", "New"), Piece("two", "York")])
    words = [
        word("New York"),
        word(r"New\s[^a]*York", is_pattern=True),
        word(r"New\W+York", is_pattern=True),
    ]
    assert list(Names(words).found_in(story)) == []


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[a-",
        "*",
        "a{2}",
        "(.{1,30}){30}z",
        "a{,5}",
        r"(a)\1",
        "(?=a)",
        "a*",
        "",
        "a|",
        r"\q",
        r"\C",
        r"\\\\.\C",
    ],
)
def test_a_pattern_that_cannot_be_searched_for_says_why(pattern):
    with pytest.raises(ValidationError) as refused:
        compile_pattern(pattern, case_sensitive=False)
    assert refused.value.messages[0].endswith((".", ":"))


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|aa)+$", r"(\pL+\s*)+:", r".*.*.*.*=", "(a|b)*a" + "(a|b)" * 20, r"(\w+\s?)+!"],
)
@pytest.mark.parametrize("text", ["a" * 200_000, "ab" * 100_000, "aé " * 60_000])
def test_no_pattern_takes_long_over_any_text(pattern, text):
    names = Names([word(pattern, is_pattern=True)])
    begun = time.process_time()
    list(names.found_in(StoryText([Piece("here", text + "?")])))
    # To a searcher that tries one way after another this takes for ever.
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("right", ["b", "a " * 99 + "b", "a " * 99])
def test_no_list_takes_long_over_any_text(right):
    names = Names([word("a " * number + "a", right) for number in range(59)])
    begun = time.process_time()
    found = list(names.found_in(StoryText([Piece("here", "a " * 25_000)])))
    # To look for each of them at every place, and all of it there, takes a minute.
    assert time.process_time() - begun < 5
    assert len(found) < 6_000


def test_words_are_told_of_to_the_end_of_a_long_story():
    names = [word("Kiev"), word("New York"), word("New York Times"), word("the the")]
    text = "The New York Times of New York. " * 3_000

    assert found(f"{text} In Kiev the the end.", *names)[-2:] == ["Kiev", "the the"]


@pytest.mark.django_db
def test_a_list_that_was_changed_is_read_anew():
    HouseWord.objects.create(wrong="Kiev", right="Kyiv")
    words_changed()
    text = StoryText([Piece("here", "Kiev, Bombay")])
    assert [each.words for each in style_for("en").names.found_in(text)] == ["Kiev"]

    HouseWord.objects.create(wrong="Bombay", right="Mumbai")
    words_changed()

    assert [each.words for each in style_for("en").names.found_in(text)] == ["Kiev", "Bombay"]


@pytest.mark.django_db
def test_a_list_that_was_not_changed_costs_one_query(django_assert_num_queries):
    HouseWord.objects.create(wrong="Kiev", right="Kyiv")
    words_changed()
    style_for("en")
    with django_assert_num_queries(1):
        style_for("en")


@pytest.mark.django_db
def test_words_of_a_language_are_looked_for_in_its_stories_only():
    for language in ("", "fr", "en-gb"):
        HouseWord.objects.create(wrong=f"Word{language[:2]}", language=language)
    words_changed()
    text = StoryText([Piece("here", "Word Wordfr Worden")])

    def found_for(language):
        return [each.words for each in style_for(language).names.found_in(text)]

    assert found_for("fr-ca") == ["Word", "Wordfr"]
    assert found_for("en-gb") == ["Word", "Worden"]
    assert found_for("de") == ["Word"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"wrong": "Kiev", "right": "Kiev"},
        {"wrong": "(", "is_pattern": True},
        {"wrong": "K[iy]+e?v", "right": "Kyiv", "is_pattern": True},
    ],
)
def test_what_could_never_be_put_right_is_refused(fields):
    with pytest.raises(ValidationError):
        HouseWord(**fields).full_clean()


def test_a_pattern_that_came_from_a_file_and_is_wrong_finds_nothing():
    assert found("(", word("(", is_pattern=True)) == []
