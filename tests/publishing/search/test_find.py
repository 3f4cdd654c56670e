"""Finding stories, the same on both databases."""

import datetime as dt

import pytest

from articles.library.words.tokenizer import fold
from articles.models import Table
from articles.publishing.editions.edition import Edition
from articles.publishing.search import matching
from articles.publishing.search.entry import SearchEntry
from articles.publishing.search.filters import SearchFilters
from articles.publishing.search.matching import search_best, search_newest
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_author, make_section, make_topic, rewrite

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db


def headlines(words, at=LATER, **kwargs):
    return [edition.headline for edition in search_newest(words, at=at, **kwargs).editions]


def test_a_word_is_found_in_the_headline_the_text_the_byline_and_the_topics(story):
    story("Floods in York")
    story("Second", text="<p>The <strong>flood</strong> came at night.</p>")
    story("Third", topics=["Flooding"])
    story("Fourth", authors=["Ann Flood"])
    story("Fifth")

    assert headlines("flood") == ["Fourth", "Third", "Second", "Floods in York"]


def test_a_word_with_raised_and_lowered_signs_is_found_whole(story):
    story("Rivers", text="<p>Less H<sub>2</sub>O, 40 km<sup>3</sup> a year.</p>")
    story("Others", text="<p>A plan 2 h long, o km.</p>")

    assert headlines("H2O") == headlines("km3") == ["Rivers"]


def test_the_words_of_a_table_are_found(story):
    post = story("Votes")
    cells = "Party\tSeats\n<strong>Mauve</strong> List\t12"
    Table.objects.create(parent=post, region="body", ordering=9, cells=cells, source="Ombudsman")
    publish(post, by=None, now=NOON + dt.timedelta(hours=1))

    assert headlines("mauve") == headlines("ombudsman") == ["Votes"]


def test_all_words_must_be_there(story):
    story("Floods in York")
    story("Floods in Leeds")

    assert headlines("york floods") == ["Floods in York"]


def test_quotes_ask_for_words_that_stand_together(story):
    story("The prime minister speaks")
    story("A minister in his prime")
    story("Prime", text="<p>minister</p>")

    assert headlines('"prime minister"') == ["The prime minister speaks"]
    assert len(headlines("prime minister")) == 3


def test_a_minus_keeps_stories_out(story):
    story("Floods in York")
    story("Floods in Leeds")

    assert headlines("floods -york") == ["Floods in Leeds"]
    assert headlines('floods -"in york"') == ["Floods in Leeds"]


def test_or_joins_two_questions(story):
    story("Floods in York")
    story("Fire in Leeds")
    story("Calm in Hull")

    assert headlines("york OR leeds fire") == ["Fire in Leeds", "Floods in York"]


@pytest.mark.parametrize("words", ["election", "ELECTIONS", "élection", "electing"])
def test_endings_case_and_accents_do_not_matter(story, words):
    story("Elections called")

    assert headlines(words) == ["Elections called"]


def test_an_accent_in_the_story_does_not_matter_either(story):
    story("Café in Orléans closes")

    assert headlines("cafe orleans") == ["Café in Orléans closes"]


@pytest.mark.parametrize("words", ["bold", "BOLD", "𝐛𝐨𝐥𝐝", "𝐁𝐎𝐋𝐃"])
@pytest.mark.parametrize("headline", ["𝐁𝐨𝐥𝐝 news", "𝔹𝕆𝕃𝔻 news", "Bold news"])
def test_letters_of_another_shape_are_plain_letters(story, headline, words):
    story(headline)

    assert headlines(words) == [headline]


def test_folding_what_is_folded_changes_nothing_more():
    letters = [character for character in map(chr, range(0x20000)) if character.isalpha()]

    assert [each for each in letters if fold(fold(each)) != fold(each)] == []
    assert [fold(word) for word in ("Ǽ", "Ё", "ğ", "ǿ")] == ["ae", "е", "g", "o"]


def test_words_in_the_sites_language_are_brought_to_their_stems(story, settings):
    settings.LANGUAGE_CODE = "fr"
    story("Les élections générales")

    assert headlines("élection générale") == ["Les élections générales"]
    assert headlines("l'election") == ["Les élections générales"]


def test_a_script_without_spaces_is_searched_by_its_characters(story):
    story("東京で地震", slug="quake")

    assert headlines("地震") == ["東京で地震"]
    assert headlines("震地") == []


def test_a_headline_weighs_more_than_a_standfirst_and_that_more_than_the_text(story):
    story("Rain in Hull")
    story("One", standfirst="Rain is coming.")
    story("Two", text="<p>They said rain would come.</p>")

    found = [edition.headline for edition in search_best("rain", at=LATER).editions]

    assert found == ["Rain in Hull", "One", "Two"]


def test_stories_are_found_from_their_second_until_their_last(story, editor):
    post = story("Embargoed marzipan", at=NOON)
    withdraw(post, by=editor, at=NOON + dt.timedelta(hours=5), now=NOON)
    second = dt.timedelta(seconds=1)

    assert headlines("marzipan", at=NOON - second) == []
    assert headlines("marzipan", at=NOON) == ["Embargoed marzipan"]
    assert headlines("marzipan", at=NOON + 18_000 * second - second) == ["Embargoed marzipan"]
    assert headlines("marzipan", at=NOON + 18_000 * second) == []


def test_only_the_words_of_the_edition_that_is_live_are_found(story, editor):
    post = story("Zebra", text="<p>Oldword.</p>", at=NOON)
    rewrite(post, "Newword.")
    schedule(post, by=editor, at=LATER, now=NOON)

    assert headlines("newword", at=NOON) == []
    assert headlines("oldword", at=NOON) == ["Zebra"]
    assert headlines("newword", at=LATER) == ["Zebra"]
    assert headlines("oldword", at=LATER) == []


def test_results_are_narrowed_like_the_list(story):
    story("Flood one", topics=["Rivers", "York"], authors=["Ann"], at=NOON)
    story("Flood two", topics=["Rivers"], section="World", at=NOON + dt.timedelta(days=1))
    story("Flood three", authors=["Ann"], at=NOON + dt.timedelta(days=2))

    def narrowed(**fields):
        return headlines("flood", filters=SearchFilters(**fields))

    assert narrowed(topics=(make_topic("Rivers"),)) == ["Flood two", "Flood one"]
    assert narrowed(topics=(make_topic("Rivers"), make_topic("York"))) == ["Flood one"]
    assert narrowed(section=make_section("World")) == ["Flood two"]
    assert narrowed(author=make_author("Ann")) == ["Flood three", "Flood one"]
    assert narrowed(starts=NOON, ends=NOON + dt.timedelta(hours=36)) == ["Flood two", "Flood one"]


def test_the_best_are_paged_by_number(story, plan):
    for number in range(4):
        story(f"Calm {number}", text="<p>A flood.</p>")
    story("Flood")

    first = search_best("flood", at=LATER, size=2)
    second = search_best("flood", at=LATER, size=2, page=2)

    assert first.editions[0].headline == "Flood"
    assert first.more
    assert len(second.editions) == 2
    assert not {e.pk for e in first.editions} & {e.pk for e in second.editions}


def test_what_was_found_is_marked_and_safe(story):
    story(
        "Floods <b> & rain",
        text="<p>" + "Calm. " * 80 + "Then the flood &lt;script&gt; came.</p>",
    )

    edition = search_newest("flood", at=LATER).editions[0]

    assert edition.marked_headline == "<mark>Floods</mark> &lt;b&gt; &amp; rain"
    assert "the <mark>flood</mark> &lt;script&gt; came." in edition.snippet
    assert edition.snippet.startswith("… ")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "the of and",
        "-york",
        "OR OR OR",
        '"',
        '"""""',
        "- - -",
        "'; DROP TABLE x; --",
        "NEAR(a b) * ^ {headline}: + !(",
        "\x00",
        "\ud800\udfff",
        "a\\'b",
        "x" * 100_000,
        "flood " * 20_000,
        '"' + "flood " * 20_000,
        "-flood " * 20_000,
        "é" * 50_000,
    ],
)
def test_no_words_are_an_error(story, words):
    story("Flood in York")

    assert search_newest(words, at=LATER).editions in (
        [],
        list(search_newest("flood", at=LATER).editions),
    )
    search_best(words, at=LATER)


def test_accents_without_a_letter_are_no_word_of_a_story_nor_of_a_question(story):
    story("Floods \u0301\u0301 in York", text="<p>The \u0301 river.</p>")

    assert headlines("\u0301 floods \u0301-\u0301") == ["Floods \u0301\u0301 in York"]
    assert headlines("\u0301\u0301 \u0301") == []
    assert headlines("floods -\u0301") == ["Floods \u0301\u0301 in York"]


@pytest.mark.parametrize("search", [search_best, search_newest])
def test_a_common_query_is_counted_again_after_ten_minutes_or_when_too_few_are_met(
    stories, monkeypatch, search
):
    """What is shown is right at every moment."""
    monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 2)
    monkeypatch.setattr("articles.publishing.search.matching.MAX_SCORED", 2)
    stories(["Flood one", "Flood two", "Flood three", "Flood four"])

    def found(minutes):
        results = search("flood", at=LATER + dt.timedelta(minutes=minutes), size=2)
        return results.many, [edition.headline for edition in results.editions]

    assert found(0) == (True, ["Flood four", "Flood three"])
    ends = {"Flood one": 4, "Flood three": 6, "Flood two": 6}
    for headline, minutes in ends.items():
        live_until = LATER + dt.timedelta(minutes=minutes)
        edition = Edition.objects.get(headline=headline)
        Edition.objects.filter(pk=edition.pk).update(live_until=live_until)
        SearchEntry.objects.filter(edition=edition).update(live_until=live_until)

    assert found(3) == (True, ["Flood four", "Flood three"])
    assert found(5) == (True, ["Flood four", "Flood three"])
    assert found(7) == (False, ["Flood four"])
    assert found(10) == (False, ["Flood four"])


def test_a_query_that_was_common_at_a_moment_far_off_is_counted_now(stories, monkeypatch):
    """The desk's time machine searches in this process too."""
    monkeypatch.setattr("articles.publishing.search.matching.MAX_FEW", 2)
    monkeypatch.setattr("articles.publishing.search.matching.MAX_SCORED", 2)
    stories(["Flood one", "Flood two", "Flood three"])
    known = matching._common

    search_best("flood", at=LATER + dt.timedelta(days=300), size=2)
    (moment,) = known.values()
    search_best("flood", at=LATER, size=2)

    assert moment > LATER
    assert list(known.values()) == [LATER]
