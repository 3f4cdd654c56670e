"""The desk in a browser: signing in, and what a person does on the writing screen."""

import re
from contextlib import suppress

from playwright.sync_api import Error, expect

from articles.desk.blocks import Text
from tests.builders import make_user

TEXT = ".surface-story"


def sign_in(page, base, role, name):
    """Make somebody with a role, and sign them in; the page notes what its console says."""
    make_user(role, name)
    page.set_default_timeout(10_000)
    page.base, page.complaints = base, []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    enter(page, name)
    return page


def enter(page, name):
    page.goto(f"{page.base}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", "in-tests-only")
    page.click("[type=submit]")


def complaints(page):
    """What the console said, but for pictures that have no files here."""
    return [text for text in page.complaints if "404" not in text]


def open_story(page, post=None):
    page.goto(f"{page.base}/admin/articles/post/{f'{post.pk}/change' if post else 'add'}/")
    page.wait_for_selector("body.writing-ready")


def paragraph(page, number):
    return page.locator(f"{TEXT} > p").nth(number)


def type_at_end(page, number, words):
    """Type at the end of a paragraph."""
    paragraph(page, number).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def expect_saved(page):
    saved = page.locator("#story-saved[data-kind=saved]")
    expect(saved).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=10_000)


def crash(page):
    """End a page as a crash does: it sends nothing more, unlike one that is closed."""
    with suppress(Error):
        page.goto("chrome://crash")
    page.close()


def save(page):
    """Save at once, and wait until it is done."""
    page.keyboard.press("Control+s")
    expect_saved(page)


def html_of(post):
    """The prose of a post as it is stored."""
    rows = Text.objects.filter(parent=post, region="body").order_by("ordering")
    return "".join(rows.values_list("html", flat=True))
