"""The writing screen in other languages than English: its words, and its direction."""

import re

import pytest
from playwright.sync_api import expect

from articles.desk import roles
from tests.browser.desk import complaints, open_story, sign_in, type_at_end
from tests.builders import make_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_in(desk_server, open_page, settings):
    """`open_in("fr", width=360)` gives a page with a story at a desk in French."""

    def open_one(desk, *, width=1280, paragraphs=2, language=None):
        settings.LANGUAGE_CODE = desk
        page = sign_in(open_page(width=width), desk_server, roles.EDITOR, "anna")
        text = "<p>One.</p>" * paragraphs
        open_story(page, make_post("A headline", text=text, language=language or desk))
        return page

    return open_one


def test_the_desk_in_french_says_in_french_that_a_story_is_saved(open_in):
    page = open_in("fr")

    type_at_end(page, 0, " Encore.")
    page.keyboard.press("Control+s")

    saved = page.locator("#story-saved[data-kind=saved]")
    expect(saved).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d$"), timeout=10_000)
    assert complaints(page) == []


@pytest.mark.parametrize("width", [360, 320])
def test_the_steps_have_room_on_a_phone_in_french(open_in, width):
    page = open_in("fr", width=width)

    more = page.locator("#more-button").bounding_box()

    assert more["x"] + more["width"] <= width


def test_the_preview_leaves_the_text_of_a_long_story_its_room(open_in):
    page = open_in("fr", paragraphs=10)
    expect(page.locator("#outline")).to_be_visible()

    page.click("#preview-button")

    expect(page.locator("#outline")).to_be_hidden()
    assert page.locator("#id_headline").bounding_box()["width"] > 500


def test_a_story_runs_in_the_direction_of_its_own_language(open_in):
    page = open_in("ar", language="en")

    assert (
        page.locator(".surface-story").evaluate("(it) => getComputedStyle(it).direction") == "ltr"
    )
    expect(page.locator("#id_headline")).to_have_css("direction", "ltr")
    expect(page.locator("#lead")).to_have_css("direction", "ltr")
    assert (
        page.locator(".surface-tools").evaluate("(it) => getComputedStyle(it).direction") == "rtl"
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_the_desk_in_arabic_runs_from_right_to_left_and_fits_its_window(open_in, width):
    page = open_in("ar", width=width)

    bar = page.locator(".writing-bar").bounding_box()
    back = page.locator(".writing-back").bounding_box()

    assert back["x"] + back["width"] / 2 > bar["x"] + bar["width"] / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(page) == []
