"""What is wrong: what the desk has to put right, for all or among one's own stories."""

import datetime as dt

from django.db.models import BooleanField, F, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, NullIf

from ...desk.blocks import Alternative
from ...desk.legal_hold.held import LIFT_HOLD, on_hold
from ...desk.post import Post
from ...desk.rights.may_do import at_desks, may_somewhere, theirs
from ...desk.steps_table import CHANGE_ANY
from ...desk.transition import Transition
from ...publishing.dates import day_of
from ...publishing.link_check.problem import link_problems
from ...publishing.pictures import pictures_ending
from .slices import lines_of, name_of
from .waiting import last_steps, newest_of

Action = Transition.Action

MOST = 8
RIGHTS_SOON = 7
"""Days before the rights to a picture end in which the desk is told."""
OLDEST_RIGHTS = dt.timedelta(days=30)
"""Rights that ended longer ago are told by the picture library alone."""
BROKEN_LATELY = dt.timedelta(days=7)
"""For how long all are told that somebody broke an embargo."""
OLDEST_HOLD = dt.timedelta(days=60)
"""What was held back longer ago is left out."""


def lists_of_wrongs(user, now):
    """The lists of what is wrong, in one's own stories and in those of desks where one may change
    them."""
    mine = theirs(user, CHANGE_ANY)
    of_mine = theirs(user, CHANGE_ANY, of="post__")
    in_mine = theirs(user, CHANGE_ANY, of="parent__")
    yield on_legal_hold(Post.objects.filter(mine | at_desks(user, LIFT_HOLD)))
    yield embargoes_broken(now)
    yield held_back(Transition.objects.filter(of_mine), now)
    yield wordings_to_settle(Alternative.objects.filter(in_mine))
    yield corrections_to_publish(Post.objects.filter(mine))
    yield dead_links(link_problems().filter(of_mine))
    if may_somewhere(user, CHANGE_ANY):
        yield pictures_to_replace(now)


def on_legal_hold(posts):
    """Stories that a legal hold stops, with its reason."""
    held = posts.filter(on_hold()).order_by("-saved_at", "-pk")
    return lines_of(
        held[:MOST],
        "on_hold",
        moment="held_at",
        words=F("hold_reason"),
        who=name_of("held_by"),
    )


def embargoes_broken(now):
    """Embargoes that somebody broke lately, and why: all are told."""
    broken = Transition.objects.filter(action=Action.BREAK_EMBARGO, at__gt=now - BROKEN_LATELY)
    return lines_of(
        broken.order_by("-at", "-pk")[:MOST],
        "broken",
        post="post",
        moment="at",
        words=F("note"),
        who=name_of("by"),
    )


def held_back(steps, now):
    """Stories taken off the schedule by a rule, with its reason, and not touched since."""
    held = steps.filter(action=Action.HOLD, at__gt=now - OLDEST_HOLD)
    newest = Transition.objects.filter(pk__in=newest_of(held.order_by("-at", "-pk")))
    return last_steps(newest, "held", moment="due_at", most=MOST)


def wordings_to_settle(rows):
    """Where two people changed the same words; the table holds only what is open."""
    rows = rows.exclude(parent__status=Post.Status.WITHDRAWN).order_by("-pk")
    # A story may have several.
    return lines_of(
        rows[: MOST * 4], "wordings", post="parent", moment="parent__saved_at", words=F("who")
    )


def corrections_to_publish(posts):
    """Corrections that were written and that readers have not been told yet."""
    # Literals: SQLite uses a partial index only if the query repeats its condition.
    pending = RawSQL(
        """"articles_post"."change_kind" IN"""
        """ ('correction', 'clarification', 'apology', 'retraction')""",
        (),
        output_field=BooleanField(),
    )
    return lines_of(
        posts.filter(pending).newest_first()[:MOST],
        "correction",
        moment="saved_at",
        words=F("change_note"),
    )


def dead_links(problems):
    """Live stories with links to pages of ours that are gone; the table holds only what is open."""
    # A story may have several.
    return lines_of(
        problems[: MOST * 4],
        "dead_links",
        post="post",
        moment="found_at",
        words=Coalesce(
            NullIf("address", Value("")), "target__headline", Value(""), output_field=TextField()
        ),
    )


def pictures_to_replace(now):
    """Pictures in use whose rights end within days, or ended lately, with that day in place of a
    name; of all ever ended there are too many to ask which are still shown."""
    since = day_of(now - OLDEST_RIGHTS)
    photos = pictures_ending(RIGHTS_SOON, today=day_of(now), now=now)
    rows = photos.filter(rights_until__gte=since)
    return lines_of(
        rows[: MOST + 1],
        "pictures",
        post=None,
        row="pk",
        moment="added_at",
        words=Coalesce(NullIf("caption", Value("")), "slug", output_field=TextField()),
        who=Cast("rights_until", TextField()),
    )
