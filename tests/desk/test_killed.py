"""Killed stories on the desk: nobody writes in them, and no step leads out of them."""

import pytest

from articles.desk.killed import KILLED_STATES, is_killed
from articles.desk.steps_table import STEPS
from articles.desk.transition import Transition
from articles.desk.workflow import may, may_change
from articles.models import Post
from tests.builders import make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", sorted(KILLED_STATES))
def test_nobody_writes_in_a_story_that_is_killed_or_to_be_killed(administrator, status):
    post = make_post(status=status)
    assert is_killed(post)
    assert not may_change(post, administrator)


@pytest.mark.parametrize("action", sorted(STEPS.keys() - {Transition.Action.OPEN_SEALED}))
def test_no_step_leads_out_of_a_killed_story(administrator, settings, action):
    settings.SECOND_READER = True
    killed = make_post(status=Post.Status.KILLED)
    assert not may(Transition.Action(action), killed, administrator)


@pytest.mark.parametrize("status", sorted(set(Post.Status) - KILLED_STATES))
def test_every_other_story_may_still_be_read(status):
    assert not is_killed(make_post(status=status))
