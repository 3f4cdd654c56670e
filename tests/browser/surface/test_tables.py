"""Writing a table: by keyboard alone, by pasting, with emphasis and links, and with a colleague."""

import pytest

from tests.browser.accessibility import violations

from .harness import own, paragraph
from .steps import body, put_cursor, select_node, selected

CELLS = "Party\tSeats\nRed\t12\nBlue\t9"
PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true})
    );
}"""


def cells(page):
    return next(node["attrs"]["cells"] for node in body(page) if node["type"] == "table")


def cell(page, row, column):
    return page.locator(f".own-cells tr:nth-child({row}) td:nth-child({column}) .own-cell")


def words_in_hand(page):
    return page.evaluate("document.activeElement.textContent")


def paste(page, text, html=""):
    page.evaluate(PASTE, [html, text])


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_a_table_is_typed_without_a_mouse(surface):
    page = surface(paragraph("p1", "Before"))
    put_cursor(page, "p1", 6)
    press(page, "Enter")
    page.keyboard.type("/table")
    press(page, "Enter")
    page.keyboard.type("Seats")
    press(page, *["Tab"] * 6)
    while page.evaluate("!document.activeElement.matches('.own-cell')"):
        press(page, "Tab")
    page.keyboard.type("Party")
    press(page, "Tab")
    page.keyboard.type("Seats")
    press(page, "Enter")
    page.keyboard.type("12")
    press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft")
    page.keyboard.type("Red")
    press(page, "Enter", "Enter")
    page.keyboard.type("Last")

    assert cells(page) == "Party\tSeats\t\nRed\t12\t\n\t\t\nLast\t\t"
    press(page, "Escape")
    assert selected(page)
    table = next(node["attrs"] for node in body(page) if node["type"] == "table")
    assert table["title"] == "Seats"


def test_tab_leaves_the_grid_behind_its_last_cell_and_before_its_first(surface):
    page = surface(own("table", "t1", cells=CELLS), paragraph("p1", "After"))
    cell(page, 3, 2).click()
    press(page, "Tab")
    assert page.evaluate("document.activeElement.dataset.field") == "source"

    cell(page, 1, 1).click()
    press(page, "Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Link"


def test_rows_and_columns_come_and_go_and_one_undo_takes_each_back(surface):
    page = surface(own("table", "t1", cells=CELLS))
    cell(page, 2, 1).click()

    page.get_by_role("button", name="Add row").click()
    assert cells(page) == "Party\tSeats\nRed\t12\n\t\nBlue\t9"
    press(page, "Control+z")
    assert cells(page) == CELLS
    cell(page, 2, 1).click()
    page.get_by_role("button", name="Add column").click()
    assert cells(page) == "Party\t\tSeats\nRed\t\t12\nBlue\t\t9"
    page.get_by_role("button", name="Delete column").click()
    cell(page, 3, 1).click()
    page.get_by_role("button", name="Delete row").click()
    assert cells(page) == "Party\tSeats\nRed\t12"


@pytest.mark.parametrize(
    ("text", "html", "arrives"),
    [
        ("A\tB\n1\t=1+1\n", "", "A\tB\n1\t=1+1"),
        ('A,B\n"x, y","say ""no"""\n', "", 'A\tB\nx, y\tsay "no"'),
        ("A;B\n1,5;2\n", "", "A\tB\n1,5\t2"),
        ("1,5\n2,5", "", "1,5\n2,5"),
        ("", "<table><tr><th>A<th>B<tr><td>1<td><b>2</b></table>", "A\tB\n1\t<strong>2</strong>"),
        ("<svg onload=alert(1)>\ty", "", "&lt;svg onload=alert(1)&gt;\ty"),
    ],
)
def test_an_empty_grid_becomes_what_is_pasted(surface, text, html, arrives):
    page = surface(own("table", "t1"))
    cell(page, 1, 1).click()

    paste(page, text, html)
    page.wait_for_function("() => document.querySelectorAll('.own-cells tr').length < 3")

    assert cells(page) == arrives


def test_a_paste_into_a_full_grid_stands_where_the_cursor_is(surface):
    page = surface(own("table", "t1", cells=CELLS))
    cell(page, 3, 2).click()

    paste(page, "10\t11%\n7\t8%")
    page.wait_for_selector(".own-cells tr:nth-child(4)")

    assert cells(page) == "Party\tSeats\t\nRed\t12\t\nBlue\t10\t11%\n\t7\t8%"


def test_a_paste_that_is_too_large_is_refused_in_words_and_changes_nothing(surface):
    page = surface(own("table", "t1", cells=CELLS))
    cell(page, 1, 1).click()

    paste(page, "\n".join(["1\t2"] * 501))
    page.wait_for_selector(".own-wrong:not(:empty)")

    assert "at most 20 columns and 500 rows" in page.inner_text(".own-wrong")
    assert cells(page) == CELLS


def test_words_in_a_cell_are_set_off_and_linked(surface):
    page = surface(own("table", "t1", cells="Red\tBlue"))
    cell(page, 1, 1).click()
    press(page, "Control+a", "Control+b")
    cell(page, 1, 2).click()
    press(page, "Control+a", "Control+k")
    page.keyboard.type("javascript:alert(1)")
    press(page, "Enter")
    assert "An address begins with" in page.inner_text(".own-grid .surface-wrong")
    press(page, "Control+a")
    page.keyboard.type("example.org/a")
    press(page, "Enter")

    link = '<a href="https://example.org/a" rel="noopener">Blue</a>'
    assert cells(page) == f"<strong>Red</strong>\t{link}"


def test_a_table_pasted_into_the_story_is_a_table(surface):
    page = surface(paragraph("p1", "Before"))
    put_cursor(page, "p1", 6)

    paste(page, "", "<table><caption>Seats</caption><tr><th>A<th>B<tr><td>1<td>2</table>")
    page.wait_for_selector(".own-table")

    assert [node["type"] for node in body(page)] == ["paragraph", "table"]
    assert cells(page) == "A\tB\n1\t2"


def test_a_colleagues_cell_comes_in_while_another_is_typed(surface):
    page = surface(own("table", "t1", cells=CELLS))
    cell(page, 2, 2).click()
    press(page, "End")
    page.keyboard.type("3 ")

    page.evaluate(
        "(nodes) => trial.surface.setBody(nodes)",
        [own("table", "t1", cells="Party\tSeats\nReds\t123 \nBlue\t9")],
    )
    page.keyboard.type("x")

    assert cells(page) == "Party\tSeats\nReds\t123 x\nBlue\t9"


def test_a_locked_table_can_be_read_cell_by_cell_and_not_changed(surface):
    page = surface(own("table", "t1", cells=CELLS), locked=["table"])
    cell(page, 2, 1).click()
    page.keyboard.type("x")
    press(page, "Tab")

    assert words_in_hand(page) == "12"
    assert cells(page) == CELLS
    assert page.get_by_role("button", name="Add row").is_disabled()


def test_forged_cells_show_no_address_that_acts(surface):
    page = surface(own("table", "t1", cells='<a href="javascript:alert(1)" x>a</a>\t<img src=x>'))

    assert page.locator(".own-cells a, .own-cells img").count() == 0
    assert cell(page, 1, 2).inner_text() == "<img src=x>"


def test_the_largest_table_is_typed_into_without_delay(surface):
    page = surface(own("table", "t1", cells="\n".join(["\t".join(["12"] * 20)] * 500)))
    cell(page, 3, 3).click()

    taken = page.evaluate("""() => {
        const start = performance.now();
        document.execCommand("insertText", false, "7");
        return performance.now() - start;
    }""")

    assert taken < 100
    assert cells(page).count("7") == 1


def test_axe_finds_nothing(surface):
    page = surface(own("table", "t1", title="Seats", head="both", cells=CELLS))
    select_node(page, "t1")
    assert violations(page) == {}

    cell(page, 2, 1).click()
    press(page, "Control+k")
    assert violations(page) == {}


def test_two_versions_of_a_table_stand_side_by_side_in_words(surface):
    theirs = "Party\tSeats\n<strong>Red</strong>\t14\nBlue\t9"
    page = surface(
        own("table", "t1", cells=CELLS),
        own("alternative", "a1", about="t1", field="cells", text=theirs, who="Anna"),
    )
    assert page.locator(".own-wording").nth(1).inner_text() == "Party · Seats\nRed · 14\nBlue · 9"

    page.get_by_role("button", name="Take theirs").click()

    assert cells(page) == theirs
    assert cell(page, 2, 2).inner_text() == "14"


def test_a_forged_table_of_endless_rows_is_cut(surface):
    page = surface(paragraph("p1", "Before"))
    put_cursor(page, "p1", 6)

    paste(page, "", f'<div data-kind="table" data-cells="{"x&#10;" * 9000}"></div>')
    page.wait_for_selector(".own-table")

    assert cells(page).count("\n") == 499
