"""Dead links as the desk reads them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import LinkProblem
from articles.publishing.link_check.problem import link_problems
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def problem(post, *, minutes=0, **fields):
    found_at = NOW - dt.timedelta(minutes=minutes)
    return LinkProblem.objects.create(post=post, found_at=found_at, **fields)


def test_the_newest_come_first_with_both_stories(django_assert_num_queries):
    story, other = make_story("Ours"), make_post("Gone")
    problem(story, target=other, minutes=5, kind=LinkProblem.Kind.WITHDRAWN)
    problem(story, address="/2020/01/01/nowhere/", kind=LinkProblem.Kind.MISSING)

    with django_assert_num_queries(1):
        found = [(str(each.post), each.address, each.target) for each in link_problems()]

    assert found == [("Ours", "/2020/01/01/nowhere/", None), ("Ours", "", other)]


def test_a_link_of_a_story_is_told_once():
    story, other = make_story(), make_post()
    for fields in ({"target": other}, {"address": "/x/"}, {"address": "/x/", "target": other}):
        LinkProblem.objects.all().delete()
        problem(story, **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            problem(story, **fields)
