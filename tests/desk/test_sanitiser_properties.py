"""The cleaner on generated and on hostile markup: what it lets in, it lets in again, unchanged."""

import cProfile
import random
import tracemalloc

import nh3
import pytest
from django.core.exceptions import ValidationError

from articles.desk.rich_text import sanitiser
from articles.desk.rich_text.canonical import Writer

NAMES = [
    "p",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "sup",
    "sub",
    "a",
    "b",
    "i",
    "br",
    "div",
    "span",
    "table",
    "tr",
    "td",
    "svg",
    "math",
    "style",
    "script",
    "select",
    "option",
    "template",
    "ruby",
    "rt",
    "nobr",
    "font",
    "x",
    "textarea",
    "title",
    "plaintext",
    "frameset",
    "noscript",
    "hr",
    "img",
    "xmp",
    "iframe",
    "h1",
    "pre",
]
ATTRIBUTES = [
    *("", "/", " a=i", " href=x", " title='>'", " href=' '", ' href="'),
    *(' href="http://a/?b&amp;c"', ' href="java&#3;script:alert(1)"', " href='javascript:x'"),
    *(' href="http://["', ' href="mailto:a@b"', ' href="//x/\u202e y"', ' href="ht\ntp://x"'),
    *(' href="&quot;&gt;<b>"', " HREF\n=\t'/x' href=y"),
]
WORDS = [
    *("a", "word ", " ", "\n", "\r\n", "&amp;", "&", "<", ">", '"', "&nbsp;", "&lt;b&gt;", "&#10;"),
    *("\x00", "\x0b", "\x0c", "\u202e", "\u200c", "\u200d", "&zwj;", "می", "\u200f", "\u2028"),
    *("\U0001f468", "\ufeff", "\ud83d", "&#x202e;", "&#99999999999;", "<!--", "-->", "<!", "</"),
    *("<![CDATA[", "]]>"),
]


def generated(seed):
    """Markup of no sense, the same for a seed."""
    chance = random.Random(seed)
    parts = []
    for _ in range(chance.randrange(1, 50)):
        kind = chance.random()
        if kind < 0.4:
            parts.append(f"<{chance.choice(NAMES)}{chance.choice(ATTRIBUTES)}>")
        elif kind < 0.65:
            parts.append(f"</{chance.choice(NAMES)}>")
        else:
            parts.append(chance.choice(WORDS))
    return "".join(parts)


@pytest.mark.parametrize("start", range(0, 4000, 1000))
def test_what_is_let_in_is_let_in_again_unchanged(start):
    reference = nh3.Cleaner(
        tags=sanitiser.TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    for seed in range(start, start + 1000):
        html = generated(seed)
        stored = sanitiser.clean(html)

        assert sanitiser.clean(stored) == stored, seed
        assert Writer().write(stored) == stored, seed
        assert sanitiser.clean_stored(html) == stored, seed
        # A browser, and a sanitiser that builds a page's tree as one does, read just this.
        assert reference.clean(stored).replace(" noreferrer", "") == stored, seed
        assert len(stored) < 40 * len(html), seed


def test_what_is_known_to_be_in_the_one_form_is_in_it():
    chance = random.Random(1)
    signs = [
        "a",
        "é",
        " ",
        "  ",
        "\u00ad",
        "\u200b",
        "’",
        "—",
        "&",
        "<",
        "</p>",
        "<p>",
        "<h2>",
        "\n",
    ]
    told = 0
    for _ in range(5000):
        html = f"<p>{''.join(chance.choices(signs, k=chance.randrange(1, 6)))}</p>"
        if sanitiser.is_canonical(html):
            told += 1
            assert Writer().write(html) == html

    assert told > 100


# Each is repeated. Names say what the parser of a browser would do of it.
HOSTILE = {
    "formatting rebuilt in every paragraph": "<p><em a=i></x>a",
    "formatting that never ends": "<em a=i></x>",
    "raised and lowered signs": "<sup>a<sub>",
    "raised signs that never end": "<sup></x>",
    "formatting around blocks": "<strong><p>a</strong>",
    "links with long addresses, rebuilt": f"<a href={'x' * 500}><p>a",
    "links": '<p>word <a href="http://example.org/">x</a></p>',
    "quotations that never end": "<blockquote></x>",
    "lists in lists": "<ul><li>a",
    "items": "<li>a",
    "tables in tables": "<table><tr><td>a",
    "content fostered out of tables": "<table><b>a<p>",
    "foreign content": "<svg><math><p>a",
    "programs that never end": "<script><style>",
    "comments that never end": "<!--",
    "comments that do": "<!-->",
    "other declarations": "<![CDATA[<?</",
    "options": "<select><option>a",
    "templates": "<template><p>a",
    "ruby": "<ruby><rt>a",
    "headings": "<h2><h3>a",
    "paragraphs": "<p>a",
    "empty paragraphs": "<p></p>",
    "ends of nothing": "</b></p></li>",
    "breaks": "a<br>",
    "tags that never end": "<br",
    "quotes that never end": "<a =\"'",
    "quotes that end each other": "<a ='><a =\">",
    "blanks in tags": "<a \t\n= ",
    "plain ampersands": "&",
    "plain signs": "< ",
    "numbers of characters": "&#1;&#x202e;",
    "names of no character": f"&{'a' * 31}",
    "joiners": "a\u200d",
    "joiners in tags": "\u200d<b>\u200d</b>",
    "blanks": " \n",
    "blanks that stay": "&nbsp;",
}


def tried(html):
    """What cleaning makes of a text: (what is stored or why it is refused, whether it is)."""
    try:
        return sanitiser.clean(html), True
    except ValidationError as error:
        return " ".join(error.messages), False


def work(html):
    """How many functions are called for cleaning a text."""
    with cProfile.Profile() as calls:
        tried(html)
    return sum(function.callcount for function in calls.getstats())


@pytest.mark.parametrize("kind", HOSTILE)
def test_of_hostile_text_all_is_kept_or_it_is_refused_in_words(kind):
    for length in (2_000, 40_000):
        html = HOSTILE[kind] * (length // len(HOSTILE[kind]))

        answer, stored = tried(html)

        assert len(answer) <= 8 * len(html) + 100
        if stored:
            assert sanitiser.clean(answer) == answer
            assert sanitiser.clean_stored(html) == answer


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_no_faster_than_the_text(kind):
    # Few enough tags to be looked at, whatever they are.
    once = HOSTILE[kind] * 500
    tried(once)

    assert work(once * 2) <= 2.2 * work(once) + 500


@pytest.mark.parametrize("kind", HOSTILE)
def test_memory_grows_no_faster_than_the_text(kind):
    html = HOSTILE[kind] * (40_000 // len(HOSTILE[kind]))
    tried(html)
    tracemalloc.start()
    try:
        tried(html)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 300 * len(html) + 1_000_000


def test_a_small_text_of_which_a_parser_makes_eighteen_megabytes_is_refused():
    with pytest.raises(ValidationError, match="nested too deep"):
        sanitiser.clean("<p>" + 1000 * "<em a=i></x>" + 2000 * "<p>a</x>")


@pytest.mark.parametrize(
    "html",
    [
        "&" * 50_000,
        ("<p>" + "word " * 4 + '<a href="https://a.example/">x</a></p>') * 3400,
        "<blockquote>" * 50 + "<p>word</p>",
        "<ul><li>" * 25 + "word",
        "&nbsp;x" * 100_000,
    ],
    ids=["ampersands", "links", "quotations", "lists", "blanks that stay"],
)
def test_a_text_within_the_limits_is_within_them_for_ever(html):
    stored = sanitiser.clean(html)

    assert sanitiser.clean(stored) == stored


def test_words_in_stored_markup_that_no_form_would_take_are_all_shown():
    assert "word" in sanitiser.clean_stored("<ul><li>" * 200 + "word")
    assert "word" in sanitiser.clean_stored("<blockquote>" * 80 + "word")
    assert sanitiser.clean_stored("<p>a" * 100_000).count("a") == 100_000
    assert sanitiser.plain(sanitiser.clean_stored("x" * 300_000)) == "x" * 300_000
