"""Fronts: arranged by editors, filled by themselves."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Breaking, Placement
from articles.publishing.dates import FOREVER
from articles.publishing.fronts.breaking import breaking
from articles.publishing.fronts.front import arrange
from articles.publishing.invalidation.site_stamp import site_stamp
from articles.publishing.steps.banners import put_up, take_down
from articles.publishing.steps.front_drafts import (
    FrontChanged,
    NoDraft,
    draft_from_live,
    front_of,
    put_draft_live,
    save_draft,
)
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_section, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def pin(post, slot, *, section=None, at=NOON, until=FOREVER, draft=False):
    """Pin a story to a slot of a front."""
    return Placement.objects.create(
        post=post, slot=slot, section=section, live_from=at, live_until=until, draft=draft
    )


def headlines(section=None, *, at=NOON, size=4, draft=False):
    """What stands on a front, in the order of its slots."""
    return [edition.headline for edition in arrange(section, at=at, size=size, draft=draft)]


@pytest.fixture
def stories(db):
    """Four stories, a newest and d oldest."""
    return {
        name: make_story(name, at=NOON - number * HOUR)
        for number, name in enumerate(["a", "b", "c", "d"], start=1)
    }


def test_without_pins_it_is_the_newest(stories):
    assert headlines() == ["a", "b", "c", "d"]


def test_a_pinned_story_has_its_slot_and_stands_once(stories):
    pin(stories["d"], 1)

    assert headlines() == ["d", "a", "b", "c"]


def test_a_pin_begins_and_ends_by_itself(stories):
    pin(stories["d"], 1, at=NOON + HOUR, until=NOON + 2 * HOUR)

    assert headlines(at=NOON + HOUR - SECOND)[0] == "a"
    assert headlines(at=NOON + HOUR)[0] == "d"
    assert headlines(at=NOON + 2 * HOUR)[0] == "a"
    assert site_stamp(NOON).changes_at == NOON + HOUR


def test_of_two_stories_pinned_to_a_slot_the_one_pinned_last_has_it(stories):
    pin(stories["d"], 1)
    pin(stories["c"], 1, at=NOON + SECOND)

    assert headlines(at=NOON + HOUR) == ["c", "a", "b", "d"]


def test_a_story_that_is_not_live_any_more_leaves_its_slot(stories, editor):
    pin(stories["d"], 1)

    withdraw(stories["d"], by=editor, now=NOON)

    assert headlines() == ["a", "b", "c"]


def test_a_draft_story_can_be_pinned_and_shows_when_it_is_published(stories):
    pin(make_post("not yet"), 1)

    assert headlines()[0] == "a"


def test_a_sections_front_is_its_own(stories):
    sport = make_section("Sport")
    make_story("goal", section="Sport", at=NOON - HOUR)
    pin(stories["d"], 2, section=sport)

    assert headlines(sport) == ["goal", "d"]
    assert headlines()[0] == "goal"


def test_a_draft_front_is_seen_by_readers_only_when_it_is_put_live(stories, editor):
    pin(stories["c"], 1)
    draft_from_live(None, by=editor, now=NOON)
    Placement.objects.filter(draft=True).update(post=stories["d"])
    assert (headlines()[0], headlines(draft=True)[0]) == ("c", "d")

    put_draft_live(None, by=editor, now=NOON + HOUR)

    assert headlines(at=NOON + HOUR - SECOND)[0] == "c"
    assert headlines(at=NOON + HOUR)[0] == "d"


def test_a_reporter_does_not_shape_fronts(stories, reporter):
    with pytest.raises(PermissionDenied):
        put_draft_live(None, by=reporter, now=NOON)


@pytest.mark.parametrize("pins", [0, 4])
def test_a_front_takes_two_queries_however_much_is_pinned(stories, pins, django_assert_num_queries):
    for slot, post in zip(range(1, pins + 1), stories.values(), strict=False):
        pin(post, slot)

    with django_assert_num_queries(2):
        headlines()


def test_a_banner_leads_to_its_story_until_it_expires(stories, editor):
    Breaking.objects.create(
        text="It happened", post=stories["a"], owner=editor, live_from=NOON, live_until=NOON + HOUR
    )

    assert breaking(NOON - SECOND) is None
    assert breaking(NOON)["text"] == "It happened"
    assert breaking(NOON + HOUR) is None


def test_a_banner_hides_with_its_story(stories, editor):
    Breaking.objects.create(
        text="It happened", post=stories["a"], owner=editor, live_from=NOON, live_until=NOON + HOUR
    )

    withdraw(stories["a"], by=editor, now=NOON + SECOND)

    assert breaking(NOON + 2 * SECOND) is None


def test_what_is_pinned_in_draft_and_live_alike_stays_as_it_is(stories, editor):
    same, gone = pin(stories["c"], 1, at=NOON - HOUR), pin(stories["b"], 2, at=NOON - HOUR)
    new = Placement(slot=2, post=stories["d"], live_from=NOON - HOUR, live_until=FOREVER)

    save_draft(None, [same, new], by=editor, now=NOON)
    put_draft_live(None, by=editor, now=NOON)

    same.refresh_from_db()
    gone.refresh_from_db()
    assert (same.live_from, same.live_until) == (NOON - HOUR, FOREVER)
    assert gone.live_until == NOON
    assert headlines() == ["c", "d", "a", "b"]
    assert headlines(at=NOON - SECOND)[:2] == ["c", "b"]
    assert not Placement.objects.filter(draft=True).exists()


def test_without_a_draft_nothing_is_put_live(stories, editor):
    pin(stories["c"], 1)

    with pytest.raises(NoDraft):
        put_draft_live(None, by=editor, now=NOON + HOUR)

    assert headlines(at=NOON + HOUR)[0] == "c"


def test_a_change_from_an_older_state_of_the_front_is_refused(stories, editor):
    draft_from_live(None, by=editor, now=NOON, seen=0)

    for change in (draft_from_live, put_draft_live):
        with pytest.raises(FrontChanged):
            change(None, by=editor, now=NOON, seen=0)
    with pytest.raises(FrontChanged):
        save_draft(None, [], by=editor, now=NOON, seen=0)

    assert front_of(None).version == 1


def test_a_banner_is_taken_down_now_and_its_maker_answers_for_it(stories, editor, reporter):
    banner = Breaking(text="It happened", post=stories["a"], live_until=NOON + 2 * HOUR)
    put_up(banner, by=editor, now=NOON)
    before = site_stamp(NOON + HOUR)

    with pytest.raises(PermissionDenied):
        take_down(banner, by=reporter, now=NOON + HOUR)
    assert take_down(banner, by=editor, now=NOON + HOUR)

    assert breaking(NOON + HOUR - SECOND)["text"] == "It happened"
    assert breaking(NOON + HOUR) is None
    assert site_stamp(NOON + HOUR).count == before.count + 1
    assert banner.owner == editor
    assert not take_down(banner, by=editor, now=NOON + 2 * HOUR)


def test_a_pin_that_readers_saw_is_not_removed_by_a_machine_that_is_late(stories, editor):
    first = Placement(slot=1, post=stories["c"], live_from=NOON, live_until=FOREVER)
    second = Placement(slot=1, post=stories["d"], live_from=NOON - HOUR, live_until=FOREVER)
    save_draft(None, [first], by=editor, now=NOON)
    put_draft_live(None, by=editor, now=NOON + 2 * SECOND)

    save_draft(None, [second], by=editor, now=NOON)
    put_draft_live(None, by=editor, now=NOON)

    was, now = Placement.objects.order_by("live_from")
    assert (was.post, was.live_from) == (stories["c"], NOON + 2 * SECOND)
    assert was.live_until == now.live_from > was.live_from


def test_a_pin_about_to_begin_is_ended_and_one_to_come_is_removed(stories, editor):
    soon, later = pin(stories["c"], 1, at=NOON + SECOND), pin(stories["b"], 2, at=NOON + HOUR)

    save_draft(None, [], by=editor, now=NOON)
    put_draft_live(None, by=editor, now=NOON)

    assert Placement.objects.get() == soon
    assert headlines(at=NOON + 2 * SECOND)[0] != "c"
    assert later.pk


def test_a_late_machine_takes_down_a_banner_that_has_just_gone_up(stories, editor):
    banner = Breaking(text="It happened", post=stories["a"], live_until=NOON + 2 * HOUR)
    put_up(banner, by=editor, now=NOON)

    assert take_down(banner, by=editor, now=NOON - 2 * SECOND)

    assert breaking(NOON + SECOND) is None
