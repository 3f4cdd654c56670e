"""Fronts as readers see them: arranged by editors, filled by themselves."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Placement
from articles.publishing.dates import FOREVER
from articles.publishing.steps.withdraw import withdraw
from tests import builders
from tests.builders import make_section, make_story

from ..addresses import HOUR, NOON, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def make_stories(number, section="Politics"):
    """Stories of a section, "Politics 1" the newest."""
    return builders.make_stories(
        {"headline": f"{section} {place}", "section": section, "at": NOON - place * HOUR}
        for place in range(1, number + 1)
    )


def pin(post, slot, *, section=None, at=NOON - HOUR, until=FOREVER, draft=False):
    """Pin a story to a slot of a front."""
    return Placement.objects.create(
        post=post, slot=slot, section=section, live_from=at, live_until=until, draft=draft
    )


def headlines(client, address="/"):
    """The headlines of a page, in its order."""
    found = re.findall(r'class="card-headline">\s*<a [^>]*>([^<]*)</a>', client.get(address).text)
    assert len(found) == len(set(found)), "a story stands twice"
    return found


def test_a_pinned_story_leads_and_every_story_stands_once(client):
    stories = make_stories(25)
    pin(stories[19], 1)
    pin(stories[0], 3)

    shown = headlines(client)

    assert shown[:4] == ["Politics 20", "Politics 2", "Politics 1", "Politics 3"]
    assert len(shown) == 15 + 4


def test_a_scheduled_pin_comes_and_goes_to_the_second(client, clock):
    stories = make_stories(3)
    pin(stories[2], 1, at=NOON + HOUR, until=NOON + 2 * HOUR)
    leads = []

    for moment in (HOUR - SECOND, HOUR, 2 * HOUR - SECOND, 2 * HOUR):
        clock.move_to(NOON + moment)
        leads.append(headlines(client)[0])

    assert leads == ["Politics 1", "Politics 3", "Politics 3", "Politics 1"]


def test_a_pinned_story_that_is_withdrawn_leaves_its_slot(client, clock, editor):
    stories = make_stories(3)
    pin(stories[2], 1)
    withdraw(stories[2], by=editor, now=NOON, at=NOON + HOUR)

    clock.move_to(NOON + HOUR - SECOND)
    assert headlines(client)[0] == "Politics 3"
    clock.move_to(NOON + HOUR)
    assert headlines(client) == ["Politics 1", "Politics 2"]


def test_what_is_pinned_in_a_draft_changes_nothing_for_readers(client):
    stories = make_stories(3)
    pin(stories[2], 1, draft=True)

    assert headlines(client)[0] == "Politics 1"


def test_a_section_has_a_front_of_its_own_over_its_list(client):
    stories = make_stories(30)
    goal = make_story("A goal", section="Sport", at=NOON - 50 * HOUR)
    politics = make_section("Politics")
    pin(stories[24], 1, section=politics)
    pin(goal, 2, section=politics)

    shown = headlines(client, "/sections/politics/")

    assert shown[:3] == ["Politics 25", "A goal", "Politics 1"]
    # All of the twenty newest are on the first page, and the second goes on after them.
    assert {f"Politics {place}" for place in range(1, 21)} < set(shown)
    older = re.search(r'"pager-older" href="([^"]*)"', client.get("/sections/politics/").text)[1]
    assert headlines(client, older)[0] == "Politics 21"
    assert headlines(client)[0] == "Politics 1"


@pytest.mark.parametrize(("address", "budget"), [("/", 6), ("/sections/politics/", 5)])
def test_a_front_costs_the_same_however_much_is_pinned(client, address, budget):
    stories = make_stories(30)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for section in (None, make_section("Politics")):
        for slot, post in enumerate(reversed(stories[:15]), start=1):
            pin(post, slot, section=section)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= budget
