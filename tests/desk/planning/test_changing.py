"""Changing a plan, meeting its needs, dropping it: who may, and what is logged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.planning.begin import begin_draft
from articles.desk.planning.change_plan import change_plan, drop_plan
from articles.desk.planning.needs import mark_need
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import Refusal
from articles.models import Plan, PlanNeed, Post
from tests.builders import make_link, make_post, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return make_user(roles.REPORTER, username="other")


def planned(*, assigned_to=None, needs=(), by=None):
    return plan_story(slug_line="Harbour strike", by=by, assigned_to=assigned_to, needs=needs)


def test_a_plan_changes_with_what_is_stored_with_its_story(editor, reporter):
    post, section = planned(), make_section()

    change_plan(
        post,
        {"slug_line": "Dockers", "section": section, "assigned_to": reporter, "length": 600},
        by=editor,
    )

    plan = Plan.objects.select_related("post").get()
    assert (plan.slug_line, plan.post.section) == ("Dockers", section)
    assert (plan.assigned_to, plan.length) == (reporter, 600)
    assert plan.post.saved_by == editor


def test_a_reporter_changes_their_own_plan_and_hands_it_to_nobody(reporter, other):
    post = planned(assigned_to=reporter)

    change_plan(post, {"length": 600}, by=reporter)

    with pytest.raises(PermissionDenied, match="for yourself only"):
        change_plan(post, {"assigned_to": other}, by=reporter)
    assert Plan.objects.get().assigned_to == reporter


@pytest.mark.parametrize("person", ["reporter", "editor"])
def test_a_plan_moves_no_story_that_was_begun_to_another_section(request, reporter, person):
    """Readers see it there, and a second reader approved it there."""
    post = begin_draft(planned(assigned_to=reporter), by=reporter)
    Post.objects.update(status=Post.Status.READY)

    with pytest.raises(PermissionDenied, match="not change this story"):
        change_plan(post, {"section": make_section()}, by=request.getfixturevalue(person))

    assert Post.objects.get().section is None


def test_nobody_without_the_right_changes_or_drops_a_colleagues_plan(
    reporter, other, picture_editor
):
    post = planned(assigned_to=other)

    for person in (reporter, picture_editor, make_user(role=None)):
        with pytest.raises(PermissionDenied):
            change_plan(post, {"length": 600}, by=person)
        with pytest.raises(PermissionDenied):
            drop_plan(post, by=person)
    assert Plan.objects.get().length is None


def test_a_plan_beside_a_draft_changes_no_time_of_its_last_save(editor, reporter):
    post = begin_draft(planned(assigned_to=reporter), by=reporter)

    change_plan(post, {"length": 600}, by=editor)

    assert Post.objects.get().saved_by == reporter


def test_a_need_is_added_and_taken_away(editor):
    post = planned(needs=["picture"])

    change_plan(
        post, {"needs": {"picture": None, "graphic": (False, "Drawn on Friday")}}, by=editor
    )

    [need] = PlanNeed.objects.all()
    assert (need.kind, need.met, need.reason) == ("graphic", False, "Drawn on Friday")


def test_what_was_there_stays_there_when_something_else_changes(editor):
    post = planned(needs=["picture"])
    mark_need(post.plan.needs.get(), met=True, by=editor)

    change_plan(post, {"length": 600}, by=editor)

    assert PlanNeed.objects.get().met


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PICTURE_EDITOR, roles.ADMINISTRATOR])
def test_who_works_on_the_stories_of_others_says_what_is_there(role, reporter):
    need = planned(assigned_to=reporter, needs=["picture"]).plan.needs.get()
    mark_need(need, met=False, reason="No flight before Friday", by=make_user(role))

    assert PlanNeed.objects.get().reason == "No flight before Friday"
    assert not mark_need(need, met=True, reason="ignored", by=make_user(role)).reason


def test_a_reporter_says_so_of_their_own_story_alone(reporter, other):
    need = planned(assigned_to=reporter, needs=["picture"]).plan.needs.get()

    for person in (other, make_user(role=None)):
        with pytest.raises(PermissionDenied):
            mark_need(need, met=True, by=person)
    assert mark_need(need, met=True, by=reporter).met


def test_a_plan_is_dropped_with_its_story(reporter):
    drop_plan(planned(assigned_to=reporter, needs=["picture"]), by=reporter)

    assert not Post.objects.exists()
    assert not PlanNeed.objects.exists()


def test_a_plan_that_was_begun_is_kept(editor):
    post = begin_draft(planned(), by=editor)

    with pytest.raises(Refusal, match="has been begun"):
        drop_plan(post, by=editor)
    assert Post.objects.exists()


def test_a_plan_that_a_story_names_is_kept(editor):
    post = planned()
    make_link(make_post(), post)

    with pytest.raises(Refusal, match="Other stories name"):
        drop_plan(post, by=editor)


def test_what_happens_to_a_plan_stands_in_the_history_of_its_story(editor):
    post = planned(by=editor, needs=["picture"])
    mark_need(post.plan.needs.get(), met=True, by=editor)

    lines = LogEntry.objects.filter(object_id=str(post.pk)).order_by("pk")
    assert [line.get_change_message() for line in lines] == ["Planned", "Picture: there"]
