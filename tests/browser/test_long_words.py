"""Pages whose words are wider than a phone: nothing is scrolled sideways, and nothing cut off."""

import pytest
from django.test import override_settings

from .long_words import LONG, make_pages

pytestmark = pytest.mark.django_db

WIDTHS = (320, 360, 768, 1280)

# What a reader can neither see nor scroll to: beyond the window, or cut by a box of its own.
LOST = """() => {
    const lost = [];
    for (const each of document.querySelectorAll("body *")) {
        if (each.closest(".visually-hidden, .skip, .sections ul, datalist, select")) continue;
        const box = each.getBoundingClientRect();
        const style = getComputedStyle(each);
        if (!box.width || style.visibility === "hidden") continue;
        const cut = style.overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
        const outside = box.right > innerWidth + 1 || box.left < -1;
        if ((cut && each.tagName !== "INPUT") || outside) {
            lost.push(`${each.tagName}.${each.className} ${box.left} to ${box.right}`);
        }
    }
    return lost.slice(0, 5);
}"""


@pytest.fixture(scope="module")
def site(serving):
    """{kind: address} of one page of every kind."""
    with override_settings(SITE_NAME=f"{LONG[:30]} Nachrichten"):
        address, pages = serving(make_pages)
        yield {kind: address + path for kind, path in pages.items()}


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_no_word_is_too_long_for_any_page(open_page, site, way):
    page, found = open_page(), {}
    for kind, address in site.items():
        page.goto(address)
        page.evaluate("(way) => { document.documentElement.dir = way; }", way)
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            overhang = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if overhang > 0 or page.evaluate(LOST):
                found[kind, width] = (overhang, page.evaluate(LOST))
    assert found == {}


def test_a_headline_in_another_language_begins_where_that_language_does(open_page, site):
    page = open_page(width=360)
    page.goto(site["front"])
    ways = page.evaluate(
        """() => [...document.querySelectorAll(".card-headline:lang(ar)")].map(
            (each) => [getComputedStyle(each).direction, each.closest(".card").lang]
        )"""
    )
    assert ways
    assert set(map(tuple, ways)) == {("rtl", "ar")}
