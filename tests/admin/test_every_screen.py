"""What holds for every screen of the desk, whoever opens it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk.house_style.house_style import HouseStyle, style_of
from tests.admin.test_permissions import PEOPLE, addresses, rows  # noqa: F401 (a fixture)
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def is_counted(name):
    """Whether a screen keeps to the budget: to delete asks every table what would go."""
    return not name.endswith("_delete")


@pytest.mark.parametrize(
    ("letter", "second_reader"), [*((letter, False) for letter in PEOPLE), ("E", True)]
)
def test_no_screen_costs_more_queries_than_it_may(
    client,
    rows,  # noqa: F811
    settings,
    letter,
    second_reader,
):
    settings.SECOND_READER = second_reader
    client.force_login(make_user(PEOPLE[letter]))
    # What a process asks its database once is not the screen's.
    assert connection.features.supports_json_field
    style_of(HouseStyle.objects.get(), "en-gb")
    too_many = {}

    for name, address in addresses(rows):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        if is_counted(name) and len(asked) > MOST_QUERIES:
            too_many[name] = len(asked)

    assert too_many == {}


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_page_has_one_heading_a_title_and_the_rail(client, rows, letter):  # noqa: F811
    client.force_login(make_user(PEOPLE[letter]))
    without = []

    for name, address in addresses(rows):
        answer = client.get(address)
        if answer.streaming or "desk-rail" not in answer.text:
            continue  # a file, a page of the site, an answer to a script, or the writing screen
        title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1].strip(" \n·")
        headings = len(re.findall(r"<h1\b", answer.text))
        is_marked = 'aria-current="' in answer.text or answer.status_code == 403
        if headings != 1 or not title or not is_marked:
            without.append((name, headings, title))

    assert without == []


@pytest.mark.parametrize("letter", PEOPLE)
def test_no_screen_speaks_of_posts_objects_or_groups(client, rows, letter):  # noqa: F811
    """The desk's words are the newsroom's: story, account, role."""
    client.force_login(make_user(PEOPLE[letter]))
    spoken = {}

    for name, address in addresses(rows):
        answer = client.get(address)
        if answer.streaming or "desk-rail" not in answer.text or name.startswith("axes_"):
            continue
        words = words_of(answer.text)
        if found := re.findall(r"(?i)[^.]{0,30}\b(?:posts?|objects?|groups?)\b(?! on)", words):
            spoken[name] = found[:3]

    assert spoken == {}


def words_of(html):
    """What a page says, without its marks and scripts."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_what_is_not_there_is_said_in_the_desks_own_look(client, editor):
    client.force_login(editor)
    answer = client.get("/admin/no/such/page/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert "desk-places" in answer.text


def test_what_is_not_open_to_somebody_is_said_in_the_desks_own_look(client, reporter):
    client.force_login(reporter)
    answer = client.get(f"/admin/articles/post/{make_post().pk}/delete/")
    assert answer.status_code == 403
    assert "This is not open to you" in answer.text
    assert "desk-places" in answer.text


def test_a_stranger_learns_nothing_of_the_desk_from_what_is_not_there(client):
    answer = client.get("/admin/no/such/page/")
    assert "desk-places" not in answer.text
