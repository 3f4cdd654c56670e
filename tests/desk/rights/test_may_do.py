"""Rights per section: what somebody may do at their desks, and at those of others."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from articles.desk import roles
from articles.desk.rights.may_do import (
    is_limited,
    may_do,
    may_everywhere,
    may_somewhere,
    sections_where,
)
from articles.models import DeskRight, Section
from tests.builders import make_post, make_section, make_user

pytestmark = pytest.mark.django_db

APPROVE = "articles.approve_post"


def limit(user, section, role=None):
    """Give an account a line for a section (None: all others); the account as it is read anew."""
    DeskRight.objects.create(
        user=user,
        section=section and make_section(section),
        role=role and Group.objects.get(name=role),
    )
    return User.objects.get(pk=user.pk)


def test_without_a_line_the_roles_count_in_every_section(editor, reporter):
    for post in (make_post(section="Sport"), make_post(section=None)):
        assert may_do(editor, APPROVE, post)
        assert not may_do(reporter, APPROVE, post)
    assert may_everywhere(editor, APPROVE)
    assert not is_limited(editor)


def test_with_a_line_they_count_in_its_section_only(editor):
    ours, theirs = make_post(section="Politics"), make_post(section="Sport")

    editor = limit(editor, "Politics")

    assert may_do(editor, APPROVE, ours)
    assert may_do(editor, APPROVE, ours.section)
    assert not may_do(editor, APPROVE, theirs)
    assert may_somewhere(editor, APPROVE)
    assert not may_everywhere(editor, APPROVE)
    assert is_limited(editor)
    assert [section.name for section in sections_where(editor, APPROVE)] == ["Politics"]


def test_a_role_of_a_line_takes_the_place_of_ones_own_there(reporter):
    ours, theirs = make_post(section="Sport"), make_post(section="Politics")

    reporter = limit(reporter, "Sport", roles.EDITOR)

    assert may_do(reporter, APPROVE, ours)
    assert not may_do(reporter, APPROVE, theirs)
    assert not may_do(reporter, "articles.add_post", theirs)


def test_a_line_for_all_others_leaves_ones_own_role_there(reporter):
    ours, theirs = make_post(section="Sport"), make_post(section="Politics")
    limit(reporter, "Sport", roles.EDITOR)

    reporter = limit(reporter, None)

    assert may_do(reporter, APPROVE, ours)
    assert not may_do(reporter, APPROVE, theirs)
    assert may_do(reporter, "articles.add_post", theirs)
    assert not is_limited(reporter)
    assert list(sections_where(reporter, APPROVE)) == [ours.section]
    assert set(sections_where(reporter, "articles.add_post")) == set(Section.objects.all())


def test_a_smaller_role_of_a_line_takes_rights_away_there(editor):
    limit(editor, "Sport", roles.REPORTER)
    editor = limit(editor, None)

    assert not may_do(editor, APPROVE, make_post(section="Sport"))
    assert may_do(editor, APPROVE, make_post(section="Politics"))
    assert make_section("Sport") not in sections_where(editor, APPROVE)


def test_a_story_without_a_section_is_at_nobodys_desk(editor):
    assert may_do(limit(editor, "Politics"), APPROVE, make_post(section=None))


def test_a_closed_account_may_nothing_whatever_its_lines_say(reporter):
    User.objects.filter(pk=reporter.pk).update(is_active=False)

    reporter = limit(reporter, "Sport", roles.EDITOR)

    assert not may_do(reporter, APPROVE, make_post(section="Sport"))


def test_an_account_has_one_line_for_a_section_and_one_for_all_others(editor):
    for section in ("Politics", None):
        limit(editor, section)
        with pytest.raises(IntegrityError), transaction.atomic():
            limit(editor, section)


def test_lines_are_read_once_for_each_request(editor, django_assert_num_queries):
    editor = limit(editor, "Politics", roles.EDITOR)
    posts = [make_post(section="Politics"), make_post(section="Sport")]

    with django_assert_num_queries(1):
        assert [may_do(editor, APPROVE, post) for post in posts] == [True, False]


def test_a_superuser_is_limited_by_no_line():
    chief = limit(make_user(None, is_superuser=True), "Politics")

    assert may_do(chief, APPROVE, make_post(section="Sport"))


@pytest.mark.parametrize("role", [roles.LAWYER])
def test_a_lawyer_holds_stories_and_writes_none(role):
    post, lawyer = make_post(), make_user(role)

    assert may_do(lawyer, "articles.lift_hold", post)
    assert not may_do(lawyer, "articles.change_post", post)
