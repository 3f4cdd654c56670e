"""Keys in and around the nodes of our own."""

import pytest

from .harness import own, paragraph
from .steps import body, document, focused, ids, put_cursor, select_node, selected, texts


def test_backspace_below_a_picture_selects_it_and_a_second_one_removes_it(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    put_cursor(page, "p2")

    page.keyboard.press("Backspace")
    assert selected(page) == "c1"
    assert texts(page) == ["One", "caption", "Two"]
    page.keyboard.press("Backspace")
    assert texts(page) == ["One", "Two"]
    page.keyboard.press("Control+z")
    assert ids(page) == ["p1", "c1", "p2"]


def test_delete_above_a_picture_selects_it_first(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    put_cursor(page, "p1", 3)

    page.keyboard.press("Delete")

    assert selected(page) == "c1"
    assert texts(page) == ["One", "caption", "Two"]


def test_a_letter_typed_on_a_selected_picture_goes_below(surface):
    page = surface(paragraph("p1", "One"), own("caption", "c1", photo="market"))
    select_node(page, "c1")

    page.keyboard.type("Hello")

    assert texts(page) == ["One", "caption", "Hello"]


def test_alt_and_arrows_move_a_block_and_the_cursor_goes_with_it(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    before = document(page)
    put_cursor(page, "p2", 3)

    page.keyboard.press("Alt+ArrowUp")
    assert ids(page) == ["p1", "p2", "c1"]
    page.keyboard.type("!")
    assert texts(page) == ["One", "Two!", "caption"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert document(page) == before
    page.keyboard.press("Alt+ArrowDown")
    assert document(page) == before


def test_there_is_a_place_to_write_between_two_pictures(surface):
    page = surface(own("caption", "c1", photo="market"), own("caption", "c2", photo="harbour"))
    select_node(page, "c1")

    page.keyboard.press("ArrowDown")
    page.keyboard.type("Between")

    assert texts(page) == ["caption", "Between", "caption"]
    assert all(ids(page))


def test_tab_goes_through_the_fields_and_escape_selects_the_node_again(surface):
    page = surface(
        paragraph("p1", "One"),
        own("caption", "c1", photo="market", caption="Own", alt="A", credit="C"),
        paragraph("p2", "Two"),
    )
    select_node(page, "c1")

    stops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "document.activeElement.dataset.field || document.activeElement.textContent"
            )
        )
    assert stops[:4] == ["Replace", "Details", "Remove", "caption"]
    assert [stop for stop in stops if stop in ("caption", "credit", "alt")] == [
        "caption",
        "credit",
        "alt",
    ]
    page.keyboard.press("Escape")
    assert selected(page) == "c1"
    assert page.evaluate("trial.surface.editor.view.hasFocus()")

    put_cursor(page, "p1")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.own')")


def test_enter_in_a_field_selects_the_node_and_shift_enter_breaks_a_line(surface):
    page = surface(own("pullquote", "q1", text="One"), paragraph("p1", "Two"))
    page.locator(".own-field-text").click()
    page.keyboard.press("End")

    page.keyboard.press("Shift+Enter")
    page.keyboard.type("more")
    page.keyboard.press("Enter")

    assert selected(page) == "q1"
    assert body(page)[0]["attrs"]["text"] == "One\nmore"


def test_undo_in_a_field_undoes_in_the_document_and_the_field_follows(surface):
    page = surface(own("pullquote", "q1", text="One"), paragraph("p1", "Two"))
    put_cursor(page, "p1", 3)
    page.keyboard.type("!")
    field = page.locator(".own-field-text")
    field.click()
    page.keyboard.press("End")
    page.keyboard.type(" and all")
    assert body(page)[0]["attrs"]["text"] == "One and all"

    page.keyboard.press("Control+z")
    assert field.input_value() == "One"
    assert focused(page) == "text"
    page.keyboard.press("Control+z")
    assert texts(page)[1] == "Two"
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    assert field.input_value() == "One and all"
    assert texts(page)[1] == "Two!"


def test_undo_and_redo_go_over_everything_to_the_same_document(surface):
    page = surface(
        paragraph("p1", "One. Two."),
        own("caption", "c1", photo="market"),
        own("relatedlink", "r1", story="u-talks"),
        paragraph("p2", "Three"),
    )
    before = document(page)
    put_cursor(page, "p1", 5)
    page.keyboard.press("Enter")
    page.locator(".own-field-caption").click()
    page.keyboard.type("Typed")
    page.locator(".own-relatedlink select").select_option("live")
    select_node(page, "c1")
    page.keyboard.press("Delete")
    put_cursor(page, "p2", 5)
    page.keyboard.press("Alt+ArrowUp")
    page.click("[data-tool=heading]")
    after = document(page)

    steps = 0
    while page.evaluate("trial.surface.editor.can().undo()"):
        page.keyboard.press("Control+z")
        steps += 1
    assert document(page) == before
    assert 5 <= steps <= 8
    for _ in range(steps):
        page.keyboard.press("Control+y")
    assert document(page) == after


@pytest.mark.parametrize("key", ["Alt+ArrowUp", "Alt+ArrowDown"])
def test_a_block_moves_from_within_its_field_and_keeps_the_focus(surface, key):
    page = surface(
        paragraph("p1", "One"), own("pullquote", "q1", text="Words"), paragraph("p2", "Two")
    )
    page.locator(".own-field-text").click()

    page.keyboard.press(key)

    assert ids(page) == (["q1", "p1", "p2"] if key == "Alt+ArrowUp" else ["p1", "p2", "q1"])
    assert focused(page) == "text"


def test_a_click_below_a_picture_at_the_end_begins_a_paragraph(surface):
    page = surface(paragraph("p1", "One"), own("caption", "c1", photo="market"))
    box = page.locator("[data-id=c1]").bounding_box()

    page.mouse.click(box["x"] + 100, box["y"] + box["height"] + 120)
    page.keyboard.type("Last")

    assert texts(page) == ["One", "caption", "Last"]


@pytest.mark.parametrize("key", ["Control+Alt+2", "Control+Alt+0", "Control+Alt+1"])
def test_keys_with_which_people_write_their_letters_do_nothing_else(surface, key):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 1)

    page.keyboard.press(key)

    assert document(page)[0]["type"] == "paragraph"


def test_a_selection_over_a_picture_takes_it_whole_and_undo_brings_it_back(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    before = document(page)
    put_cursor(page, "p1", 2)
    page.evaluate("""() => {
        const { editor } = trial.surface;
        editor.commands.setTextSelection({ from: 3, to: editor.state.doc.content.size - 2 });
    }""")

    page.keyboard.press("Delete")

    assert texts(page) == ["Ono"]
    page.keyboard.press("Control+z")
    assert document(page) == before
