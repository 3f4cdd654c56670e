"""The breaking banner, above every page."""

import pytest
import time_machine

from articles.models import Breaking
from articles.publishing.steps.banners import put_up
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_story

from ..addresses import FIXED, HOUR, NOON, SECOND, make_site
from ..test_budgets import cost

pytestmark = pytest.mark.django_db

LINE = "The line of the hour"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def story(editor):
    """A site with everything, and a story that is breaking for two hours."""
    make_site(at=NOON - HOUR)
    post = make_story("What happened", at=NOON - HOUR)
    banner = Breaking(text=LINE, post=post, live_until=NOON + 2 * HOUR)
    put_up(banner, by=editor, now=NOON)
    return post


def test_it_stands_above_every_page_and_leads_to_its_story(client, story):
    address = story.editions.get().get_absolute_url()

    for page in (*FIXED, address, "/not-here/"):
        text = client.get(page).text
        assert text.index(f'<a href="{address}">{LINE}</a>') < text.index("<main"), page


def test_it_goes_to_the_second_and_with_its_story(client, story, clock, editor):
    clock.move_to(NOON + 2 * HOUR - SECOND)
    assert LINE in client.get("/").text
    clock.move_to(NOON + 2 * HOUR)
    assert LINE not in client.get("/").text
    clock.move_to(NOON + HOUR)
    assert LINE in client.get("/").text

    withdraw(story, by=editor, now=NOON + HOUR)

    assert LINE not in client.get("/").text


def test_its_line_is_escaped(client, editor):
    banner = Breaking(text="<b>It</b>", post=make_story(at=NOON), live_until=NOON + HOUR)
    put_up(banner, by=editor, now=NOON)

    assert "&lt;b&gt;It&lt;/b&gt;" in client.get("/").text


def test_a_story_page_keeps_its_budget_under_a_banner(client, story):
    client.get("/latest/")

    assert cost(client, story.editions.get().get_absolute_url()) <= 4
