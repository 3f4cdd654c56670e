"""The toolbar, links, and labels that become related links."""

import pytest

from .harness import own, paragraph
from .steps import body, ids, put_cursor, texts


def test_the_toolbar_is_reached_by_keyboard_and_says_what_is_on(surface):
    page = surface(paragraph("p1", "One bold word", bold="bold"))
    put_cursor(page, "p1", 6)
    bold = page.get_by_role("button", name="Bold")
    page.wait_for_selector("[data-tool=bold][aria-pressed=true]")

    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.dataset.tool") == "insert"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.tool") == "bold"
    page.keyboard.press("Escape")
    assert page.evaluate("trial.surface.editor.view.hasFocus()")
    page.keyboard.press("Control+b")
    page.wait_for_selector("[data-tool=bold][aria-pressed=false]")
    assert bold.get_attribute("aria-keyshortcuts") == "Control+B"


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        ("heading", "heading"),
        ("bulletList", "bulletList"),
        ("orderedList", "orderedList"),
        ("blockquote", "blockquote"),
    ],
)
def test_each_tool_makes_its_kind_and_takes_it_back(surface, tool, kind):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 1)

    page.click(f"[data-tool={tool}]")
    assert (body(page)[0]["type"], ids(page)) == (kind, ["p1"])
    page.wait_for_selector(f"[data-tool={tool}][aria-pressed=true]")
    page.click(f"[data-tool={tool}]")

    assert body(page) == [paragraph("p1", "One")]


def test_a_link_is_put_over_words_changed_and_removed(surface):
    page = surface(paragraph("p1", "See the report."))
    put_cursor(page, "p1", 8)
    page.evaluate("trial.surface.editor.commands.setTextSelection({ from: 9, to: 15 })")
    page.keyboard.press("Control+k")
    page.keyboard.type("example.org/report")
    page.keyboard.press("Enter")

    linked = body(page)[0]["content"][1]
    assert linked["text"] == "report"
    assert linked["marks"] == [{"type": "link", "attrs": {"href": "https://example.org/report"}}]
    put_cursor(page, "p1", 10)
    page.keyboard.press("Control+k")
    assert page.get_by_label("Address of the link").input_value() == "https://example.org/report"
    page.get_by_role("button", name="Remove link").click()
    assert body(page) == [paragraph("p1", "See the report.")]


def test_an_address_that_cannot_be_followed_is_refused_with_a_reason(surface):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 1)
    page.keyboard.press("Control+k")

    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")

    assert "https://" in page.get_by_role("alert").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("trial.surface.editor.view.hasFocus()")
    assert body(page) == [paragraph("p1", "One")]


def test_a_label_before_a_link_to_our_story_becomes_a_related_link(surface):
    page = surface(paragraph("p1", "One"), paragraph("p2", ""))
    put_cursor(page, "p2")

    page.keyboard.type("watch: https://desk.test/talks/")
    assert texts(page)[1].startswith("watch")
    page.keyboard.press("Enter")
    page.wait_for_selector(".own-relatedlink")
    page.keyboard.type("More")

    assert texts(page) == ["One", "relatedlink", "More"]
    node = body(page)[1]["attrs"]
    assert (node["id"], node["label"], node["story"], node["headline"]) == (
        "p2",
        "watch",
        "u-talks",
        "",
    )


def test_undo_gives_the_words_of_a_label_back_and_they_stay(surface):
    page = surface(paragraph("p1", ""), paragraph("p2", "Two"))
    put_cursor(page, "p1")
    page.keyboard.type("READ: https://desk.test/talks/")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".own-relatedlink")

    page.keyboard.press("Control+z")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.evaluate("() => new Promise(requestAnimationFrame)")

    assert texts(page) == ["READ: https://desk.test/talks/", "Two"]


def test_labels_that_are_pasted_become_related_links(surface):
    page = surface(paragraph("p1", ""))
    put_cursor(page, "p1")

    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", `<p>First.</p>
                <p>LISTEN: <a href="https://desk.test/talks/">Talks end</a></p>
                <p>LIVE: <a href="https://elsewhere.test/">Not ours</a></p><p>Last.</p>`);
            data.setData("text/plain", "First.");
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            const event = new ClipboardEvent("paste", options);
            trial.surface.editor.view.dom.dispatchEvent(event);
        }"""
    )
    page.wait_for_selector(".own-relatedlink")

    assert texts(page) == ["First.", "relatedlink", "LIVE: Not ours", "Last."]
    node = body(page)[1]["attrs"]
    assert (node["label"], node["headline"]) == ("listen", "Talks end")


def test_pictures_that_are_pasted_or_dropped_go_into_the_library(surface):
    page = surface(paragraph("p1", "One"), own("embed", "e1", url="https://a.test/", title="T"))
    put_cursor(page, "p1", 3)
    page.evaluate("trial.answers.uploadFiles.push([{ slug: 'market' }], [{ slug: 'harbour' }])")
    fire = """([kind, x, y]) => {
        const data = new DataTransfer();
        data.items.add(new File(["x"], "new.png", { type: "image/png" }));
        const { dom } = trial.surface.editor.view;
        const options = { bubbles: true, cancelable: true };
        const event = kind === "paste"
            ? new ClipboardEvent("paste", { ...options, clipboardData: data })
            : new DragEvent("drop", { ...options, dataTransfer: data, clientX: x, clientY: y });
        dom.dispatchEvent(event);
        return event.defaultPrevented;
    }"""

    assert page.evaluate(fire, ["paste", 0, 0])
    page.wait_for_selector(".own-caption")
    box = page.locator("[data-id=p1]").bounding_box()
    assert page.evaluate(fire, ["drop", box["x"] + 9, box["y"] + 1])
    page.wait_for_selector(".own-caption >> nth=1")

    assert texts(page) == ["caption", "One", "caption", "", "embed"]
    assert page.evaluate("trial.log.map(([name, files]) => [name, files])") == [
        ["uploadFiles", ["new.png"]],
        ["uploadFiles", ["new.png"]],
    ]
    assert body(page)[0]["attrs"]["photo"] == "harbour"


def test_what_a_paste_leaves_out_is_reported(surface):
    page = surface(paragraph("p1", "One "))
    put_cursor(page, "p1", 4)

    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", `<p style="color: red">Two</p>
                <p><img src="https://elsewhere.test/a.png" alt="A hall"></p>`);
            data.setData("text/plain", "Two");
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            const event = new ClipboardEvent("paste", options);
            trial.surface.editor.view.dom.dispatchEvent(event);
        }"""
    )
    page.wait_for_function("() => trial.log.length")

    assert texts(page)[0] == "One Two"
    assert page.evaluate("trial.log[0]") == ["missing", [{"kind": "picture", "words": "A hall"}]]


def test_a_label_stays_words_for_who_may_add_no_link(surface):
    page = surface(paragraph("p1", ""), locked=["relatedlink"])
    put_cursor(page, "p1")

    page.keyboard.type("WATCH: https://desk.test/talks/")
    page.keyboard.press("Enter")
    page.keyboard.type("More")

    assert texts(page) == ["WATCH: https://desk.test/talks/", "More"]
