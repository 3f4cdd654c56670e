"""What waits for a person, and their own stories: lists of keys, each walking an index."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from ...desk.notes.leave_note import notes_to
from ...desk.planning.plan import Plan
from ...desk.post import Post
from ...desk.rights.may_do import at_desks, may_somewhere
from ...desk.second_reader_rule import ANSWERS
from ...desk.steps_table import APPROVE, KILL
from ...desk.transition import Transition
from ...publishing.dates import day_of, ends
from ...publishing.kill.kill_request import KillRequest
from .slices import asked_each, lines_of, name_of

Status, Action = Post.Status, Transition.Action

MOST = 12
"""Rows of each list: with more, the page says where the others are."""
WITHIN = 200
"""How many of the stories saved last are asked what their last step was."""


OVERDUE_FOR = dt.timedelta(days=14)
"""What was due longer ago is left out."""
TO_BE_WRITTEN = (Status.PLANNED, Status.DRAFT)


def waits_for(user, now):
    """The lists of what waits for somebody: sent back, due, told, to review, to review again."""
    lists = [sent_back(drafts_of(user)), due(user, now), notes(user)]
    if settings.SECOND_READER:
        lists.append(sent_back(changed_after_publication(), writer=user))
    if may_somewhere(user, APPROVE):
        lists.append(to_review(at_desks(user, APPROVE)))
        if settings.SECOND_READER:
            lists.append(to_reread(at_desks(user, APPROVE)))
    if may_somewhere(user, KILL):
        lists += [to_kill(user), asked_to_kill(user)]
    return lists


def looks_after_pictures(user):
    """Whether somebody's work is the pictures of others' stories, and not the stories."""
    changes_any = may_somewhere(user, "articles.change_any_post")
    of_library = may_somewhere(user, "articles.delete_photo")
    return changes_any and of_library and not may_somewhere(user, APPROVE)


def mine(user, now):
    """A person's stories in each state, last saved first, and what is planned for them."""
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.READY, Status.PUBLISHED):
        rows = posts_of(user, status)[:MOST]
        yield lines_of(rows, "mine", moment="saved_at")
    plans = asked_each(plans_for(user), "post__status", [Status.PLANNED])
    later = plans.filter(due_at__gte=soon(now)).order_by("due_at", "pk")
    undated = plans.filter(due_at=None).order_by("-pk")
    yield lines_of(later[:MOST], "planned", post="post", moment="due_at")
    yield lines_of(undated[:MOST], "undated", post="post", moment="post__saved_at")


def posts_of(user, status):
    return Post.objects.filter(created_by=user, status=status).newest_first()


def drafts_of(user):
    return posts_of(user, Status.DRAFT)


def changed_after_publication():
    return Post.objects.filter(version__gt=F("published_version")).newest_first()


def sent_back(posts, *, writer=None):
    """Those of some posts (of one writer) whose last step sent them back, with the note and who
    sent them."""
    steps = Transition.objects.filter(action=Action.SEND_BACK, post__in=newest_of(posts))
    if writer:
        steps = asked_each(steps, "post__created_by", [writer.pk])
    return last_steps(steps, "sent_back", moment="at", most=MOST)


def last_steps(steps, mark, *, moment, most):
    """Those of some steps that were the last of their stories, newest first, with the note and who
    took them."""
    return lines_of(
        unanswered(steps, Action).order_by("-at", "-pk")[:most],
        mark,
        post="post",
        moment=moment,
        words=F("note"),
        who=name_of("by"),
    )


def plans_for(user):
    return Plan.objects.filter(assigned_to=user)


def soon(now):
    """The end of tomorrow: what is due later does not wait yet."""
    return ends(day_of(now) + dt.timedelta(days=1))


def due(user, now):
    """What somebody is to write by now, today or tomorrow."""
    plans = plans_for(user).filter(due_at__gt=now - OVERDUE_FOR, due_at__lt=soon(now))
    rows = asked_each(plans, "post__status", TO_BE_WRITTEN).order_by("due_at", "pk")
    return lines_of(rows[:MOST], "due", post="post", moment="due_at", words=F("about"))


def notes(user):
    """The notes that colleagues left somebody and that are not done."""
    rows = notes_to(user)[:MOST]
    who = Coalesce(NullIf("outside_name", Value("")), name_of("by"), output_field=TextField())
    return lines_of(rows, "notes", post="post", row="pk", moment="at", words=F("text"), who=who)


def to_review(ours):
    """The stories in review at one's desks, the longest waiting first."""
    posts = Post.objects.filter(ours).awaiting_review().order_by("saved_at", "pk")
    return lines_of(posts[:MOST], "review", moment="saved_at")


def to_reread(ours):
    """Changes of published stories at one's desks that somebody asked a second reader to read."""
    posts = newest_of(changed_after_publication().filter(ours))
    asked = Transition.objects.filter(action=Action.SEND_TO_REVIEW, post__in=posts)
    steps = unanswered(asked, ANSWERS).order_by("at", "pk")
    return lines_of(steps[:MOST], "reread", post="post", moment="at")


def to_kill(user):
    """What others asked to be killed, and this person may confirm or decline."""
    asked = KillRequest.objects.filter(at_desks(user, KILL, "post__section"), answered_at=None)
    rows = asked.exclude(by=user).order_by("at", "pk")[:MOST]
    who = name_of("by")
    return lines_of(rows, "kill", post="post", moment="at", words=F("reason"), who=who)


def asked_to_kill(user):
    """What this person asked to be killed, and nobody has answered."""
    asked = KillRequest.objects.filter(by=user, answered_at=None).order_by("at", "pk")
    return lines_of(asked[:MOST], "kill_asked", post="post", moment="at", words=F("reason"))


def newest_of(rows):
    """The keys of the first of some rows, as a subquery."""
    return rows[:WITHIN].values("pk")


def unanswered(steps, answers):
    """Those of some steps that none of `answers` followed."""
    later = Transition.objects.filter(
        post=OuterRef("post"), pk__gt=OuterRef("pk"), action__in=list(answers)
    )
    return steps.exclude(Exists(later))
