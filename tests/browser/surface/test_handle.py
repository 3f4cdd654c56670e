"""Moving, copying and removing blocks."""

from .harness import own, paragraph
from .steps import document, ids, put_cursor, select_node, texts


def test_the_menu_of_the_handle_moves_copies_and_removes(surface):
    page = surface(
        paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two")
    )
    select_node(page, "c1")

    def choose(name):
        page.keyboard.press("Alt+F10")
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=menu]")
        page.keyboard.type(name)
        page.keyboard.press("Enter")

    choose("M")
    assert ids(page) == ["p1", "p2", "c1"]
    assert "Moved down." in page.evaluate("trial.said")
    choose("C")
    put_cursor(page, "p1", 3)
    page.keyboard.press("Control+v")
    page.wait_for_selector(".own-caption >> nth=1")
    assert texts(page)[:2] == ["One", "caption"]
    assert texts(page).count("caption") == 2
    select_node(page, "c1")
    choose("R")
    assert "c1" not in ids(page)
    assert page.evaluate("trial.said.at(-1)").startswith("Removed.")


def test_a_block_is_dragged_by_its_handle_to_a_place_that_is_shown(surface):
    page = surface(
        paragraph("p1", "One"),
        paragraph("p2", "Two"),
        own("caption", "c1", photo="market"),
        paragraph("p3", "Three"),
    )
    before = document(page)
    put_cursor(page, "p1")
    page.hover("[data-id=p1]")
    grip = page.locator(".surface-grip").bounding_box()
    target = page.locator("[data-id=p3]").bounding_box()

    page.mouse.move(grip["x"] + 8, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 50, target["y"] + 10, steps=5)
    page.mouse.move(target["x"] + 50, target["y"] + target["height"] - 3, steps=3)
    assert page.locator(".surface-drop").is_visible()
    page.mouse.up()

    assert ids(page) == ["p2", "c1", "p3", "p1"]
    assert page.locator(".surface-drop").is_hidden()
    page.keyboard.press("Control+z")
    assert document(page) == before
