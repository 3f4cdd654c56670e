"""Two people take a step from what both saw, at the same moment, on both databases: one is told."""

import datetime as dt
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.admin.steps.take_step import BUTTON_LABELS
from articles.desk.planning.begin import begin_draft
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import move
from articles.models import Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.builders import make_post, make_story, make_user

from .test_at_once import Race

pytestmark = pytest.mark.django_db(transaction=True)

DAY = dt.timedelta(days=1)


def planned():
    return plan_story(slug_line="Planned", by=None)


def begun():
    post = planned()
    begin_draft(post, by=None)
    return post


def draft():
    return make_post(status=Post.Status.DRAFT)


def in_review():
    return make_post(status=Post.Status.IN_REVIEW)


def sent_to_review():
    chief = User.objects.get(username="chief")
    post = make_post(status=Post.Status.DRAFT, created_by=chief)
    move(post, "send_to_review", by=chief)
    return post


def scheduled():
    post = make_post()
    schedule(post, by=None, at=timezone.now() + DAY)
    return post


def withdrawn():
    post = make_story()
    withdraw(post, by=None)
    return post


def held():
    post = make_post()
    place_hold(post, by=None, note="A letter came.")
    return post


def embargoed():
    post = make_post()
    set_embargo(post, Embargo(open_ended=True), by=None)
    return post


def to_be_killed():
    post = make_story()
    ask_kill(post, by=make_user(None, is_superuser=True), reason="An order.", words="Removed.")
    return post


# Which story, and the steps of the two.
PAIRS = [
    (planned, "begin", "begin"),
    (begun, "back_to_plan", "back_to_plan"),
    (draft, "send_to_review", "send_to_review"),
    (sent_to_review, "take_back", "take_back"),
    (sent_to_review, "take_back", "approve"),
    (in_review, "approve", "approve"),
    (in_review, "send_back", "send_back"),
    (in_review, "approve", "send_back"),
    (make_post, "publish", "publish"),
    (make_post, "schedule", "schedule"),
    (make_post, "publish", "schedule"),
    (make_post, "publish", "send_back"),
    (make_story, "publish", "withdraw"),
    (scheduled, "cancel", "cancel"),
    (scheduled, "cancel", "publish"),
    (make_story, "withdraw", "withdraw"),
    (make_story, "withdraw", "ask_kill"),
    (withdrawn, "put_back", "put_back"),
    (withdrawn, "put_back", "ask_kill"),
    (make_post, "place_hold", "place_hold"),
    (held, "lift_hold", "lift_hold"),
    (make_post, "embargo", "embargo"),
    (embargoed, "break_embargo", "break_embargo"),
    (make_story, "ask_kill", "ask_kill"),
    (to_be_killed, "decline_kill", "decline_kill"),
    (to_be_killed, "kill", "kill"),
    (to_be_killed, "kill", "decline_kill"),
]


def test_every_step_but_that_which_reads_is_tried_here():
    tried = {step for _story, *steps in PAIRS for step in steps}
    assert tried == BUTTON_LABELS.keys() - {"open_sealed"}


def test_of_two_who_take_steps_from_what_both_saw_one_is_told(transactional_db, tmp_path):
    make_user(None, "chief", is_superuser=True)
    stories = [make().pk for make, *_steps in PAIRS]
    race = Race(tmp_path)

    told = at_once(
        race.environment,
        [f"{step}={key}" for key, (_make, step, _other) in zip(stories, PAIRS, strict=True)],
        [f"{step}={key}" for key, (_make, _one, step) in zip(stories, PAIRS, strict=True)],
    )

    wrong = [
        (step, other, said)
        for (_make, step, other), said in zip(PAIRS, told, strict=True)
        if sorted(said) not in (["Changed", "done"], ["Refusal", "done"])
    ]
    assert wrong == []


def at_once(environment, *steps):
    """What became of each step of both, [(one, other)], each two taken at the same moment."""
    command = [sys.executable, "-m", "tests.publishing.stops.steps_of_one"]
    processes = [
        subprocess.Popen(  # noqa: S603 (our own)
            [*command, *some],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for some in steps
    ]
    try:
        return [together(processes) for _step in steps[0]]
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def together(processes):
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 2
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return tuple(process.stdout.readline().strip() for process in processes)
