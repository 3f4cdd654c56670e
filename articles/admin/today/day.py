"""The desk's day: what is to happen at an hour, and what is being worked on."""

import datetime as dt

from django.db.models import Exists, F, OuterRef

from ...desk.planning.plan import Plan, PlanNeed
from ...desk.post import Post
from ...desk.steps_table import ON_THE_DESK
from ...desk.writing.presence import SEEN_FOR, Presence
from ...publishing.dates import day_of, ends, starts
from ...publishing.editions.edition import Edition
from .slices import asked_each, lines_of, name_of
from .waiting import changed_after_publication

Status = Post.Status

MOST_LIVE, MOST = 40, 20
"""Stories of a day that went live, and stories in each other list."""
MOST_OPEN = 50
"""Open pages that are looked at for who is in which story."""
MOST_NEEDS = 200
"""Needs that are read for the stories due in an interval."""


def end_of_tomorrow(now):
    return ends(day_of(now) + dt.timedelta(days=1))


def lists_of_day(now):
    """The lists of the day of a moment."""
    start, end, tomorrow = starts(day_of(now)), ends(day_of(now)), end_of_tomorrow(now)
    editions = Edition.objects.all()
    out = editions.filter(live_from__gte=start, live_from__lte=now).order_by("-live_from", "-pk")
    coming = editions.filter(live_from__gt=now).order_by("live_from", "pk")
    yield lines_of(out[:MOST_LIVE], "live", post="post", moment="live_from")
    yield lines_of(coming[:MOST_LIVE], "coming", post="post", moment="live_from")
    yield lines_of(leaving(now, tomorrow)[:MOST], "leaving", post="post", moment="live_until")
    yield lines_of(due_between(start, end)[:MOST_LIVE], "due_today", post="post", moment="due_at")
    due = due_between(end, tomorrow)
    yield lines_of(due[:MOST_LIVE], "due_tomorrow", post="post", moment="due_at")
    yield open_needs(start, tomorrow)
    drafts = Post.objects.filter(status=Status.DRAFT, saved_at__gte=start).newest_first()
    yield lines_of(drafts[:MOST], "in_work", moment="saved_at")
    for status in (Status.IN_REVIEW, Status.READY):
        posts = Post.objects.filter(status=status).newest_first()
        yield lines_of(posts[:MOST], status.value, moment="saved_at")
    yield lines_of(changed_after_publication()[:MOST], "changed", moment="saved_at")
    yield who_is_here(now)


def due_between(start, end):
    """Plans that are due in an interval and whose stories readers have not seen."""
    return asked_each(Plan.objects.due_between(start, end).by_due(), "post__status", ON_THE_DESK)


def open_needs(start, end):
    """What is not there yet of the plans that are due in an interval."""
    needs = PlanNeed.objects.filter(met=False, plan__due_at__gte=start, plan__due_at__lt=end)
    rows = needs.order_by("plan__due_at", "pk")[:MOST_NEEDS]
    return lines_of(
        rows, "needs", post="plan__post", moment="plan__due_at", words=F("kind"), who=F("reason")
    )


def who_is_here(now):
    """Who has which story open; the table holds only open pages."""
    pages = Presence.objects.filter(seen_at__gt=now - SEEN_FOR).order_by("-pk")
    rows = pages[:MOST_OPEN]
    return lines_of(rows, "here", post="post", moment="seen_at", who=name_of("user"))


def leaving(now, until, editions=None):
    """Those of some editions (all) that end by then, with none to follow: they leave the site."""
    editions = Edition.objects.all() if editions is None else editions
    next_one = Edition.objects.filter(post=OuterRef("post"), live_from=OuterRef("live_until"))
    rows = editions.filter(live_until__gt=now, live_until__lt=until)
    return rows.exclude(Exists(next_one)).order_by("live_until", "pk")
