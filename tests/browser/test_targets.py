"""What a finger meets: targets are 24 px wide and high, or stand so far apart (WCAG 2.5.8)."""

import pytest

from .newsroom import make_pages

pytestmark = pytest.mark.django_db

SMALLEST = 24

# Of each target its name and its boxes; a link inside a sentence is excepted, as the rule does.
TARGETS = """() => {
    const sentence = (each) =>
        each.closest(".story-body :is(p, li), .search-meant, .index + p, .label-title");
    return [...document.querySelectorAll("a[href], button, input, select, summary")]
        .filter((each) => !each.matches(".skip") && each.checkVisibility() && !sentence(each))
        .map((each) => {
            // A headline's link is as large as its card.
            const card = each.closest(".card-headline") && each.closest(".card");
            const box = (card || each).getBoundingClientRect();
            const name = `${each.className || each.parentElement.className} “${each.innerText}”`;
            return [name, box.x, box.y, box.width, box.height];
        })
        .filter(([, , , width, height]) => width && height);
}"""


@pytest.fixture(scope="module")
def site(serving):
    """{kind: address} of one page of every kind."""
    address, pages = serving(make_pages)
    return {kind: address + path for kind, path in pages.items()}


def too_close(targets):
    """Pairs of names: a small target, and what a circle of 24 px around its middle touches."""
    for name, *box in targets:
        x, y, width, height = box
        if width >= SMALLEST - 0.5 and height >= SMALLEST - 0.5:
            continue
        middle = x + width / 2, y + height / 2
        for other, *near in targets:
            if near != box and other != name and distance(middle, near) < SMALLEST / 2 - 0.5:
                yield name, other


def distance(point, box):
    """From a point to the box of a target; from the middle of one that is small itself."""
    (px, py), (x, y, width, height) = point, box
    if width < SMALLEST or height < SMALLEST:
        middle = x + width / 2, y + height / 2
        return ((px - middle[0]) ** 2 + (py - middle[1]) ** 2) ** 0.5 - SMALLEST / 2
    dx = max(x - px, 0, px - x - width)
    dy = max(y - py, 0, py - y - height)
    if not dx and not dy:
        return SMALLEST  # It stands inside the other, as a section does in its card.
    return (dx**2 + dy**2) ** 0.5


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_target_is_too_close_to_another(open_page, site, width):
    page, found = open_page(width=width), {}
    for kind, address in site.items():
        page.goto(address)
        if close := list(too_close(page.evaluate(TARGETS))):
            found[kind] = close[:4]
    assert found == {}


def test_two_small_targets_beside_each_other_are_noticed():
    targets = [("one", 0, 0, 40, 20), ("two", 0, 20, 40, 20), ("far", 0, 60, 40, 20)]

    assert set(too_close(targets)) == {("one", "two"), ("two", "one")}


def test_the_way_to_what_was_changed_is_apart_from_any_byline(open_page, site):
    page = open_page(width=360)
    page.goto(site["story"])
    for length in range(2, 30, 2):
        page.locator(".byline a").first.evaluate(
            "(link, words) => { link.textContent = words; }",
            "Anna Brownlee Carmichael-Smith"[:length],
        )
        assert list(too_close(page.evaluate(TARGETS))) == [], length
