"""The page of an embargo offers what will be taken, and says whom to ask for the rest."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Post
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.admin.steps.steps import confirm, step_url
from tests.builders import make_post

pytestmark = pytest.mark.django_db

DAY = {"day": "2099-06-01", "time": "18:00"}
NEEDED = '<span class="quiet">(required)</span>'
OPEN = Embargo(open_ended=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def closed(client, post):
    """The choices that cannot be made."""
    found = client.get(step_url(post, "embargo")).context_data["embargo_form"]["kind"]
    return {each.data["value"] for each in found if each.data["attrs"].get("disabled")}


def test_choices_that_would_be_refused_cannot_be_made_and_who_may_is_named(
    desk, editor, administrator
):
    post = make_post(status="draft")
    assert closed(desk, post) == set()

    set_embargo(post, Embargo(until=timezone.now() + dt.timedelta(days=1)), by=editor)
    assert closed(desk, post) == {"none"}
    set_embargo(post, OPEN, by=editor)
    assert closed(desk, post) == {"until", "none"}

    for page in (
        desk.get(step_url(post, "embargo")),
        confirm(desk, post, "embargo", kind="until", **DAY),
    ):
        assert f"right of its own: ask {administrator.username}." in page.text
    assert Post.objects.get().embargo_open_ended


def test_whoever_may_end_one_sooner_has_every_choice_and_is_told_of_the_reason(
    client, administrator, editor
):
    client.force_login(administrator)
    post = make_post(status="draft")
    set_embargo(post, OPEN, by=editor)
    assert closed(client, post) == set()
    assert "Required to end the embargo sooner." in client.get(step_url(post, "embargo")).text


@pytest.mark.parametrize("kind", ["open", "none"])
def test_a_day_beside_another_choice_is_told_as_what_it_is(desk, editor, kind):
    post = make_post(status="draft")
    page = confirm(desk, post, "embargo", kind=kind, **DAY).text
    assert "A day and a time are given, and “" in page
    assert Post.objects.get().embargo_until is None


def test_a_note_that_a_step_takes_is_marked_as_required(client, administrator):
    client.force_login(administrator)
    free, held, withdrawn = make_post(), make_post(), make_post(status="withdrawn")
    place_hold(held, by=None, note="A letter.")
    pages = [(free, "place_hold", 1), (held, "lift_hold", 1), (free, "embargo", 0)]
    # A kill asks for the words for readers, too.
    for post, action, marked in (*pages, (withdrawn, "ask_kill", 2)):
        assert client.get(step_url(post, action)).text.count(NEEDED) == marked
