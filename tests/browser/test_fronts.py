"""Shaping a front in a real browser."""

import pytest

from articles.models import Placement
from tests.builders import make_story, make_user

from .accessibility import violations

HOME = "/admin/articles/placement/home/"


@pytest.fixture
def desk(open_page, live_server, roles):
    """A function that opens a page of the desk for an editor, beside some pinned stories."""
    make_user(username="editor")
    for slot in (1, 2, 3):
        post = make_story(f"Story {slot}")
        at = post.editions.get().live_from
        Placement.objects.create(post=post, slot=slot, live_from=at)

    def open_desk(path, **options):
        page = open_page(**options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/admin/login/?next={path}")
        page.fill("#id_username", "editor")
        page.fill("#id_password", "in-tests-only")
        page.click("[type=submit]")
        page.wait_for_load_state("networkidle")
        return page

    return open_desk


def slots(page):
    """The stories pinned in the form, by slot, as the form would send them."""
    lines = page.locator(".front-pin").all()
    return {
        line.locator("[name$=-slot]").input_value(): line.locator(
            "select option:checked"
        ).text_content()
        for line in lines
    }


def test_slots_are_moved_by_drag_and_by_keyboard_and_saved(desk):
    page = desk(HOME, height=1400)
    start, end = (page.locator(f"#slot-{slot} .front-handle").bounding_box() for slot in (1, 3))

    page.mouse.move(start["x"] + 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 4, end["y"] + 4, steps=4)
    page.mouse.up()
    assert slots(page) == {"1": "Story 2", "2": "Story 3", "3": "Story 1"}
    page.locator("#slot-2 [data-move='-1']").focus()
    page.keyboard.press("Enter")
    assert "Save the draft" in page.locator(".front-said").text_content()
    page.click("[name=_save]")
    page.wait_for_load_state()

    assert slots(page) == {"1": "Story 3", "2": "Story 2", "3": "Story 1"}
    assert page.complaints == []


def test_arrows_work_without_a_script(desk):
    page = desk(HOME, java_script_enabled=False)

    page.locator("#slot-2 [data-move='-1']").click()

    assert page.locator("#slot-1 .front-pin select option:checked").text_content() == "Story 2"
    assert page.locator("#slot-5 [name$=-typed]").count() == 1


@pytest.mark.parametrize(
    "path",
    [HOME, f"{HOME}compare/", "/admin/articles/placement/", "/admin/articles/breaking/add/"],
)
def test_axe_finds_nothing_on_the_screens_of_fronts(desk, path):
    page = desk(path)
    if path == HOME:
        page.click("#slot-5 summary")

    assert violations(page) == {}
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
