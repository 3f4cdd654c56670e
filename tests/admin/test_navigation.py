"""The rail of the desk leads people to what they do, and its settings to what they may set."""

import re

import pytest
from django.urls import reverse

from articles.desk import roles
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

EVERYTHING = [
    "Today",
    "Stories",
    "Planning",
    "Calendar",
    "Pictures",
    "Fronts",
    "Topics",
    "People",
    "Settings",
]


def places(page):
    """The titles of the rail on a page, and which of them is marked."""
    rail = re.search(r'class="desk-places".*?</nav>', page.text, re.DOTALL)[0]
    links = re.findall(r"<a href[^>]*>.*?</a>", rail, re.DOTALL)
    titles = [re.sub(r"<[^>]*>", "", link).strip() for link in links]
    return titles, [
        title for title, link in zip(titles, links, strict=True) if "aria-current" in link
    ]


def settings_of(client, role):
    client.force_login(make_user(role))
    page = client.get("/admin/settings/")
    return re.findall(r'<li>\s*<a href="([^"]*)"', page.text.split("desk-settings")[1])


def test_an_editor_is_led_by_what_people_do(client, editor):
    client.force_login(editor)
    assert places(client.get("/admin/")) == (EVERYTHING, ["Today"])


def test_a_reporter_is_not_led_to_fronts(client, reporter):
    client.force_login(reporter)
    assert places(client.get("/admin/"))[0] == [name for name in EVERYTHING if name != "Fronts"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/admin/articles/post/", "Stories"),
        ("/admin/articles/photo/add/", "Pictures"),
        ("/admin/articles/placement/home/", "Fronts"),
        ("/admin/articles/breaking/", "Fronts"),
        ("/admin/articles/topic/", "Topics"),
        ("/admin/articles/author/add/", "People"),
        ("/admin/settings/", "Settings"),
        ("/admin/at/", "Settings"),
    ],
)
def test_the_place_where_one_is_is_marked(client, editor, path, place):
    client.force_login(editor)
    assert places(client.get(path))[1] == [place]


def test_pages_beside_a_story_belong_to_stories(client, editor):
    client.force_login(editor)
    page = client.get(f"/admin/articles/post/{make_post().pk}/history/")
    assert places(page)[1] == ["Stories"]


def test_planning_and_the_calendar_are_reached_from_every_page(client, editor):
    client.force_login(editor)
    assert places(client.get("/admin/articles/plan/"))[1] == ["Stories", "Planning"]
    assert places(client.get("/admin/calendar/")) == (EVERYTHING, ["Stories", "Calendar"])


def test_settings_offer_only_what_somebody_may_see(client):
    accounts = reverse("admin:auth_user_changelist")
    assert accounts not in settings_of(client, roles.EDITOR)
    assert accounts in settings_of(client, roles.ADMINISTRATOR)


@pytest.mark.parametrize("role", [roles.REPORTER, roles.PICTURE_EDITOR, roles.ADMINISTRATOR])
def test_all_that_settings_and_the_rail_offer_can_be_opened(client, role):
    offered = settings_of(client, role)
    offered += re.findall(r'<a href="(/admin/[^"]*)"', client.get("/admin/settings/").text)
    assert {client.get(path).status_code for path in offered} == {200}


def test_an_index_of_models_leads_to_the_settings(client, editor):
    client.force_login(editor)
    assert client.get("/admin/articles/").headers["Location"] == "/admin/settings/"


def test_settings_are_only_read(client, editor):
    client.force_login(editor)
    assert client.post("/admin/settings/").status_code == 405


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/admin/settings/").status_code == 302


def test_a_list_is_called_what_it_lists(client, editor):
    client.force_login(editor)
    text = client.get("/admin/articles/post/").text
    assert re.search(r"<h1>\s*Stories\s*</h1>", text)
    assert "Select" not in text
    assert "post to change" not in text
