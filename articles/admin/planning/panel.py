"""What was planned of a story, in short: beside its draft, and for who may not change it."""

from django.template.loader import render_to_string
from django.utils import timezone

from ...desk.blocks import Text
from ...desk.planning.needs import may_meet_needs
from ...desk.planning.rules import may_change_plan, plan_of
from ...desk.post import Post
from ...desk.rich_text.sanitiser import words_of
from ...desk.workflow import may_change


def plan_panel(request, plan, words=None):
    """{plan, needs, is_late, words, may_change, may_meet} of a plan with its story at hand."""
    post, user = plan.post, request.user
    return {
        "plan": plan,
        "needs": list(plan.needs.all()),
        "is_late": is_late(plan, timezone.now()),
        "words": words,
        "may_change": may_change_plan(post, user) or may_change(post, user),
        "may_meet": may_meet_needs(post, user),
    }


def words_written(post, body):
    """How many words the texts among a story's blocks have; None for one that nobody has begun."""
    if post.status == Post.Status.PLANNED:
        return None
    return sum(len(words_of(block.html)) for block in body if isinstance(block, Text))


def is_late(plan, now):
    """Whether a story was due and is not in anybody's hands but its writer's."""
    waiting = {Post.Status.PLANNED, Post.Status.DRAFT}
    return bool(plan.due_at and plan.due_at < now and plan.post.status in waiting)


def plan_beside(request, post, body):
    """The panel of a draft with these blocks, or {} without a plan."""
    plan = plan_of(post)
    if plan is None:
        return {}
    return plan_panel(request, plan, words_written(post, body) if plan.length else None)


def plan_html(request, panel):
    """The panel as HTML for the writing screen, or "" without a plan."""
    return render_to_string("admin/articles/plan/beside.html", panel, request) if panel else ""
