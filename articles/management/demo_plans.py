"""What the demo's desk plans for tomorrow, with a note to its reporter."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from ..desk.notes.leave_note import leave_note
from ..desk.planning.needs import mark_need
from ..desk.planning.plan_story import plan_story
from ..library.days import ends
from ..models import Section
from ..publishing.dates import day_of

PLANS = [
    (
        "Harbour wall, the morning after",
        "environment",
        9,
        "reporter",
        700,
        ["picture", "legal_read"],
    ),
    ("Council sits on the bypass", "politics", 14, "reporter", 450, []),
    ("Weather", "environment", 17, None, 150, ["graphic"]),
]
"""Slug line, section, hour, who writes it, words, and what it needs."""
ABOUT = "Engineers say the gap is closed. Who pays, and what does the next tide bring?"
WHY = "No ferry before nine"
NOTE = "Ask the harbour office for the old photographs of the wall, too."


@transaction.atomic
def plan_tomorrow(now: dt.datetime) -> None:
    """Plan the demo's tomorrow. The demo's accounts must be there."""
    people = {user.username: user for user in User.objects.all()}
    editor, start = people["editor"], ends(day_of(now))
    planned = [
        plan_story(
            slug_line=slug_line,
            by=editor,
            section=Section.objects.filter(slug=section).first(),
            assigned_to=people.get(writer),
            due_at=start + dt.timedelta(hours=hour),
            length=words,
            needs=needs,
            about=ABOUT if slug_line == PLANS[0][0] else "",
        )
        for slug_line, section, hour, writer, words, needs in PLANS
    ]
    picture = planned[0].plan.needs.get(kind="picture")
    mark_need(picture, met=False, reason=WHY, by=editor)
    leave_note(planned[0], NOTE, by=editor, to=people["reporter"])
