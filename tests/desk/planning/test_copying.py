"""Copying the plans of a day: the same hours, once, and only by who plans for others."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk.planning.begin import begin_draft
from articles.desk.planning.copy_day import MOST_COPIED, copied_sentence, copy_day
from articles.desk.planning.move_due import move_due
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import Refusal
from articles.library.days import starts
from articles.models import Plan, Post
from tests.builders import make_section

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (dt.date(2026, 3, 23 + day) for day in range(3))
NOW = starts(MONDAY)


def plan(slug_line, day=MONDAY, hour=14, **planned):
    due = starts(day) + dt.timedelta(hours=hour)
    return plan_story(slug_line=slug_line, by=None, due_at=due, **planned)


def on(day):
    return [str(each) for each in Plan.objects.due_on(day).by_due().select_related("post")]


def copy(day, to_day, **fields):
    return copy_day(day, to_day, by=None, now=NOW, **fields)


def test_a_day_is_copied_with_all_that_was_planned(editor, reporter):
    section = make_section()
    plan("Briefing", assigned_to=reporter, length=400, about="The week.", section=section)
    plan("Weather", hour=6, needs=["picture"])

    copied = copy_day(MONDAY, TUESDAY, by=editor, now=NOW).copied

    assert on(TUESDAY) == ["Weather", "Briefing"]
    briefing = next(post for post in copied if post.slug_line == "Briefing")
    assert (briefing.status, briefing.section) == (Post.Status.PLANNED, section)
    assert briefing.plan.assigned_to == reporter
    assert (briefing.plan.length, briefing.plan.about) == (400, "The week.")
    assert briefing.plan.due_at == starts(TUESDAY) + dt.timedelta(hours=14)


def test_nothing_that_a_copy_needs_is_there_yet():
    need = plan("Weather", needs=["picture"]).plan.needs.get()
    need.met = True
    need.save()

    [copied] = copy(MONDAY, TUESDAY).copied

    assert [(each.kind, each.met) for each in copied.plan.needs.all()] == [("picture", False)]


def test_a_day_that_is_copied_twice_is_there_once():
    plan("Briefing")
    copy(MONDAY, TUESDAY)

    again = copy(MONDAY, TUESDAY)

    assert on(TUESDAY) == ["Briefing"]
    assert copied_sentence(again, TUESDAY).endswith("1 was there already.")


def test_a_series_is_there_once_whichever_of_its_days_is_copied():
    plan("Briefing")
    copy(MONDAY, TUESDAY)
    copy(MONDAY, WEDNESDAY)

    assert copy(TUESDAY, WEDNESDAY).copied == []
    assert on(WEDNESDAY) == ["Briefing"]


def test_a_copy_that_was_moved_away_is_copied_again():
    plan("Briefing")
    [copied] = copy(MONDAY, TUESDAY).copied
    move_due(copied, starts(WEDNESDAY), by=None, now=NOW)

    assert len(copy(MONDAY, TUESDAY).copied) == 1


def test_what_has_been_begun_is_copied_as_a_plan(editor):
    post = begin_draft(plan("Briefing"), by=editor)
    Post.objects.filter(pk=post.pk).update(headline="Dockers walk out")

    [copied] = copy(MONDAY, TUESDAY).copied

    assert (copied.slug_line, copied.headline, copied.status) == ("Briefing", "", "planned")


def test_who_has_left_is_given_nothing_to_write(reporter):
    plan("Briefing", assigned_to=reporter)
    type(reporter).objects.filter(pk=reporter.pk).update(is_active=False)

    [copied] = copy(MONDAY, TUESDAY).copied

    assert copied.plan.assigned_to is None


def test_a_section_is_copied_by_itself():
    plan("Talks", section=make_section("Politics"))
    plan("Cup final", section=make_section("Sport"))

    copy(MONDAY, TUESDAY, section=make_section("Sport"))

    assert on(TUESDAY) == ["Cup final"]


def test_the_hour_stays_when_the_clocks_change(settings):
    friday, monday = dt.date(2026, 3, 27), dt.date(2026, 3, 30)
    plan("Briefing", day=friday, hour=9)

    [copied] = copy(friday, monday).copied

    zone = timezone.get_default_timezone()
    assert copied.plan.due_at.astimezone(zone).hour == 9


def test_only_who_plans_for_others_copies_a_day(reporter, picture_editor, editor):
    plan("Briefing", assigned_to=reporter)

    for person in (reporter, picture_editor):
        with pytest.raises(PermissionDenied):
            copy_day(MONDAY, TUESDAY, by=person, now=NOW)
    assert on(TUESDAY) == []
    assert copy_day(MONDAY, TUESDAY, by=editor, now=NOW).copied


def test_a_day_is_copied_neither_to_itself_nor_to_one_that_has_passed():
    for to_day in (MONDAY, MONDAY - dt.timedelta(days=1)):
        with pytest.raises(Refusal):
            copy(MONDAY, to_day)


def test_more_than_can_be_looked_over_is_not_copied():
    posts = Post.objects.bulk_create(
        Post(slug_line=f"Plan {number}", status="planned") for number in range(MOST_COPIED + 1)
    )
    Plan.objects.bulk_create(Plan(post=post, due_at=starts(MONDAY)) for post in posts)

    with pytest.raises(Refusal, match="Choose a section"):
        copy(MONDAY, TUESDAY)
    assert on(TUESDAY) == []


def test_copying_costs_the_same_questions_about_the_day_whatever_it_holds(
    django_assert_max_num_queries,
):
    for number in range(3):
        plan(f"Briefing {number}")
    copy(MONDAY, TUESDAY)

    with django_assert_max_num_queries(6):
        copy(MONDAY, TUESDAY)
