"""The page of a day: what is planned for it, what waits, and copying it."""

import datetime as dt

import pytest
import time_machine

from articles.desk.planning.plan_story import plan_story
from articles.library.days import starts
from articles.models import Plan
from tests.builders import make_section, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/plan/"
TODAY = dt.date(2026, 6, 1)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(starts(TODAY) + dt.timedelta(hours=12), tick=False):
        yield


def plan(slug_line, day=TODAY, hour=23, **planned):
    due = day and starts(day) + dt.timedelta(hours=hour)
    return plan_story(slug_line=slug_line, by=None, due_at=due, **planned)


def test_a_day_shows_its_plans_in_their_order_and_no_others(client, editor):
    plan("Later", hour=20)
    plan("Sooner", hour=6)
    plan("Another day", day=TOMORROW)
    client.force_login(editor)

    page = client.get(PAGE).text

    assert page.index("Sooner") < page.index("Later")
    assert "Another day" not in page
    assert "Another day" in client.get(f"{PAGE}?day={TOMORROW}").text


def test_today_also_shows_what_is_late_and_what_has_no_day(client, editor):
    plan("Forgotten", day=TODAY - dt.timedelta(days=2))
    plan("Some day", day=None)
    client.force_login(editor)

    page = client.get(PAGE).text
    assert "Late: not begun" in page
    assert "Forgotten" in page
    assert "Some day" in page
    assert "Some day" not in client.get(f"{PAGE}?day={TOMORROW}").text


def test_a_section_is_shown_by_itself(client, editor):
    plan("Talks", section=make_section("Politics"))
    plan("Cup final", section=make_section("Sport"))
    client.force_login(editor)

    page = client.get(f"{PAGE}?section=sport").text

    assert "Cup final" in page
    assert "Talks" not in page


@pytest.mark.parametrize(
    "query",
    ["day=x", "day=0001-01-01", "day=9999-12-31", "day=%00", "section=%00", "day=2999-12-31"],
)
def test_a_day_that_is_none_shows_today(client, editor, query):
    client.force_login(editor)

    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_a_day_is_copied_once_and_the_page_says_so(client, editor):
    briefing = plan("Briefing")
    plan("Visit of the minister")
    client.force_login(editor)
    sent = {"day": TODAY, "to_day": TOMORROW, "section": "", "story": [briefing.pk]}

    first = client.post(f"{PAGE}copy/", sent, follow=True)
    second = client.post(f"{PAGE}copy/", sent, follow=True)

    assert "1 story copied to" in first.text
    assert "Briefing" in first.text
    assert "1 was there already." in second.text
    [copied] = Plan.objects.due_on(TOMORROW)
    assert copied.slug_line == "Briefing"


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30], ["\x00"]])
def test_without_a_story_that_is_ticked_nothing_is_copied(client, editor, ticked):
    plan("Briefing")
    client.force_login(editor)
    sent = {"day": TODAY, "to_day": TOMORROW, "story": ticked}

    answer = client.post(f"{PAGE}copy/", sent, follow=True)

    assert "Tick the stories that come again." in answer.text
    assert Plan.objects.count() == 1


def test_all_stories_of_a_day_are_ticked_or_none(client, editor):
    plan("Briefing")
    client.force_login(editor)

    assert client.get(PAGE).text.count("checked>") == 1
    assert "checked>" not in client.get(f"{PAGE}?day={TODAY}&ticks=none").text
    assert "checked>" not in client.get(f"{PAGE}?day={TOMORROW}").text


def test_a_day_for_which_nothing_is_planned_has_the_button(client, editor):
    client.force_login(editor)

    assert client.get(f"{PAGE}?day={TOMORROW}").text.count(f"/plan/add/?day={TOMORROW}") == 2


def test_copying_to_no_day_or_to_one_gone_by_copies_nothing(client, editor):
    plan("Briefing")
    client.force_login(editor)

    for to_day in ("", "x", "9999-12-31", "2020-01-01", TODAY):
        answer = client.post(
            f"{PAGE}copy/", {"day": TODAY, "to_day": to_day, "story": [1]}, follow=True
        )
        assert answer.status_code == 200
    assert Plan.objects.count() == 1


def test_only_who_plans_for_others_is_offered_to_copy(client, editor, reporter):
    plan("Briefing")
    client.force_login(reporter)
    assert "Copy what is ticked" not in client.get(PAGE).text
    assert client.post(f"{PAGE}copy/", {"day": TODAY, "to_day": TOMORROW}).status_code == 403
    client.force_login(editor)

    assert "Copy what is ticked" in client.get(PAGE).text


def test_who_may_write_no_story_is_not_offered_to_plan_one(client, picture_editor, reporter):
    client.force_login(picture_editor)
    assert "Plan a story" not in client.get(PAGE).text
    client.force_login(reporter)

    assert "Plan a story" in client.get(PAGE).text


def test_many_plans_cost_as_much_as_one(client, editor, django_assert_num_queries):
    people = [make_user() for _ in range(3)]
    client.force_login(editor)
    plan("First", needs=["picture"], assigned_to=people[0], section=make_section("Sport"))
    plan("Late", day=TODAY - dt.timedelta(days=1), needs=["picture"])
    plan("Some day", day=None, needs=["picture"])
    client.get(PAGE)

    with django_assert_num_queries(7):
        client.get(PAGE)
    for number in range(20):
        plan(f"Plan {number}", needs=["picture", "graphic"], assigned_to=people[number % 3])
    with django_assert_num_queries(7):
        client.get(PAGE)


def test_a_new_plan_is_due_on_the_day_that_was_shown(client, editor):
    client.force_login(editor)

    assert f'value="{TOMORROW}T12:00"' in client.get(f"{PAGE}add/?day={TOMORROW}").text
    for day in ("2020-01-01", "x", "%00", "9999-12-31"):
        assert client.get(f"{PAGE}add/?day={day}").status_code == 200
