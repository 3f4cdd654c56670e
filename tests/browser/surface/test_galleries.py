"""Galleries in the editor: their pictures, their order, and what two people do to one."""

import pytest

from tests.browser.accessibility import violations

from .harness import gallery, own, paragraph
from .steps import answer, body, put_cursor, select_node

THREE = gallery("g1", ("a", "market"), ("b", "harbour"), ("c", "expired"), title="Out and about")
DROP = """(selector) => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "new.jpg", { type: "image/jpeg" }));
    for (const kind of ["dragover", "drop"]) {
        const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
        document.querySelector(selector).dispatchEvent(event);
    }
}"""


PASTE = """(held) => {
    const element = document.createElement("div");
    Object.assign(element.dataset, { kind: "gallery", title: "x", pictures: held, evil: "1" });
    const data = new DataTransfer();
    data.setData("text/html", element.outerHTML);
    document.querySelector(".surface-story").dispatchEvent(new ClipboardEvent("paste", {
        clipboardData: data, bubbles: true, cancelable: true,
    }));
}"""


def attrs(page, key="g1"):
    return next(node["attrs"] for node in body(page) if node["attrs"]["id"] == key)


def order(page):
    return "".join(each["id"] for each in attrs(page)["pictures"])


def thumb(page, number):
    return page.locator(".own-thumb").nth(number)


def photos(page, *slugs):
    page.evaluate(
        "(slugs) => trial.answers.choosePictures.push(slugs.map((slug) => trial.refs.photo(slug)))",
        list(slugs),
    )


@pytest.fixture
def page(surface):
    return surface(paragraph("p1", "One"), THREE, paragraph("p2", "Two"))


def test_several_pictures_are_put_in_as_one_gallery(surface):
    page = surface(paragraph("p1", "One"))
    photos(page, "market", "harbour")
    put_cursor(page, "p1", 3)

    page.keyboard.type(" /gallery")
    page.keyboard.press("Enter")

    page.wait_for_selector(".own-series")
    [node] = [node for node in body(page) if node["type"] == "gallery"]
    assert [each["photo"] for each in node["attrs"]["pictures"]] == ["market", "harbour"]
    assert len({each["id"] for each in node["attrs"]["pictures"]}) == 2


def test_the_words_of_a_picture_are_typed_below_and_taken_back(page):
    thumb(page, 1).click()

    page.locator(".own-chosen").get_by_label("Caption", exact=True).fill("Fog, again")

    assert [each["caption"] for each in attrs(page)["pictures"]] == ["", "Fog, again", ""]
    page.keyboard.press("Control+z")
    assert [each["caption"] for each in attrs(page)["pictures"]] == ["", "", ""]


def test_pictures_are_sorted_by_keyboard_with_the_focus_kept_and_the_place_told(page):
    select_node(page, "g1")
    thumb(page, 0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowRight")

    assert order(page) == "acb"
    assert page.evaluate("trial.said.at(-1)") == "Picture 3 of 3"
    assert page.evaluate("document.activeElement.closest('li').dataset.picture") == "b"
    page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("Alt+ArrowLeft")
    assert order(page) == "bac"
    page.keyboard.press("Control+z")
    assert order(page) == "abc"


def test_pictures_are_sorted_by_dragging(page):
    thumb(page, 2).drag_to(thumb(page, 0), target_position={"x": 10, "y": 20})

    assert order(page) == "cab"
    assert [node["type"] for node in body(page)] == ["paragraph", "gallery", "paragraph"]


def test_the_buttons_move_the_picture_that_is_chosen(page):
    thumb(page, 0).click()
    page.get_by_role("button", name="Move the picture later").click()

    assert order(page) == "bac"


def test_pictures_are_added_behind_the_one_that_is_chosen_and_removed(page):
    thumb(page, 0).click()
    photos(page, "harbour")
    page.get_by_role("button", name="Add pictures").click()
    page.wait_for_function("() => document.querySelectorAll('.own-thumb').length === 4")

    assert [each["photo"] for each in attrs(page)["pictures"]][1] == "harbour"
    page.locator(".own-chosen").get_by_role("button", name="Remove", exact=True).click()
    assert [each["id"] for each in attrs(page)["pictures"]][1:] == ["b", "c"]


def test_files_that_are_dropped_on_it_go_into_it(page):
    answer(page, "uploadFiles", [{"slug": "market"}])

    page.evaluate(DROP, ".own-series")

    page.wait_for_function("() => document.querySelectorAll('.own-thumb').length === 4")
    assert len(body(page)) == 3
    assert ["uploadFiles", ["new.jpg"]] in page.evaluate("trial.log")


def test_what_a_picture_lacks_is_marked_and_its_place_is_found(page):
    lacking = page.evaluate(
        "[...document.querySelectorAll('.own-thumbs li')].map((li) => li.className)"
    )
    assert lacking == ["", "is-missing", "is-missing"]

    page.evaluate("trial.surface.setErrors({ b: ['It has no alt text.'] })")
    assert page.locator(".surface-errors").inner_text() == "It has no alt text."
    page.evaluate("trial.surface.focusNode('b', 'alt')")
    assert page.evaluate("document.activeElement.dataset.field") == "alt"
    assert thumb(page, 1).get_attribute("aria-expanded") == "true"


def test_two_people_sort_and_write_in_one_gallery(page):
    base = body(page)
    thumb(page, 0).click()
    page.locator(".own-chosen").get_by_label("Caption", exact=True).fill("Mine")
    theirs = [node | {"attrs": dict(node["attrs"])} for node in base]
    pictures = theirs[1]["attrs"]["pictures"]
    theirs[1]["attrs"]["pictures"] = [pictures[2], pictures[0], pictures[1] | {"alt": "Fog"}]

    page.evaluate("([base, theirs]) => trial.surface.rebase(base, theirs)", [base, theirs])

    found = attrs(page)["pictures"]
    assert [(each["id"], each["caption"], each["alt"]) for each in found] == [
        ("c", "", ""),
        ("a", "Mine", ""),
        ("b", "", "Fog"),
    ]


def test_the_other_wording_of_a_caption_is_put_into_its_picture(surface):
    about = own("alternative", "x", about="b", field="caption", text="Theirs", who="Ann")
    page = surface(THREE, about, paragraph("p1", "One"))

    page.get_by_role("button", name="Take theirs").click()

    assert [each["caption"] for each in attrs(page)["pictures"]] == ["", "Theirs", ""]
    assert [node["type"] for node in body(page)] == ["gallery", "paragraph"]


def test_a_copy_is_a_gallery_with_ids_of_its_own(page):
    select_node(page, "g1")
    page.evaluate(
        """async () => {
            const { view } = trial.surface.editor;
            const { dom } = view.serializeForClipboard(view.state.selection.content());
            const data = new DataTransfer();
            data.setData("text/html", dom.innerHTML);
            view.dom.dispatchEvent(new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true,
            }));
        }"""
    )
    page.wait_for_function("() => document.querySelectorAll('.own-series').length === 2")

    one, other = [node["attrs"]["pictures"] for node in body(page) if node["type"] == "gallery"]
    assert [each["photo"] for each in one] == [each["photo"] for each in other]
    assert not {each["id"] for each in one} & {each["id"] for each in other}


@pytest.mark.parametrize(
    "held",
    ["", "no JSON", "3", "[null, 3, []]", '[{"photo": "javascript:x\\"><b>"}]', '{"photo": "x"}'],
)
def test_a_forged_gallery_brings_nothing_along(surface, held):
    page = surface(paragraph("p1", "One"))
    put_cursor(page, "p1", 3)
    page.wait_for_timeout(1_200)  # what cleans pastes has come

    page.evaluate(PASTE, held)

    page.wait_for_selector(".own-series")
    [found] = [node["attrs"] for node in body(page) if node["type"] == "gallery"]
    assert found["pictures"] == []
    assert found["title"] == "x"


def test_words_in_it_are_found_and_replaced(surface):
    page = surface(gallery("g1", ("a", "market", {"caption": "Snow fell"}), ("b", "harbour")))

    page.evaluate(
        """() => import("/static/admin-desk/writing/find_matches.js").then((find) => {
            const { view, state } = trial.surface.editor;
            const pattern = find.patternOf({ text: "Snow" });
            view.dispatch(find.replaceIn(state.tr, find.matchesIn(state.doc, pattern), "Ice"));
        })"""
    )

    assert attrs(page)["pictures"][0]["caption"] == "Ice fell"


def test_who_may_not_change_it_reads_it(surface):
    page = surface(THREE, paragraph("p1", "One"), locked=["gallery"])
    thumb(page, 1).click()

    assert page.get_by_role("button", name="Add pictures").is_disabled()
    assert page.locator(".own-chosen textarea").first.get_attribute("readonly") is not None
    thumb(page, 1).press("Alt+ArrowLeft")
    assert order(page) == "abc"


def test_axe_finds_nothing(page):
    thumb(page, 1).click()

    assert violations(page) == {}
