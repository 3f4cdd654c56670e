"""What is shown at a block without being part of the story, and what a role may not change."""

from .harness import own, paragraph
from .steps import body, document, focused, put_cursor, select_node, selected, texts

STORY = (paragraph("p1", "One"), own("caption", "c1", photo="market"), paragraph("p2", "Two"))


def test_colleagues_are_shown_at_their_block_and_undo_knows_nothing_of_it(surface):
    page = surface(*STORY)
    put_cursor(page, "p1", 3)
    page.keyboard.type("!")

    page.evaluate("""trial.surface.setPeople([
        { name: "Anna", block: "p2" }, { name: "Tom", block: "p2" }, { name: "Kim", block: "c1" }
    ])""")

    assert page.locator("[data-id=p2]").get_attribute("data-people") == "Anna, Tom"
    assert page.locator("[data-id=c1]").get_attribute("data-people") == "Kim"
    assert "data-people" not in str(document(page))
    page.keyboard.press("Control+z")
    assert texts(page) == ["One", "caption", "Two"]
    assert page.locator("[data-people]").count() == 2
    page.evaluate("trial.surface.setPeople([])")
    assert page.locator("[data-people]").count() == 0


def test_errors_stand_at_their_block(surface):
    page = surface(*STORY)

    page.evaluate("trial.surface.setErrors({ c1: ['Choose a picture.', 'Again.'], gone: ['No.'] })")

    block = page.locator("[data-id=c1]")
    described = page.locator(f"#{block.get_attribute('aria-describedby')}")
    assert described.locator("p").all_inner_texts() == ["Choose a picture.", "Again."]
    assert described.bounding_box()["y"] < block.bounding_box()["y"]
    assert body(page) == list(STORY)
    page.evaluate("trial.surface.setErrors({})")
    assert page.locator(".surface-errors").count() == 0


def test_locked_words_are_refused_and_pictures_between_them_can_be_changed(surface):
    page = surface(*STORY, locked=["text"])
    page.locator("[data-id=p1]").click()
    for keys in ("x", "Enter", "Backspace", "Control+a", "Delete"):
        page.keyboard.press(keys)
    assert body(page) == list(STORY)
    assert "Your role does not change this part of a story." in page.evaluate("trial.said")

    page.locator("textarea.own-field-caption").fill("Mine")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+ArrowUp")
    assert texts(page) == ["caption", "One", "Two"]
    assert body(page)[0]["attrs"]["caption"] == "Mine"

    page.locator("[data-id=p1]").click()
    assert selected(page) == "p1"
    page.evaluate("trial.surface.insert('embed', { url: 'https://example.org/', title: 'T' })")
    assert texts(page) == ["caption", "One", "embed", "Two"]
    page.evaluate("(nodes) => trial.surface.setBody(nodes)", [paragraph("p1", "New"), *STORY[1:]])
    assert texts(page) == ["New", "caption", "Two"]


def test_locked_pictures_have_fields_that_cannot_be_written_in(surface):
    page = surface(*STORY, locked=["caption", "gallery"])
    select_node(page, "c1")

    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    assert page.locator("textarea.own-field-caption").evaluate("(area) => area.readOnly")
    assert page.locator(".own-caption").get_by_role("button", name="Replace").is_disabled()

    put_cursor(page, "p1", 3)
    page.keyboard.type("!")
    assert texts(page) == ["One!", "caption", "Two"]
    page.keyboard.type(" /pic")
    assert page.locator("[role=option]").count() == 0


def test_a_story_that_is_only_to_be_read_takes_no_words(surface):
    page = surface(*STORY, readonly=True)

    page.locator("[data-id=p1]").click()
    page.keyboard.type("x")

    assert body(page) == list(STORY)
    assert page.locator(".surface-bar").is_hidden()
    assert page.locator("textarea.own-field-caption").evaluate("(area) => area.readOnly")


def test_the_surface_can_be_locked_for_a_while(surface):
    page = surface(*STORY)
    put_cursor(page, "p1", 3)

    page.evaluate("trial.surface.lock(true)")
    page.keyboard.type("x")
    assert page.locator("textarea.own-field-caption").evaluate("(area) => area.readOnly")
    page.evaluate("trial.surface.lock(false)")
    put_cursor(page, "p1", 3)
    page.keyboard.type("y")

    assert texts(page) == ["Oney", "caption", "Two"]


def test_the_page_goes_to_a_node_or_a_field_of_it(surface):
    page = surface(*STORY)

    assert page.evaluate("trial.surface.focusNode('c1', 'alt')")
    assert focused(page) == "alt"
    assert page.evaluate("trial.surface.currentBlock()") == "c1"
    assert page.evaluate("trial.surface.focusNode('p2')")
    assert page.evaluate("trial.surface.currentBlock()") == "p2"
    assert not page.evaluate("trial.surface.focusNode('gone')")
    assert page.evaluate("trial.blocks.slice(-2)") == ["c1", "p2"]


def test_words_are_counted_as_readers_count_them(surface):
    page = surface(paragraph("p1", "It’s 1,250 well-meant words – no more."), *STORY[1:])

    count = page.evaluate(
        """async () => {
            const { words } = await import("/static/admin-desk/writing/editor.js");
            return words(trial.surface.getBody());
        }"""
    )

    assert count == 7
