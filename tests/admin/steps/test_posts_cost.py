"""What taking a step costs: thirty queries, from the press of its button to the answer."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.steps.take_step import BUTTON_LABELS, state_token
from articles.desk.house_style.house_style import HouseStyle, style_of
from articles.desk.planning.begin import begin_draft
from articles.desk.transition import Transition
from articles.desk.workflow import move
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.builders import make_link, make_photo, make_post, make_story, make_user

from .steps import step_url
from .test_costs import again, changed, only_planned

pytestmark = pytest.mark.django_db

Action = Transition.Action
DAY = dt.timedelta(days=1)
MOST = 30
# What cannot be done in so many.
MORE = {
    "schedule again": 35,  # takes one edition out of eight tables, and puts another in
    "kill": 84,  # reads each table that holds its words, and empties it
}


def ready(by):
    post = make_post(photo=make_photo(), topics=["Syria", "Labour"], authors=["Anna Brown"])
    for _ in range(3):
        make_link(post, make_post())
    return post


def draft(by):
    return moved(by, "draft", created_by=by)


def in_review(by):
    return moved(by, "in_review")


def moved(by, status, **fields):
    post = ready(by)
    type(post).objects.filter(pk=post.pk).update(status=status, **fields)
    return again(post)


def sent_to_review(by):
    post = draft(by)
    move(post, Action.SEND_TO_REVIEW, by=by)
    return again(post)


def live(by):
    return make_story(photo=make_photo(), topics=["Syria", "Labour"], authors=["Anna Brown"])


def rewritten(by):
    return changed(live(by), by)


def linked_to(by):
    post = live(by)
    for number in range(3):
        make_link(make_story(f"It links {number}"), post)
    return post


def scheduled(by):
    post = ready(by)
    schedule(post, by=by, at=timezone.now() + DAY)
    return again(post)


def withdrawn(by):
    post = live(by)
    withdraw(post, by=by)
    return again(post)


def held(by):
    post = scheduled(by)
    place_hold(post, by=by, note="A letter came.")
    return again(post)


def embargoed(by):
    post = ready(by)
    set_embargo(post, Embargo(until=timezone.now() + DAY), by=by)
    return again(post)


def to_be_killed(by):
    post = rewritten(by)
    ask_kill(post, by=make_user(), reason="An order.", words="Removed.", with_pictures=True)
    return again(post)


def killed(by):
    post = to_be_killed(by)
    kill(post, by=by)
    return again(post)


def begun(by):
    return again(begin_draft(only_planned(by), by=by, now=timezone.now()))


NOTE = {"note": "A reason."}
TOLD = {"change_note": "An earlier version was wrong.", "change_place": "top"}


def moment(post):
    later = timezone.localtime(timezone.now() + 2 * DAY)
    return {"day": f"{later:%Y-%m-%d}", "time": f"{later:%H:%M}"}


def embargo_end(post):
    return {"embargo_end": post.embargo_until.isoformat()}


# What is done: (its step, the story, what is answered).
TAKEN = {
    "begin": (Action.BEGIN, only_planned, {}),
    "back to plan": (Action.BACK_TO_PLAN, begun, {}),
    "send to review": (Action.SEND_TO_REVIEW, draft, {}),
    "take back": (Action.TAKE_BACK, sent_to_review, {}),
    "approve": (Action.APPROVE, in_review, {}),
    "send back": (Action.SEND_BACK, in_review, NOTE),
    "publish": (Action.PUBLISH, ready, {}),
    "publish an update": (Action.PUBLISH, rewritten, {}),
    "correct": (Action.PUBLISH, rewritten, TOLD | {"change_kind": "correction"}),
    "retract": (Action.PUBLISH, rewritten, TOLD | {"change_kind": "retraction"}),
    "schedule": (Action.SCHEDULE, ready, moment),
    "schedule an update": (Action.SCHEDULE, rewritten, moment),
    "schedule again": (Action.SCHEDULE, scheduled, moment),
    "schedule for the end of an embargo": (Action.SCHEDULE, embargoed, embargo_end),
    "cancel": (Action.CANCEL, scheduled, {}),
    "withdraw": (Action.WITHDRAW, linked_to, {}),
    "withdraw later": (Action.WITHDRAW, live, moment),
    "put back": (Action.PUT_BACK, withdrawn, {}),
    "hold": (Action.PLACE_HOLD, ready, NOTE),
    "hold what is scheduled": (Action.PLACE_HOLD, scheduled, NOTE),
    "lift": (Action.LIFT_HOLD, held, NOTE),
    "embargo": (Action.EMBARGO, ready, lambda post: {"kind": "until", **moment(post)}),
    "embargo what is scheduled": (Action.EMBARGO, scheduled, {"kind": "open"}),
    "end an embargo": (Action.EMBARGO, embargoed, {"kind": "none", **NOTE}),
    "break an embargo": (Action.BREAK_EMBARGO, embargoed, NOTE),
    "ask for a kill": (Action.ASK_KILL, linked_to, NOTE | {"words": "Removed."}),
    "kill": (Action.KILL, to_be_killed, {}),
    "decline a kill": (Action.DECLINE_KILL, to_be_killed, NOTE),
    "open what is sealed": (Action.OPEN_SEALED, killed, NOTE),
}


def test_every_step_that_people_take_is_tried_here():
    assert {action for action, *_others in TAKEN.values()} == BUTTON_LABELS.keys()


@pytest.fixture
def chief(client, administrator):
    """Somebody with every right, in a process that has asked its database once."""
    client.force_login(administrator)
    client.get("/admin/password_change/")
    invalidate()  # of a new site the first change is counted otherwise
    assert connection.features.supports_json_field
    for language in ("en-gb", "fr"):
        style_of(HouseStyle.objects.get(), language)
    return administrator


def statements_of(asked):
    """What was asked of the tables: not where transactions begin and end."""
    statements = [each["sql"] for each in asked]
    return [each for each in statements if "SAVEPOINT" not in each[:20]]


@pytest.mark.parametrize("what", TAKEN)
def test_no_step_takes_more_than_its_queries(client, chief, what):
    action, make, answers = TAKEN[what]
    post = make(chief)
    answers = answers(post) if callable(answers) else answers
    seen = {"seen": state_token(action, post), "note": ""}
    steps = post.transitions.count()

    with CaptureQueriesContext(connection) as asked:
        client.post(step_url(post, action), seen | answers)

    assert post.transitions.count() > steps, "it was not taken"
    assert len(statements_of(asked)) <= MORE.get(what, MOST)
