"""Plans: who may plan and begin what, and what a plan becomes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk import roles
from articles.desk.blocks import Text
from articles.desk.planning.begin import back_to_plan, begin_draft
from articles.desk.planning.move_due import move_due
from articles.desk.planning.plan_story import plan_story
from articles.desk.search.find import find_posts
from articles.desk.second_reader_rule import ReviewState
from articles.desk.steps_table import STEPS
from articles.desk.workflow import Refusal, may, may_change
from articles.models import Author, Plan, Post, Transition
from tests.builders import make_author, make_post, make_user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def make_plan(slug_line="Harbour strike", *, by=None, **planned):
    return plan_story(slug_line=slug_line, by=by or make_user(), **planned)


@pytest.fixture
def other(db):
    return make_user(roles.REPORTER, username="other")


def test_a_planned_story_is_called_by_its_slug_line(editor, django_assert_num_queries):
    make_plan("Harbour strike", by=editor)

    with django_assert_num_queries(1):
        assert [str(post) for post in Post.objects.all()] == ["Harbour strike"]


def test_a_story_with_a_headline_goes_by_it():
    post = make_post("Dockers walk out")
    post.slug_line = "Harbour strike"

    assert str(post) == "Dockers walk out"


def test_an_editor_plans_for_anybody_and_for_nobody_yet(editor, reporter):
    for person in (reporter, editor, None):
        plan_story(slug_line="Harbour strike", by=editor, assigned_to=person)

    assert Plan.objects.not_begun().count() == 3


def test_a_reporter_plans_for_nobody_else(reporter, other):
    plan_story(slug_line="Mine", by=reporter, assigned_to=reporter)

    for person in (other, None):
        with pytest.raises(PermissionDenied, match="for yourself only"):
            plan_story(slug_line="Theirs", by=reporter, assigned_to=person)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("role", [roles.PICTURE_EDITOR, None])
def test_who_may_begin_no_story_plans_none_and_begins_none(role):
    person = make_user(role)
    post = make_plan()
    Plan.objects.filter(post=post).update(assigned_to=person)

    with pytest.raises(PermissionDenied):
        plan_story(slug_line="Mine", by=person, assigned_to=person)
    with pytest.raises(PermissionDenied, match="may not write stories"):
        make_plan(assigned_to=person)
    with pytest.raises(PermissionDenied):
        begin_draft(post, by=person)


def test_a_plan_becomes_the_draft_of_whom_it_is_assigned_to(editor, reporter):
    post = begin_draft(make_plan(assigned_to=reporter), by=editor)

    assert (post.status, post.created_by) == (Post.Status.DRAFT, reporter)
    assert may_change(post, reporter)
    step = Transition.objects.get()
    assert (step.action, step.by) == (Transition.Action.BEGIN, editor)
    assert (step.from_status, step.to_status) == (Post.Status.PLANNED, Post.Status.DRAFT)


def test_a_draft_begins_with_the_name_of_whoever_is_to_write_it(editor, reporter):
    author = Author.objects.create(name="Leila Haddad", slug="leila-haddad", user=reporter)

    post = begin_draft(make_plan(assigned_to=reporter), by=editor)

    assert list(post.authors.all()) == [author]
    assert find_posts("haddad", Post.objects.all()).keys == [post.pk]


def test_a_byline_that_is_there_stays_when_a_draft_begins(reporter):
    make_author("Leila Haddad")
    Author.objects.update(user=reporter)
    agency, colleague = make_plan(assigned_to=reporter), make_plan(assigned_to=reporter)
    Post.objects.filter(pk=agency.pk).update(byline="By our agency")
    colleague.post_authors.create(author=make_author("Anna Brown"))

    names = [
        [str(each) for each in begin_draft(post, by=reporter).authors.all()]
        for post in (agency, colleague)
    ]

    assert names == [[], ["Anna Brown"]]


def test_a_plan_for_nobody_becomes_the_draft_of_who_begins_it(editor):
    assert begin_draft(make_plan(), by=editor).created_by == editor


def test_a_plan_for_somebody_who_has_left_becomes_the_draft_of_who_begins_it(editor, reporter):
    post = make_plan(assigned_to=reporter)
    type(reporter).objects.filter(pk=reporter.pk).update(is_active=False)

    assert begin_draft(post, by=editor).created_by == editor


def test_a_reporter_begins_what_is_assigned_to_them_and_nothing_else(reporter, other):
    own, theirs, free = (make_plan(assigned_to=person) for person in (reporter, other, None))

    begin_draft(own, by=reporter)

    for post in (theirs, free):
        assert not may(Transition.Action.BEGIN, post, reporter)
        with pytest.raises(PermissionDenied, match="planned for a colleague"):
            begin_draft(post, by=reporter)


def test_a_draft_without_a_word_goes_back_to_its_plan_and_that_is_logged(editor, reporter):
    post = begin_draft(make_plan(assigned_to=reporter), by=reporter)
    assert may(Transition.Action.BACK_TO_PLAN, post, reporter)

    post = back_to_plan(post, by=editor)

    assert post.status == Post.Status.PLANNED
    assert not may_change(post, reporter)
    step = Transition.objects.first()
    assert (step.action, step.by) == (Transition.Action.BACK_TO_PLAN, editor)
    assert (step.from_status, step.to_status) == (Post.Status.DRAFT, Post.Status.PLANNED)
    assert begin_draft(post, by=reporter).created_by == reporter


def test_words_keep_a_draft_from_going_back_and_so_does_a_plan_that_is_not_there(editor):
    written, unplanned = begin_draft(make_plan(), by=editor), make_post(status="draft", text="")
    Text.objects.create(parent=written, region="body", ordering=1, html="<p>Words.</p>")

    for post in (written, unplanned):
        assert not may(Transition.Action.BACK_TO_PLAN, post, editor)
        with pytest.raises(Refusal, match="it stays a draft"):
            back_to_plan(post, by=editor)
        assert Post.objects.get(pk=post.pk).status == Post.Status.DRAFT


def test_a_reporter_takes_no_draft_of_a_colleague_back(reporter, other):
    post = begin_draft(make_plan(assigned_to=other), by=other)

    assert not may(Transition.Action.BACK_TO_PLAN, post, reporter)
    with pytest.raises(PermissionDenied, match="planned for a colleague"):
        back_to_plan(post, by=reporter)


def test_a_story_is_begun_once(editor):
    post = make_plan(by=editor)
    begin_draft(post, by=editor)

    with pytest.raises(Refusal, match="is now “Draft”"):
        begin_draft(post, by=editor)
    assert Transition.objects.count() == 1


def test_nobody_writes_in_a_planned_story(editor, administrator, picture_editor, reporter):
    post = make_plan(by=reporter, assigned_to=reporter)

    for person in (editor, administrator, picture_editor, reporter):
        assert not may_change(post, person)


def test_no_step_but_its_beginning_is_taken_with_a_planned_story(editor):
    post = make_plan()

    possible = {action for action in STEPS if may(action, post, editor)}

    # Nor does it go on: a plan can be stopped like any story.
    assert possible == {"begin", "place_hold", "embargo"}


def test_who_planned_a_story_may_approve_it(settings, editor, reporter):
    settings.SECOND_READER = True
    post = begin_draft(make_plan(by=editor, assigned_to=reporter), by=editor)

    assert ReviewState(post).writers == {reporter.pk}


def test_a_plan_moves_to_another_day_and_never_to_one_that_has_passed(editor):
    now = timezone.now()
    post = make_plan(by=editor, due_at=now)

    move_due(post, now + DAY, by=editor, now=now)

    with pytest.raises(Refusal, match="has passed"):
        move_due(post, now - DAY, by=editor, now=now)
    assert Plan.objects.get().due_at == now + DAY


def test_a_reporter_moves_no_plan_of_a_colleague(reporter, other):
    now = timezone.now()
    post = make_plan(assigned_to=other, due_at=now)

    with pytest.raises(PermissionDenied):
        move_due(post, now + DAY, by=reporter, now=now)
    assert move_due(post, now + DAY, by=other, now=now).due_at == now + DAY


def test_a_story_without_a_plan_is_not_moved(editor):
    with pytest.raises(Refusal, match="was not planned"):
        move_due(make_post(), timezone.now() + DAY, by=editor)
