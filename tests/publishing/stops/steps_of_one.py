"""One of two people who take steps with the same stories at the same moments, a process of its own.

`python -m tests.publishing.stops.steps_of_one withdraw=3 publish=4`: for each step it says "ready",
waits for a line, takes it with the story of that key, and says "done" or the name of the refusal.
"""

import datetime as dt
import sys

import django

DAY = dt.timedelta(days=1)


def main(*steps):
    django.setup()
    from django.contrib.auth.models import User
    from django.utils import timezone

    from articles.admin.steps.take_step import state_token, take_step
    from articles.desk.workflow import Refusal
    from articles.models import Post
    from articles.publishing.stops.embargo import Embargo

    chief, now = User.objects.get(username="chief"), timezone.now()
    more = {
        "schedule": {"at": now + DAY},
        "embargo": {"embargo": Embargo(until=now + DAY)},
        "ask_kill": {"own": {"words": "Removed."}},
    }
    for step in steps:
        action, _is, key = step.partition("=")
        post = Post.objects.get(pk=key)
        seen = state_token(action, post)
        print("ready", flush=True)
        sys.stdin.readline()
        values = {"note": "Because.", "now": timezone.now(), "seen": seen} | more.get(action, {})
        try:
            take_step(action, post, by=chief, **values)
        except Refusal as refusal:
            print(type(refusal).__name__, flush=True)
        else:
            print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
