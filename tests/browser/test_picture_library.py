"""Ticking pictures of the library, in a real browser."""

import pytest
from playwright.sync_api import expect

from articles.desk import roles as names
from tests.builders import make_photo

from .desk import complaints, sign_in


@pytest.fixture
def desk(desk_server, open_page, roles):
    for _number in range(3):
        make_photo()
    page = sign_in(open_page(), desk_server, names.PICTURE_EDITOR, "picture-editor")
    page.goto(f"{page.base}/admin/articles/photo/")
    return page


def test_the_pictures_that_are_ticked_are_counted(desk):
    boxes = desk.locator(".action-select")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(desk.locator(".action-counter")).to_have_text("2 of 3 selected")

    desk.get_by_label("Tick all").check()
    expect(desk.locator(".action-counter")).to_have_text("3 of 3 selected")

    boxes.nth(2).uncheck()
    expect(desk.locator(".action-counter")).to_have_text("2 of 3 selected")
    expect(desk.get_by_label("Tick all")).not_to_be_checked()
    assert complaints(desk) == []
