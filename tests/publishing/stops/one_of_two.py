"""One of two people who do something with the same story at the same moment: a process of its own.

`python -m tests.publishing.stops.one_of_two publish` says "ready", waits for a line, does it, and
says "done" or the name of the refusal.
"""

import datetime as dt
import sys

import django

HOUR = dt.timedelta(hours=1)


def main(action):
    django.setup()
    from django.contrib.auth.models import User
    from django.core.exceptions import PermissionDenied

    from articles.desk.workflow import Refusal
    from articles.models import Post

    post, chief = Post.objects.get(), User.objects.get(username="chief")
    act = actions(post, chief)[action]
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        act()
    except (Refusal, PermissionDenied) as refusal:
        print(type(refusal).__name__)
    else:
        print("done")


def actions(post, chief):
    """{name: function}; what depends on what was seen is read before the other begins."""
    from django.test import Client
    from django.utils import timezone

    from articles.admin.steps.take_step import state_token, take_step
    from articles.publishing.steps.publish import publish
    from articles.publishing.steps.schedule import schedule
    from articles.publishing.stops.embargo import Embargo, break_embargo, set_embargo
    from articles.publishing.stops.legal_hold import lift_hold, place_hold
    from tests.admin.writing.sending import send

    now = timezone.now()
    client, seen = Client(), state_token("approve", post)
    client.force_login(chief)

    def edit():
        assert send(client, post, headline="Other words").status_code == 200

    return {
        "publish": lambda: publish(post, by=chief),
        "schedule": lambda: schedule(post, by=chief, at=now + HOUR),
        "hold": lambda: place_hold(post, by=chief, note="Stop."),
        "lift": lambda: lift_hold(post, by=chief, note="Go on."),
        "embargo": lambda: set_embargo(post, Embargo(until=now + 2 * HOUR), by=chief),
        "break": lambda: break_embargo(post, by=chief, note="Now."),
        "approve": lambda: take_step("approve", post, by=chief, now=now, seen=seen),
        "edit": edit,
    }


if __name__ == "__main__":
    main(sys.argv[1])
