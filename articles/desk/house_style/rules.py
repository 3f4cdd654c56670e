"""The rules of the house, in one table: what each finds, and what it does unless it is set."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..post import Post
from .finding import Found, Level
from .names import Names
from .quotes import unattributed
from .story_text import StoryText

_TO_COME = re.compile(r"(?<!\w)(?:(?:TK)+|XX+)(?!\w)")
_SPACES = re.compile("(?<=\\S)[ \u00a0\u2009\u202f]{2,}(?=\\S)")
# A short quotation whole, or a mark with the word after it; after a digit it is a measure.
_STRAIGHT = re.compile(r"(?<!\d)\"[^\"\n]{1,80}\"|[\"'](?<!\d.)\w{0,30}")
_WORD_BEFORE = re.compile(r"(?<!\w)\w{1,30}\Z")


@dataclass(frozen=True)
class StyledStory:
    """A story as the rules read it."""

    post: Post
    text: StoryText
    names: Names
    has_byline: bool
    has_topics: bool
    unnamed_quotes: tuple[str, ...] = ()
    """The ids of pull quotes that say of nobody whose words they are."""
    dead_links: Callable[[], Iterable[Found]] = tuple
    """What leads readers nowhere: only publishing knows that."""


@dataclass(frozen=True)
class Rule:
    """One row of the table. `finds` is given the story and the number, if the rule has one:
    `number` is the default, and `numbers` the least and the most that it may be set to. Whether it
    is set by language too says `by_language`."""

    name: str | Promise
    help: str | Promise
    finds: Callable[[StyledStory, int], Iterable[Found]]
    default: Level
    number: int | None = None
    numbers: tuple[int, int] = (1, 200)
    by_language: bool = False


def _matches(story: StyledStory, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(place, words) of what a pattern finds, each once in a place."""
    text = story.text
    found = ((text.place_at(each.start()), each[0]) for each in pattern.finditer(text.text))
    yield from dict.fromkeys(found)


def _to_come(story: StyledStory, _number: int) -> Iterator[Found]:
    for place, words in _matches(story, _TO_COME):
        sentence = _("“%s”: something is still to come here.") % words
        where = story.text.where(place)
        yield Found(place, f"{sentence} ({where})" if where else sentence, words)


def _double_spaces(story: StyledStory, _number: int) -> Iterator[Found]:
    for place, found in _first_in_each_place(story, _SPACES):
        yield Found(place, _("There are two spaces between words."), found[0])


def _straight_quotes(story: StyledStory, _number: int) -> Iterator[Found]:
    for place, found in _first_in_each_place(story, _STRAIGHT):
        start = found.start()
        before = _WORD_BEFORE.search(found.string[max(start - 31, 0) : start])
        words = (before[0] if before else "") + found[0]
        sentence = _("A straight quotation mark or apostrophe: %s") % words
        yield Found(place, sentence, words)


def _first_in_each_place(
    story: StyledStory, pattern: re.Pattern[str]
) -> Iterator[tuple[str, re.Match[str]]]:
    """(place, match) of the first that a pattern finds there."""
    seen: set[str] = set()
    for piece in story.text.pieces:
        if piece.place not in seen and (found := pattern.search(piece.text)):
            seen.add(piece.place)
            yield piece.place, found


def _unattributed(story: StyledStory, number: int) -> Iterator[Found]:
    yield from unattributed(story.text, story.post.language, number)
    for place in story.unnamed_quotes:
        yield Found(place, _("A pull quote does not say whose words it quotes."))


def _long_headline(story: StyledStory, number: int) -> Iterator[Found]:
    length = len(story.post.headline)
    if length > number:
        sentence = _("The headline has %(length)s characters; it may have %(most)s.")
        yield Found("headline", sentence % {"length": length, "most": number})


def _no_byline(story: StyledStory, _number: int) -> Iterator[Found]:
    if not story.has_byline:
        yield Found("named_authors", _("Nobody is named in the byline."))


def _no_topic(story: StyledStory, _number: int) -> Iterator[Found]:
    if not story.has_topics:
        yield Found("topics", _("The story has no topic."))


def _dead_links(story: StyledStory, _number: int) -> Iterable[Found]:
    return story.dead_links()


def _names(story: StyledStory, _number: int) -> Iterable[Found]:
    return story.names.found_in(story.text)


RULES: dict[str, Rule] = {
    "to_come": Rule(
        gettext_lazy("TK and XX"),
        gettext_lazy("Marks for what is still to come, in capitals: TK, TKTK, XX."),
        _to_come,
        Level.BLOCK,
        by_language=True,
    ),
    "names": Rule(
        gettext_lazy("Words of the house"),
        gettext_lazy(
            "What is on the list of words. What keeps from publishing is as each word says; "
            "where this only warns, none does."
        ),
        _names,
        Level.BLOCK,
        by_language=True,
    ),
    "dead_links": Rule(
        gettext_lazy("Dead links"),
        gettext_lazy("A link to a story of ours that is withdrawn, or to a page that never was."),
        _dead_links,
        Level.WARN,
    ),
    "unattributed": Rule(
        gettext_lazy("Quotations without a source"),
        gettext_lazy(
            "A quotation of at least so many words beside which nobody is said to have said it."
        ),
        _unattributed,
        Level.WARN,
        number=8,
        by_language=True,
    ),
    "straight_quotes": Rule(
        gettext_lazy("Straight quotation marks"),
        gettext_lazy("“\"” and “'” where a story has “curly” ones or «angles»."),
        _straight_quotes,
        Level.WARN,
        by_language=True,
    ),
    "double_spaces": Rule(
        gettext_lazy("Double spaces"),
        gettext_lazy("Two spaces between words."),
        _double_spaces,
        Level.WARN,
        by_language=True,
    ),
    "long_headline": Rule(
        gettext_lazy("Long headline"),
        gettext_lazy("A headline of more than so many characters."),
        _long_headline,
        Level.WARN,
        number=100,
        numbers=(10, 200),
        by_language=True,
    ),
    "no_byline": Rule(
        gettext_lazy("No byline"),
        gettext_lazy("Neither an author nor a byline in words."),
        _no_byline,
        Level.WARN,
    ),
    "no_topic": Rule(
        gettext_lazy("No topic"),
        gettext_lazy("By topics readers and search find the story."),
        _no_topic,
        Level.WARN,
    ),
}
"""In the order in which they are shown."""
