"""The desk by keyboard and on a phone: the rail, the search, the filters."""

import re

import pytest
from playwright.sync_api import expect

from articles.desk import roles
from tests.browser.desk import complaints, sign_in
from tests.builders import make_photo, make_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(desk_server, open_page):
    """`desk(width)` gives an editor's page at that width."""
    return lambda width=1280: sign_in(open_page(width=width), desk_server, roles.EDITOR, "anna")


def test_n_begins_a_story_from_anywhere(desk):
    page = desk()
    page.goto(f"{page.base}/admin/articles/topic/")

    page.keyboard.press("n")

    page.wait_for_url("**/articles/post/add/")


def test_n_in_a_search_is_a_letter(desk):
    page = desk()
    page.goto(f"{page.base}/admin/articles/topic/")

    page.keyboard.press("/")
    page.keyboard.type("nn")

    expect(page.locator("#searchbar")).to_have_value("nn")
    assert page.url.endswith("/topic/")


def test_escape_closes_a_filter_and_stays_at_it(desk):
    make_photo()
    page = desk()
    page.goto(f"{page.base}/admin/articles/photo/")
    summary = page.locator("details.list-filter summary").first

    summary.press("Enter")
    expect(page.locator("details.list-filter[open]")).to_have_count(1)
    page.keyboard.press("Escape")

    expect(page.locator("details.list-filter[open]")).to_have_count(0)
    expect(summary).to_be_focused()
    assert complaints(page) == []


def test_the_rail_opens_as_a_sheet_on_a_phone(desk):
    page = desk(360)
    page.goto(f"{page.base}/admin/settings/")
    places = page.locator(".desk-places")
    expect(places).to_be_hidden()

    page.click(".desk-menu")
    places.get_by_role("link", name="Topics").click()

    page.wait_for_url("**/articles/topic/")


def test_the_first_field_of_a_new_form_takes_the_keys(desk):
    page = desk()

    page.goto(f"{page.base}/admin/articles/topic/add/")

    expect(page.locator("#id_name")).to_be_focused()


def test_who_types_before_a_form_has_loaded_goes_on_typing_there(desk):
    page, held = desk(), []
    page.route(re.compile(r"/admin-desk/desk(\.\w+)?\.js"), lambda route: held.append(route))
    page.goto(f"{page.base}/admin/articles/topic/add/", wait_until="commit")
    page.locator("#id_description").focus()

    held[0].continue_()
    page.wait_for_load_state()

    expect(page.locator("#id_description")).to_be_focused()


def test_a_list_is_a_few_keys_away(desk):
    make_post("Talks")
    page = desk()
    page.goto(f"{page.base}/admin/articles/post/")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the list")).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _key in ("every row", "this row", "its headline"):
        page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Talks")).to_be_focused()
