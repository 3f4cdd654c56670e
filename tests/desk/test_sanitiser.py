"""The one cleaner for rich text."""

import pytest
from django.core.exceptions import ValidationError

from articles.desk.rich_text import sanitiser


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("<p>Words<script>alert(1)</script></p>", "<p>Words</p>"),
        ('<p onclick="x()" style="color:red" class="x">Words</p>', "<p>Words</p>"),
        ('<a href="javascript:x()">Words</a>', "<p>Words</p>"),
        ('<a href="data:text/html,x">Words</a>', "<p>Words</p>"),
        ('<a href="java\x03script:x()">Words</a>', "<p>Words</p>"),
        ('<a href="java&#3;script:x()">Words</a>', "<p>Words</p>"),
        ('<a href="java&#x202e;script:x()">Words</a>', "<p>Words</p>"),
        (
            '<a href="java&Tab;script:x()">Words</a>',
            '<p><a href="java%20script:x()" rel="noopener">Words</a></p>',
        ),
        ("<p>Wo\x0br\x1fd\u202es\u200b\u00ad</p>", "<p>Words</p>"),
        ("<p>Wo&#11;r&#x1f;d&#8238;s&ZeroWidthSpace;&shy;</p>", "<p>Words</p>"),
        ("<p>&#" + "9" * 5000 + ";</p>", "<p>\ufffd</p>"),
        (
            "<p>می\u200cخواهم می&zwnj;<em>خواهم</em></p>",
            "<p>می\u200cخواهم می\u200c<em>خواهم</em></p>",
        ),
        ("<p>1 < 2 > 0 & <", "<p>1 &lt; 2 &gt; 0 &amp; &lt;</p>"),
        ("<![CDATA[x]]><?php x ?></>Words<!-->", "<p>Words</p>"),
        ("<img src=x onerror=x()><p>Words</p>", "<p>Words</p>"),
        ("<svg><style><p>Words", "<p>Words</p>"),
        ("<iframe src='//evil.example'></iframe><p>Words</p>", "<p>Words</p>"),
        ("<p>Wo\x00rds</p>", "<p>Words</p>"),
        ("<!-- secret --><p>Words</p>", "<p>Words</p>"),
        ("<p></p>", ""),
        ("<p> \n </p>", ""),
    ],
)
def test_only_the_markup_of_a_story_is_left(hostile, clean):
    assert sanitiser.clean(hostile) == clean


LOWERED_LINK = '<p><a href="/x" rel="noopener"><em><sub>One</sub></em></a></p>'


@pytest.mark.parametrize(
    ("spelt", "stored"),
    [
        ("<p>One</p>\r\n\r\n<p>two</p>\n", "<p>One</p><p>two</p>"),
        ("<p> One\n  two </p>", "<p>One two</p>"),
        ("<p>One<br>\n two <br/> three</p>", "<p>One<br>two<br>three</p>"),
        (
            "<ul><li>bare</li><li><p>held</p></li></ul>",
            "<ul><li><p>bare</p></li><li><p>held</p></li></ul>",
        ),
        (
            "<ul><li>One<li>two<ul><li>in it</ul></ul>",
            "<ul><li><p>One</p></li><li><p>two</p><ul><li><p>in it</p></li></ul></li></ul>",
        ),
        ("<ol>One<h2>two</h2></ol>", "<ol><li><p>One</p></li><li><p>two</p></li></ol>"),
        ("<ul><li><h2>One</h2><h3>two</h3></ul>", "<ul><li><p>One</p><h3>two</h3></li></ul>"),
        ("<blockquote>Quoted</blockquote>", "<blockquote><p>Quoted</p></blockquote>"),
        ("Bare <b>bold</b><p>held</p>", "<p>Bare <strong>bold</strong></p><p>held</p>"),
        ("<p>One<p>two", "<p>One</p><p>two</p>"),
        ("<p>A&nbsp;b\xa0c &quot;d&quot; &eacute;</p>", '<p>A&nbsp;b&nbsp;c "d" é</p>'),
        ("<p>One</p><p></p><p>&nbsp;</p><p><br></p>", "<p>One</p>"),
        (
            "<strong><p>One</p><p>two</p></strong>",
            "<p><strong>One</strong></p><p><strong>two</strong></p>",
        ),
        ("<p><em><strong>One</strong></em></p>", "<p><strong><em>One</em></strong></p>"),
        ("<p><sub><em><a href='/x'>One</a></em></sub></p>", LOWERED_LINK),
        ("<p>10<sup>3</sup><sup>4</sup> m<SUP>2</SUP></p>", "<p>10<sup>34</sup> m<sup>2</sup></p>"),
        ("<p><sup>a<sub>b</sub></sup><sub></sub></p>", "<p><sup>a</sup><sub>b</sub></p>"),
        ("<p><em>One</em><em> two</em></p>", "<p><em>One two</em></p>"),
        ("<table><tr><td>One<td>two</table>", "<p>One</p><p>two</p>"),
        ("<DIV>One</DIV><Div>two", "<p>One</p><p>two</p>"),
        ("<a href='/a b?c&d'>One</a>", '<p><a href="/a%20b?c&amp;d" rel="noopener">One</a></p>'),
    ],
)
def test_however_it_is_spelt_a_text_is_stored_in_one_form(spelt, stored):
    assert sanitiser.clean(spelt) == stored
    assert sanitiser.clean(stored) == stored


def test_what_the_editor_makes_passes_unchanged():
    html = (
        "<h2>Subhead</h2><p><strong>Bold</strong> and <em>italic</em><br>line</p>"
        "<p>CO<sub>2</sub>, <strong><em><sup>10</sup></em></strong></p>"
        "<ul><li><p>One</p></li></ul><ol><li><p>Two</p></li></ol>"
        "<blockquote><p>Quoted</p></blockquote>"
        '<p><a href="https://example.org/" rel="noopener">A link</a></p>'
    )

    assert sanitiser.clean(html) == html


def test_cleaning_twice_changes_nothing():
    once = sanitiser.clean("<p>a < b & c<b>d</b><div>e</div>")

    assert sanitiser.clean(once) == once


@pytest.mark.parametrize(
    "tag",
    [
        "<em a=i></x>",
        "<blockquote></x>",
        "<ul><li>",
        "<div>",
        "<p><b>",
        "<blockquote>",
        "<unknown>",
        "<a/b>",
    ],
)
def test_text_nested_too_deep_is_refused_before_it_is_parsed(tag):
    with pytest.raises(ValidationError, match="nested too deep"):
        sanitiser.clean(tag * 5000)


def test_text_of_a_book_is_refused_with_its_length():
    with pytest.raises(ValidationError, match="200001"):
        sanitiser.clean("x" * 200_001)


def test_a_long_story_with_many_paragraphs_is_not_deep():
    assert sanitiser.clean("<p>Words</p>" * 500)


def test_plain_words_keep_their_spaces():
    assert sanitiser.plain("<p>One</p><p>two &amp; three<br>four</p>") == "One two & three four"


def test_plain_words_of_anything_are_read():
    assert sanitiser.plain("<![> a <!-- b --> &#" + "9" * 5000 + "; c <d") == "a \ufffd c <d"


def test_a_word_with_raised_and_lowered_signs_is_one_word():
    html = "<p>H<sub>2</sub>O and E = mc<sup>2</sup></p>"

    assert sanitiser.words_of(html) == ["H2O", "and", "E", "=", "mc2"]
