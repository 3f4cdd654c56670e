"""Take every kind of public page of a running site, to look for faults.

    python -m tests.screenshots.public FOLDER [--site http://127.0.0.1:8000] [--story PATH]

Each page is taken at 360 and 1280 pixels, light and dark, and the story once more as printed.
`python -m tests.screenshots` takes the smaller set that docs/screenshots.md shows.
"""

import argparse
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def first(page, selector):
    """Where the first such link of the page leads, or None."""
    link = page.query_selector(selector)
    return link and link.get_attribute("href")


def kinds_of_page(page, site, story=None):
    """{kind: path} of the pages that can be reached from the front page."""
    page.goto(urljoin(site, "/"))
    story = story or first(page, ".card-headline a")
    found = {
        "front": "/",
        "section": first(page, ".sections a"),
        "latest": "/latest/",
        "latest-filtered": "/latest/?from=2016-12-01&to=2016-12-31",
        "latest-wrong": "/latest/?from=soon",
        "latest-none": "/latest/?to=1900-01-01",
        "topics": "/topics/",
        "letter": "/topics/?letter=S",
        "corrections": "/corrections/",
        "story": story,
        "missing": "/not-here/",
    }
    if story:
        year, month, day = story.strip("/").split("/")[:3]
        found |= {
            "year": f"/{year}/",
            "month": f"/{year}/{month}/",
            "day": f"/{year}/{month}/{day}/",
        }
        page.goto(urljoin(site, story))
        found["topic"] = first(page, ".topics a")
        found["author"] = first(page, ".byline a")
    return {kind: path for kind, path in found.items() if path}


def take(browser, site, folder, *, story=None, only=(), widths=WIDTHS, schemes=SCHEMES):
    """Put the pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = kinds_of_page(browser.new_page(), site, story)
    for scheme in schemes:
        for width in widths:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            for kind, path in pages.items():
                if only and kind not in only:
                    continue
                page.goto(urljoin(site, path), wait_until="networkidle")
                load_pictures(page)
                page.screenshot(path=folder / f"{kind}-{width}-{scheme}.png", full_page=True)
            page.close()
    if "story" in pages and (not only or "story" in only):
        page = browser.new_page()
        page.goto(urljoin(site, pages["story"]), wait_until="networkidle")
        load_pictures(page)
        page.pdf(path=folder / "story.pdf", prefer_css_page_size=True, format="A4")


def take_for_docs(browser, site, folder, *, story=None):
    """Put the tops of the pages into the folder, as small files."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = kinds_of_page(browser.new_page(), site, story)
    for width, height, scheme in ((1280, 1400, "light"), (360, 1000, "dark")):
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        for kind, path in pages.items():
            page.goto(urljoin(site, path), wait_until="networkidle")
            load_pictures(page)
            name = f"{kind}-{width}-{scheme}.jpg"
            page.screenshot(path=folder / name, type="jpeg", quality=60)
        page.close()


def load_pictures(page):
    """Have the lazy pictures loaded too, as if a reader had scrolled past them."""
    page.evaluate(
        """async () => {
            const pictures = [...document.images];
            pictures.forEach((picture) => { picture.loading = "eager"; });
            await Promise.all(pictures.map((picture) => picture.decode().catch(() => null)));
        }"""
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--story", help="the path of the story to show")
    parser.add_argument("--only", nargs="*", default=(), help="kinds of page")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        take(browser, options.site, options.folder, story=options.story, only=options.only)
        browser.close()


if __name__ == "__main__":
    main()
