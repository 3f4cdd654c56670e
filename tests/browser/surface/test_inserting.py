"""Inserting at the cursor, by '/' and by the buttons."""

import pytest

from .harness import paragraph
from .steps import answer, document, focused, ids, put_cursor, shape, texts


def test_a_slash_after_a_space_splits_the_paragraph_and_one_undo_joins_it(surface):
    page = surface(paragraph("p1", "First. Second."), paragraph("p2", "Third."))
    before = document(page)
    put_cursor(page, "p1", 7)

    page.keyboard.type("/pull")
    assert page.locator("[role=option]").all_inner_texts() == ["Pull quote"]
    page.keyboard.press("Enter")

    assert texts(page) == ["First.", "pullquote", "Second.", "Third."]
    assert ids(page)[0] == "p1"
    assert ids(page)[3] == "p2"
    assert focused(page) == "text"
    page.keyboard.press("Control+z")
    assert document(page) == before


def test_three_related_links_in_a_row_make_one_group(surface):
    page = surface(paragraph("p1", "First."), paragraph("p2", "Second."))
    put_cursor(page, "p1", 6)
    page.keyboard.press("Enter")

    for uuid in ("u-talks", "u-convoy", "u-vote"):
        answer(page, "chooseStories", [{"label": "watch", "story": uuid}])
        page.keyboard.type("/rel")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(uuid) => JSON.stringify(trial.surface.getBody()).includes(uuid)", arg=uuid
        )

    assert texts(page) == ["First.", *["relatedlink"] * 3, "Second."]
    assert page.locator(".own-related-title:visible").count() == 1
    boxes = [page.locator(".own-relatedlink").nth(n).bounding_box() for n in range(3)]
    assert boxes[0]["y"] + boxes[0]["height"] == pytest.approx(boxes[1]["y"], abs=1)
    assert page.evaluate("trial.log[2][1].taken") == ["u-talks", "u-convoy"]
    page.keyboard.type("X")
    assert texts(page)[-1] == "XSecond."


def test_several_pictures_at_once_and_the_cursor_goes_on_below(surface):
    page = surface(paragraph("p1", "First."))
    put_cursor(page, "p1", 6)
    answer(page, "choosePictures", [{"slug": "market"}, {"slug": "harbour"}])

    page.click("[data-tool=insert]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".own-caption >> nth=1")
    page.keyboard.type("After")

    assert texts(page) == ["First.", "caption", "caption", "After"]


def test_nothing_is_inserted_when_the_dialog_is_left(surface):
    page = surface(paragraph("p1", "First."))
    put_cursor(page, "p1", 6)
    page.keyboard.type(" /emb")
    page.keyboard.press("Enter")
    page.wait_for_function("() => trial.log.length === 1")

    page.keyboard.type("more")
    assert texts(page) == ["First. more"]


@pytest.mark.parametrize("typed", ["and/or", "http://example.org/a"])
def test_a_slash_inside_a_word_is_a_slash(surface, typed):
    page = surface(paragraph("p1", ""))
    put_cursor(page, "p1")

    page.keyboard.type(typed)

    assert page.locator(".surface-menu").count() == 0
    assert texts(page) == [typed]


def test_escape_leaves_the_slash_and_the_menu_stays_away(surface):
    page = surface(paragraph("p1", ""))
    put_cursor(page, "p1")
    page.keyboard.type("/")
    assert page.locator("[role=option]").count() > 0

    page.keyboard.press("Escape")
    page.keyboard.type("pull")

    assert page.locator(".surface-menu").count() == 0
    assert texts(page) == ["/pull"]


def test_the_menu_is_told_to_readers_of_screens(surface):
    page = surface(paragraph("p1", ""))
    put_cursor(page, "p1")
    page.keyboard.type("/")
    page.keyboard.press("ArrowDown")

    story = page.get_by_role("textbox", name="Story")
    active = story.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").inner_text() == "Picture"
    assert page.locator("main [role=listbox]").get_attribute("aria-label") == "Insert"
    page.keyboard.press("Escape")
    assert story.get_attribute("aria-activedescendant") is None


def test_an_empty_paragraph_is_replaced(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2"), paragraph("p3", "Three"))
    put_cursor(page, "p2")

    page.evaluate("trial.surface.insert('embed', {url: 'https://example.org/', title: 'T'})")

    assert texts(page) == ["One", "embed", "Three"]


def test_a_list_is_divided_between_two_items(surface):
    def item(words):
        return {
            "type": "listItem",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": words}]}],
        }

    page = surface(
        {"type": "bulletList", "attrs": {"id": "l1"}, "content": [item("One"), item("Two")]}
    )
    put_cursor(page, "l1", 3)

    page.evaluate("trial.surface.insert('embed', {url: 'https://example.org/', title: 'T'})")

    assert texts(page) == ["One", "embed", "Two"]
    assert ids(page)[0] == "l1"
    assert len(set(ids(page))) == 3
    page.keyboard.press("Control+z")
    assert shape(page) == [("l1", "OneTwo")]


def test_the_plus_stands_beside_the_block_of_the_cursor(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", "Two"), paragraph("p3", "Three"))
    for key in ("p1", "p3"):
        put_cursor(page, key)
        page.wait_for_function(
            """(key) => {
                const box = document.querySelector(`[data-id="${key}"]`).getBoundingClientRect();
                const plus = document.querySelector(".surface-plus").getBoundingClientRect();
                return plus.top >= box.top - 8 && plus.bottom <= box.bottom + 8
                    && plus.right < box.left;
            }""",
            arg=key,
        )

    page.click(".surface-plus")
    page.get_by_role("menuitem", name="Pull quote").click()

    assert texts(page) == ["One", "Two", "pullquote", "Three"]
