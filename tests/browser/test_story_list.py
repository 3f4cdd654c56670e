"""The list of stories by keyboard."""

import pytest
from playwright.sync_api import expect

from articles.desk import roles
from articles.desk.search.index import index_posts
from tests.browser.desk import complaints, sign_in
from tests.builders import make_post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_story_is_found_ticked_and_opened_by_keyboard(desk_server, open_page):
    posts = [make_post("The aqueduct"), make_post("A quiet day"), make_post("The aqueduct again")]
    index_posts([post.pk for post in posts])
    page = sign_in(open_page(), desk_server, roles.EDITOR, "anna")
    page.goto(f"{page.base}/admin/articles/post/")

    page.keyboard.press("/")
    page.keyboard.type("aqeduct")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("2 stories")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#result_list tbody tr:first-child th a")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".actions")).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_selector("body.writing-ready")
    assert complaints(page) == []


def test_on_a_phone_what_can_be_done_is_one_line_that_opens_a_sheet(desk_server, open_page):
    make_post("The aqueduct", status="draft")
    page = sign_in(open_page(width=360), desk_server, roles.EDITOR, "anna")
    page.goto(f"{page.base}/admin/articles/post/")
    page.locator(".action-select").check()
    assert page.locator(".actions").bounding_box()["height"] < 72
    expect(page.get_by_role("button", name="Send to review")).to_be_hidden()

    page.get_by_role("button", name="With the ticked stories…").press("Enter")
    page.get_by_role("button", name="Send to review").press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("The aqueduct")
    assert complaints(page) == []
