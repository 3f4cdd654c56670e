"""Tables and charts: made by an editor, read by readers, changed, compared and put back."""

import re

import pytest
from playwright.sync_api import expect

from articles.desk.writing.document import read
from articles.models import Chart, Post, Table
from articles.publishing.editions.document import compose
from articles.publishing.steps.publish import publish
from tests.builders import make_post

from .accessibility import violations
from .desk import complaints, open_story, save, sign_in

PASTE = """([text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true})
    );
}"""
# What lies over another word of its chart, or beyond the screen.
APART = """() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
    const texts = [...chart.querySelectorAll("text")].filter((text) => text.checkVisibility());
    const boxes = texts.map((text) => text.getBoundingClientRect());
    const isAcross = (a, b) => a.left < b.right && b.left < a.right;
    const isDown = (a, b) => a.top < b.bottom && b.top < a.bottom;
    return texts.filter((_, n) => {
        const box = boxes[n];
        const others = boxes.slice(0, n);
        const isOut = box.left < 0 || box.right > innerWidth;
        return isOut || others.some((other) => isAcross(box, other) && isDown(box, other));
    }).map((text) => text.textContent);
})"""
FIGURES = "Year\tRed\tBlue\n2022\t10\t2x\n2023\t5\t7\n2024\t15\t40"
WIDE = "\n".join("\t".join(f"Column {n}" for n in range(20)) for _row in range(3))


def insert(page, kind, title):
    """Put one in behind the text, with a title; its element."""
    page.locator(".surface-story > p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(f" /{kind}")
    page.keyboard.press("Enter")
    made = page.locator(f".own-{kind}")
    expect(made.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type(title)
    return made


def fill(page, made, text):
    made.locator(".own-cell").first.click()
    page.evaluate(PASTE, [text])
    expect(made.locator(".own-cells tr")).to_have_count(text.count("\n") + 1)


def put_back(page, post):
    """Compare the story with what it was, and put what changed back."""
    page.goto(f"{page.base}/admin/articles/post/{post.pk}/history/")
    page.get_by_role("link", name=re.compile("Compare|What changed", re.IGNORECASE)).first.click()
    expect(page.locator(".compare-cells")).to_be_visible()
    marked = page.locator(".compare-cells del, .compare-cells ins").all_inner_texts()
    page.get_by_role("button", name="Put the old words back").first.click()
    page.wait_for_load_state()
    return [words.strip() for words in marked]


def test_an_editor_makes_publishes_changes_compares_and_restores_a_table(open_page, desk_server):
    post = make_post("The vote", text="<p>It was close.</p>")
    page = sign_in(open_page(), desk_server, "Editor", "editor")
    open_story(page, post)

    made = insert(page, "table", "Seats")
    fill(page, made, FIGURES)
    save(page)
    [shown] = [node for node in read(post).document["body"] if node["type"] == "table"]
    assert shown["attrs"]["title"] == "Seats"
    assert shown["attrs"]["cells"] == FIGURES

    edition = publish(Post.objects.get(pk=post.pk), by=None)
    reader = open_page()
    reader.goto(desk_server + edition.get_absolute_url())
    expect(reader.get_by_role("table", name="Seats")).to_contain_text("40")

    open_story(page, post)
    page.locator(".own-cell", has_text="40").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("41")
    save(page)
    assert put_back(page, post) == ["40", "41"]
    post = Post.objects.get(pk=post.pk)
    assert compose(post)["regions"] == edition.document["regions"]
    assert complaints(page) == []


def test_an_editor_makes_publishes_changes_compares_and_restores_a_chart(open_page, desk_server):
    post = make_post("The vote", text="<p>It was close.</p>")
    page = sign_in(open_page(), desk_server, "Editor", "editor")
    open_story(page, post)

    made = insert(page, "chart", "Seats")
    made.get_by_label("Shape").select_option(label="Lines")
    fill(page, made, FIGURES)
    made.get_by_label("What it shows").fill("Blue overtook Red.")
    save(page)
    page.get_by_role("tab", name="Checks").click()
    told = page.get_by_text("Row 2, column “Blue”: “2x” is not a number.")
    expect(told.first).to_be_visible(timeout=10_000)
    made.locator(".own-cell", has_text="2x").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    expect(told).to_have_count(0, timeout=10_000)
    save(page)

    edition = publish(Post.objects.get(pk=post.pk), by=None)
    reader = open_page()
    reader.goto(desk_server + edition.get_absolute_url())
    expect(reader.get_by_role("img", name="Blue overtook Red.")).to_be_visible()
    expect(reader.get_by_role("table")).to_be_hidden()
    reader.get_by_text("The figures as a table").click()
    expect(reader.get_by_role("table")).to_contain_text("40")

    open_story(page, post)
    page.locator(".own-chart .own-cell", has_text="40").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("41")
    save(page)
    assert put_back(page, post) == ["40", "41"]
    assert complaints(page) == []


@pytest.fixture
def story(open_page, desk_server):
    """`story(...)` opens a published story with a wide table and charts of every shape."""

    def opened(**options):
        post = make_post("The vote", text="<p>It was close.</p>")
        at = {"parent": post, "region": "body"}
        Table.objects.create(ordering=20, title="All of it", cells=WIDE, source="ONS", **at)
        for place, shape in enumerate(("", "bar", "line", "stacked"), start=30):
            said = {"title": f"Seats {place}", "description": "Blue won.", "unit": "Seats"}
            cells = FIGURES.replace("2x", "2")
            Chart.objects.create(ordering=place, shape=shape, cells=cells, **said, **at)
        edition = publish(post, by=None)
        page = open_page(**options)
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.goto(desk_server + edition.get_absolute_url())
        return page

    return opened


def test_axe_finds_nothing_and_the_policy_forbids_nothing(story):
    page = story()
    for summary in page.get_by_text("The figures as a table").all():
        summary.click()

    assert violations(page) == {}
    assert complaints(page) == []


def test_the_page_never_scrolls_sideways_and_the_table_does_by_keys(story):
    page = story(width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320

    region = page.get_by_role("region", name="All of it")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('.table-scroll').scrollLeft > 0", timeout=5_000
    )


def test_words_of_a_chart_stay_apart_and_within_on_a_phone(story):
    page = story(width=360)

    apart = page.evaluate(APART)

    assert apart == []


def test_without_script_all_is_there_and_moves_nothing(story):
    page = story(java_script_enabled=False)

    page.get_by_text("The figures as a table").first.click()

    expect(page.get_by_role("table", name="All of it")).to_be_visible()
    expect(page.locator(".chart table").first).to_be_visible()
    expect(page.locator(".chart-plot")).to_have_count(4)
