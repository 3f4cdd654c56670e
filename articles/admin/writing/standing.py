"""Where a story stands, for the writing screen: its state, the next steps, and what is missing."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ...desk.post import Post
from ...desk.taking_back import take_back_refusal
from ...desk.workflow import may_change
from ..notes.note_pages import notes_html
from ..planning.panel import plan_beside, plan_html
from ..steps.advice import checks
from ..steps.panel import panel
from ..steps.story_at_hand import StoryAtHand
from ..steps.take_step import (
    IMMEDIATE_STEPS,
    STEPS_BESIDE,
    Action,
    button_label,
    next_step,
    offered_steps,
    token_of,
)


def standing(request, post):
    """{state: HTML, notes: HTML, plan: HTML, colleagues: {notes: HTML, open}, steps: [{action,
    label, asks, beside, next, url, seen}], missing: [{sentence, place}], advised: how many only
    warn, checks: HTML, stays: why it cannot be taken back}. At most one step is the `next`, with a
    button of its own; one `beside` it is as likely."""
    now = timezone.now()
    story = StoryAtHand(post, now)
    shown, steps = panel(request, story), offered_steps(story, request.user)
    next_ = next_step(steps, story)
    plan = plan_beside(request, post, story.parts.region(post, "body"))
    found = checks(story, plan.get("needs", ()), at=now)
    return {
        "version": post.version,
        "stays": why_it_stays(story, steps, request.user),
        "readonly": not may_change(post, request.user),
        "state": render_to_string("admin/articles/post/chips.html", {"chips": shown["chips"]}),
        "notes": render_to_string("admin/articles/post/notes.html", {"panel": shown, "post": post}),
        "plan": plan_html(request, plan),
        "colleagues": notes_html(request, post),
        "notes_url": reverse("admin:articles_post_notes", args=[post.pk]),
        "live_url": shown["live_url"],
        "steps": [step_of(action, story, next_) for action in steps],
        "missing": [{"sentence": line, "place": line.place} for line in found.missing],
        "advised": len(found.advice),
        "checks": render_to_string(
            "admin/articles/post/checks.html", {**found._asdict(), "post": post}
        ),
    }


def why_it_stays(story, steps, user):
    """Why somebody cannot take back any more what they sent to review, or ""."""
    sent = story.review.pending_request if story.post.status == Post.Status.IN_REVIEW else None
    if sent is None or sent.by_id != user.pk or Action.TAKE_BACK in steps:
        return ""
    return take_back_refusal(user, story.review)


def step_of(action, story, next_):
    post = story.post
    is_beside = action in STEPS_BESIDE and (next_ or action == Action.TAKE_BACK)
    return {
        "action": action,
        "label": button_label(action, post, story.on_site),
        "asks": action not in IMMEDIATE_STEPS,
        "beside": bool(is_beside),
        "next": action == next_,
        "url": reverse("admin:articles_post_step", args=[post.pk, action]),
        "seen": token_of(action, post, story.newest),
    }
