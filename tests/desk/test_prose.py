"""The one cleaner for rich text."""

import pytest
from django.core.exceptions import ValidationError

from articles.desk import prose


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("<p>Words<script>alert(1)</script></p>", "<p>Words</p>"),
        ('<p onclick="x()" style="color:red" class="x">Words</p>', "<p>Words</p>"),
        ('<a href="javascript:x()">Words</a>', '<a rel="noopener">Words</a>'),
        ('<a href="data:text/html,x">Words</a>', '<a rel="noopener">Words</a>'),
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
    assert prose.clean(hostile) == clean


def test_what_the_editor_makes_passes_unchanged():
    html = (
        "<h2>Subhead</h2><p><strong>Bold</strong> and <em>italic</em><br>line</p>"
        "<ul><li><p>One</p></li></ul><ol><li><p>Two</p></li></ol>"
        "<blockquote><p>Quoted</p></blockquote>"
        '<p><a href="https://example.org/" rel="noopener">A link</a></p>'
    )

    assert prose.clean(html) == html


def test_cleaning_twice_changes_nothing():
    once = prose.clean("<p>a < b & c<b>d</b><div>e</div>")

    assert prose.clean(once) == once


@pytest.mark.parametrize("tag", ["<div>", "<p><b>", "<blockquote>", "<unknown>", "<a/b>"])
def test_text_nested_too_deep_is_refused_before_it_is_parsed(tag):
    with pytest.raises(ValidationError, match="nested too deep"):
        prose.clean(tag * 5000)


def test_text_of_a_book_is_refused_with_its_length():
    with pytest.raises(ValidationError, match="200001"):
        prose.clean("x" * 200_001)


def test_a_long_story_with_many_paragraphs_is_not_deep():
    assert prose.clean("<p>Words</p>" * 500)


def test_plain_words_keep_their_spaces():
    assert prose.plain("<p>One</p><p>two &amp; three<br>four</p>") == "One two & three four"
