"""The converter: what pieces a text becomes, and that none of its words is lost."""

import re
from collections import Counter

import pytest

from articles.importing.converter.convert import convert
from articles.importing.converter.pieces import Cells, Embedded, Link, Picture, Prose, Quote, Series
from tests.importing.words import split, words_of_html

from .samples import SAMPLES

every_sample = pytest.mark.parametrize("name", SAMPLES)


def words_of(piece):
    match piece:
        case Prose():
            return words_of_html(piece.html)
        case Link():
            label = piece.html if not piece.label else f"{piece.label} {piece.words}"
            return words_of_html(label)
        case Picture():
            return split(f"{piece.use.caption} {piece.use.credit}")
        case Series():
            return [word for use in piece.uses for word in split(f"{use.caption} {use.credit}")]
        case Quote():
            return split(f"{piece.text} {piece.attribution}")
        case Cells():
            return words_of_html(f"{piece.title} {piece.cells}")
        case Embedded():
            return (
                [] if re.match("See it|Audio|Video|Document", piece.title) else split(piece.title)
            )
    return []


@every_sample
def test_a_text_becomes_the_pieces_that_it_has(name):
    markup, html, kinds, left_out, _words = SAMPLES[name]

    done = convert(html, markup)

    assert [type(piece).__name__ for piece in done.pieces] == kinds
    assert dict(+done.left_out) == left_out


@every_sample
def test_no_words_are_lost(name):
    markup, html, _kinds, _left_out, going = SAMPLES[name]
    if going is None:
        return  # brackets and addresses are no words; the tests below look at these
    before = Counter(words_of_html(re.sub(r"\[[^\]]*\]", "", html)))

    after = Counter(word for piece in convert(html, markup).pieces for word in words_of(piece))

    assert before - after == Counter(split(going))
    assert after - before == Counter()


@every_sample
def test_what_becomes_of_a_text_is_safe_and_converting_it_again_changes_nothing(name):
    markup, html, *_others = SAMPLES[name]

    for piece in convert(html, markup).pieces:
        if isinstance(piece, Prose | Link) and "[" not in piece.html:
            assert not re.search(r"javascript:|<script|onclick|data:|<form|<style", piece.html)
            again = convert(piece.html, "html").pieces
            assert "".join(getattr(each, "html", "") for each in again) == piece.html


def html_of(html, markup="html"):
    return "".join(piece.html for piece in convert(html, markup).pieces)


def test_marks_and_headings_are_those_of_the_desk():
    assert html_of("<h1>a</h1><h5>b</h5><p><b>c</b><i>d</i></p>") == (
        "<h2>a</h2><h3>b</h3><p><strong>c</strong><em>d</em></p>"
    )


def test_classic_texts_get_paragraphs_from_blank_lines_and_line_breaks():
    assert html_of("a\nb\n\n\n c\r\n\r\nd", "classic") == "<p>a<br>b</p><p>c</p><p>d</p>"
    assert html_of("<p>a\nb</p>\n\n<p>c</p>") == "<p>a b</p><p>c</p>"


def test_words_of_different_blocks_stay_apart():
    assert html_of("<div>a</div><div>b</div><table><tr><td>c</td><td>d</td></tr></table>") == (
        "<p>a</p><p>b</p><p>c | d</p>"
    )


@pytest.mark.parametrize(
    ("before", "inside", "label", "words"),
    [
        ("WATCH:", "The film", "watch", "The film"),
        ("<b>READ:</b>", "That", "read", "That"),
        ("READ MORE: ", "<em>This</em> too", "read", "This too"),
        ("LISTEN:", "Here", "listen", "Here"),
        ("LIVE:", "Now", "live", "Now"),
        ("", "READ MORE: That", "read", "That"),
        ("", "Only a link", "", "Only a link"),
    ],
)
def test_a_paragraph_that_is_nothing_but_a_link_is_one_with_its_label(before, inside, label, words):
    (link,) = convert(f'<p>{before} <a href="/a/?b=1&amp;c=2">{inside}</a></p>', "html").pieces

    assert (link.label, link.words, link.address) == (label, words, "/a/?b=1&c=2")


@pytest.mark.parametrize(
    "html",
    [
        'SEE: <a href="/a/">that</a>',
        '<a href="/a/">that</a> and more',
        '<a href="/a/">one</a> <a href="/b/">two</a>',
        'WATCH: more <a href="/a/">that</a>',
        "WATCH: nothing",
    ],
)
def test_other_paragraphs_with_links_stay_paragraphs(html):
    (piece,) = convert(f"<p>{html}</p>", "html").pieces

    assert isinstance(piece, Prose)


def test_a_picture_brings_its_words_its_attachment_and_its_real_address():
    html = (
        '<figure><img class="wp-image-12" src="data:image/gif,x" data-src="//o.example/a.jpg"'
        ' alt="An alt"><figcaption>A caption <span class="image-credit">PA</span></figcaption>'
        "</figure>"
    )

    use = convert(html, "html").pieces[0].use

    assert (use.address, use.attachment) == ("https://o.example/a.jpg", "12")
    assert (use.alt, use.caption, use.credit) == ("An alt", "A caption", "PA")


def test_words_in_brackets_are_words_and_shortcodes_are_not():
    assert html_of("He [sic] said [the minister] so [1].", "classic") == (
        "<p>He [sic] said [the minister] so [1].</p>"
    )
    assert html_of("[dropcap]O[/dropcap]nce [[caption]]", "classic") == "<p>Once [caption]</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<form><input><p>After</p>",
        '<object data="a.swf"><param name="a">After',
        '<video><source src="https://a.example/a.mp4"><p>After</p>',
        '<embed src="https://a.example/a.swf"><p>After</p>',
        "<div><audio></div><p>After</p>",
        "<canvas><div><p>After</p>",
    ],
)
def test_what_is_never_closed_hides_no_words_after_it(html):
    done = convert(f"<p>Before</p>{html}", "html")

    prose = "".join(piece.html for piece in done.pieces if isinstance(piece, Prose))
    assert prose == "<p>Before</p><p>After</p>"


def test_a_player_that_is_never_closed_keeps_its_address():
    done = convert('<video><source src="https://a.example/a.mp4"><p>After</p>', "html")

    assert [p.address for p in done.pieces if isinstance(p, Embedded)] == [
        "https://a.example/a.mp4"
    ]


def test_emoji_that_were_pictures_are_characters():
    assert html_of('<p>Well <img class="emoji" alt="😀" src="x.png"></p>') == "<p>Well 😀</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 20_000,
        "<!-- wp:x {" * 20_000,
        "[" * 50_000,
        '[a b="' * 20_000,
        "<table><tr><td>" * 5_000,
        "<ul><li>" * 5_000 + "x",
        "<b>" * 50_000 + "x",
        "</p>" * 50_000,
        '<a href="x">' * 20_000,
        "<blockquote>" * 3_000 + "<p>x",
        "&" * 50_000,
        "\n\n" * 50_000,
        "<p>" + "a \xa0" * 50_000,
    ],
)
@pytest.mark.parametrize("markup", ["html", "classic"])
def test_a_text_made_to_take_long_does_not(html, markup):
    import time

    began = time.process_time()
    convert(html, markup)

    assert time.process_time() - began < 5
