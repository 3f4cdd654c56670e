"""What has become of each paragraph and block between two documents of a story."""

import random

import pytest

from articles.publishing.editions.alignment import align
from articles.publishing.editions.pieces import pieces_of, regions_of, split_prose

ONE = "<p>The minister resigned on Monday after weeks of pressure.</p>"
TWO = "<p>Nobody expected the vote to be so close, said two members.</p>"
THREE = "<p>A new election will be held in the spring, perhaps in May.</p>"
FOUR = "<p>Outside, a crowd waited in the rain until late at night.</p>"


def text(*paragraphs):
    return {"kind": "text", "html": "".join(paragraphs)}


def picture(slug, caption="A street."):
    shown = {"slug": slug, "caption": caption, "credit": "PA", "alt": "Houses"}
    return {"kind": "caption", "own": {}, "picture": shown | {"token": slug}}


def document(*body, lead=()):
    return {"regions": {"lead": list(lead), "body": list(body)}}


def between(before, after):
    """What happened, as (what, first word) in the order of the newer."""
    found = []
    for pair in align(pieces_of(before), pieces_of(after)):
        what = "left" if pair.left else pair.status
        what = "moved" if pair.moved and not pair.left and what == "same" else what
        piece = pair.new or pair.old
        found.append((what, piece.words[0] if piece.html else piece.subject))
    return found


def test_what_is_equal_is_the_same():
    before = document(text(ONE, TWO), picture("a"), lead=[picture("lead")])

    assert {what for what, _word in between(before, before)} == {"same"}


def test_a_paragraph_that_was_added_and_one_that_was_removed():
    assert between(document(text(ONE, THREE, FOUR)), document(text(ONE, TWO, THREE))) == [
        ("same", "The"),
        ("added", "Nobody"),
        ("same", "A"),
        ("removed", "Outside,"),
    ]


def test_a_paragraph_with_other_words_has_changed():
    changed = TWO.replace("two members", "five members of the committee")

    assert between(document(text(ONE, TWO)), document(text(ONE, changed))) == [
        ("same", "The"),
        ("changed", "Nobody"),
    ]


def test_a_paragraph_of_quite_other_words_is_another():
    assert between(document(text(ONE, TWO)), document(text(ONE, FOUR))) == [
        ("same", "The"),
        ("removed", "Nobody"),
        ("added", "Outside,"),
    ]


def test_a_paragraph_that_was_moved_is_moved_and_not_removed_and_added():
    assert between(
        document(text(ONE, TWO, THREE, FOUR)), document(text(TWO, THREE, FOUR, ONE))
    ) == [
        ("left", "The"),
        ("same", "Nobody"),
        ("same", "A"),
        ("same", "Outside,"),
        ("moved", "The"),
    ]


def test_a_paragraph_can_be_moved_and_changed():
    changed = ONE.replace("weeks", "months")
    pairs = align(
        pieces_of(document(text(ONE, TWO, THREE))), pieces_of(document(text(TWO, THREE, changed)))
    )

    assert [(p.status, p.moved) for p in pairs if not p.left][-1] == ("changed", True)


def test_text_that_a_picture_parts_is_the_same_text():
    whole, parted = document(text(ONE, TWO)), document(text(ONE), picture("a"), text(TWO))

    assert between(whole, parted) == [("same", "The"), ("added", "a"), ("same", "Nobody")]


def test_another_picture_in_the_same_place_has_replaced_it():
    pairs = align(
        pieces_of(document(text(ONE), picture("old"), text(TWO))),
        pieces_of(document(text(ONE), picture("new"), text(TWO))),
    )

    assert [(pair.status, pair.old.subject) for pair in pairs if not pair.new.html] == [
        ("changed", "old")
    ]


def test_other_words_under_a_picture_change_it():
    before, after = document(picture("a")), document(picture("a", "Another street."))

    assert between(before, after) == [("changed", "a")]


def test_a_picture_that_goes_into_the_text_is_moved():
    before = document(text(ONE), lead=[picture("a")])
    after = document(text(ONE), picture("a"))

    assert ("moved", "a") in between(before, after)


def test_the_order_in_which_a_database_gives_keys_back_changes_nothing():
    before = document(text(ONE), picture("b"), lead=[picture("a")])

    def turned(value):
        if isinstance(value, dict):
            return {name: turned(value[name]) for name in reversed(value)}
        return [turned(each) for each in value] if isinstance(value, list) else value

    assert {what for what, _word in between(turned(before), before)} == {"same"}
    assert [piece.words for piece in pieces_of(turned(before))] == [
        piece.words for piece in pieces_of(before)
    ]


def test_thousands_of_paragraphs_take_bounded_work():
    words = [f"w{n}" for n in range(500)]
    chance = random.Random(1)
    before, after = (
        document(text(*(f"<p>{' '.join(chance.sample(words, 60))}</p>" for _n in range(3_000))))
        for _both in range(2)
    )

    pairs = align(pieces_of(before), pieces_of(after))

    assert len(pairs) >= 3_000


@pytest.mark.parametrize(
    "html",
    [
        "",
        ONE,
        ONE + "<h2>A subhead</h2>" + TWO,
        "<ul><li><p>One</p><ul><li><p>In it</p></li></ul></li></ul>" + ONE,
        "<blockquote><p>Said</p><blockquote><p>In it</p></blockquote></blockquote><p>x</p>",
        "<p>1 &lt; 2 <strong>b</strong></p>",
    ],
)
def test_a_text_is_the_sum_of_its_outermost_elements(html):
    parts = split_prose(html)

    assert "".join(parts) == html
    assert all(part.startswith("<") and part.endswith(">") for part in parts)


def test_pieces_make_the_same_document_again():
    before = document(text(ONE, TWO), picture("a"), text(THREE), lead=[picture("lead")])

    assert dict(regions_of(pieces_of(before))) == before["regions"]


def test_every_piece_of_both_stands_in_the_comparison_once():
    chance = random.Random(7)
    everything = [ONE, TWO, THREE, FOUR, "<h2>Background</h2>", "<ul><li><p>One</p></li></ul>"]
    for _round in range(200):
        before, after = (
            document(text(*chance.sample(everything, chance.randint(1, 6))), picture("a"))
            for _both in range(2)
        )
        old, new = pieces_of(before), pieces_of(after)

        pairs = align(old, new)

        assert [pair.new for pair in pairs if pair.new and not pair.left] == new
        there = [pair.old.place for pair in pairs if pair.old and not pair.left]
        assert sorted(there) == [piece.place for piece in old]
