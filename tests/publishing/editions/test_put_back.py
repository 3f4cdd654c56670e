"""One paragraph or block of an earlier document, put back into a later one."""

import pytest

from articles.publishing.editions.put_back import NothingToPutBack, with_part
from tests.publishing.editions.test_alignment import FOUR, ONE, THREE, TWO, document, picture, text

OTHER = TWO.replace("two members", "five members")


def html_of(document):
    return [block.get("html") or block["picture"]["slug"] for block in document["regions"]["body"]]


def test_old_words_replace_what_they_have_become():
    found = with_part(document(text(ONE, OTHER, FOUR)), document(text(ONE, TWO)), 1)

    assert html_of(found) == [ONE + TWO + FOUR]


def test_a_removed_paragraph_returns_after_what_stood_before_it():
    found = with_part(document(text(ONE, THREE)), document(text(ONE, TWO, THREE)), 1)

    assert html_of(found) == [ONE + TWO + THREE]


def test_a_removed_picture_parts_the_text_again():
    before = document(text(ONE), picture("a"), text(TWO))

    found = with_part(document({**text(ONE, TWO), "id": 7}), before, 1)

    assert html_of(found) == [ONE, "a", TWO]
    assert [block.get("id") for block in found["regions"]["body"]] == [7, None, None]


def test_a_picture_that_was_replaced_comes_back_with_its_words():
    before, now = document(picture("old", "Old words")), document(picture("new"))

    found = with_part(now, before, 0)

    assert found["regions"]["body"] == before["regions"]["body"]


def test_a_paragraph_that_was_moved_and_changed_gets_its_words_back_where_it_stands():
    now = document(text(THREE, FOUR, OTHER))

    found = with_part(now, document(text(TWO, THREE, FOUR)), 0)

    assert html_of(found) == [THREE + FOUR + TWO]


def test_the_picture_above_the_story_returns_to_its_place():
    before = document(text(ONE), lead=[picture("lead")])

    found = with_part(document(text(ONE)), before, 0)

    assert found["regions"] == before["regions"]


def test_all_of_a_text_returns():
    found = with_part(document(), document(text(ONE, TWO)), 1)

    assert html_of(found) == [TWO]


def test_a_field_is_put_back_by_itself():
    now = document(text(ONE)) | {"headline": "New", "kicker": "K"}
    before = document(text(TWO)) | {"headline": "Old", "kicker": "K"}

    found = with_part(now, before, "headline")

    assert (found["headline"], html_of(found)) == ("Old", [ONE])
    with pytest.raises(NothingToPutBack):
        with_part(now, before, "kicker")


@pytest.mark.parametrize("place", [0, 9, None, "slug", "regions"])
def test_there_is_nothing_to_put_back(place):
    now = document(text(ONE)) | {"headline": "New", "slug": "new"}

    with pytest.raises(NothingToPutBack):
        with_part(now, document(text(ONE)) | {"slug": "old"}, place)
