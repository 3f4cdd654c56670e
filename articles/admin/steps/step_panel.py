"""The panel above a post's form: what readers see, and a button for each step."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...desk.transition import Transition
from ...desk.workflow import Refusal
from ...publishing.steps.readiness import NotReady
from .approval_summary import review_sentences
from .status_summary import (
    current_editions,
    hold_sentence,
    site_status,
    status_chips,
    status_sentences,
)
from .step_screen import StepScreen
from .take_step import (
    BUTTON_LABELS,
    IMMEDIATE_STEPS,
    done_sentence,
    offered_steps,
    refuse_role,
    state_token,
    take_step,
)

STEP_BUTTON = "_step"
"""The name of the buttons in the post's form that save it and then take a step."""


class StepPanel:
    """Mixed into the PostAdmin. The buttons save the form first, so that nothing typed is lost."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        step = path("<path:object_id>/step/<slug:action>/", view, name="articles_post_step")
        return [step, *super().get_urls()]

    def step_view(self, request, object_id, action):
        post = self.post_or_404(request, object_id)
        return StepScreen(self, request, post, action).response()

    def _changeform_view(self, request, object_id, form_url, extra_context):
        # Before anything is saved.
        if request.method == "POST" and STEP_BUTTON in request.POST:
            refuse_role(request.POST[STEP_BUTTON], request.user)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, obj=None, **kwargs):
        now = timezone.now()
        on_site = site_status(current_editions(now).filter(post=obj) if obj else [], now)
        offered = offered_steps(obj or Post(created_by=request.user), request.user, on_site)
        context |= {
            "steps": [
                {
                    "action": action,
                    "label": BUTTON_LABELS[action],
                    "asks": action not in IMMEDIATE_STEPS,
                }
                for action in offered
            ],
            "step_not_taken": BUTTON_LABELS.get(request.POST.get(STEP_BUTTON)),
            "panel": panel(request, obj, on_site, now) if obj else None,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return after_save(request, obj) or super().response_change(request, obj)


def panel(request, post, on_site, now):
    log = list(post.transitions.select_related("by")[:20])
    withdrawals = (line for line in log if line.action == Transition.Action.WITHDRAW)
    return {
        "chips": status_chips(post, on_site, now),
        "sentences": [
            *status_sentences(post, on_site, next(withdrawals, None), now),
            *review_sentences(post, on_site),
            *(hold_sentence(line) for line in log[:1] if line.action == Transition.Action.HOLD),
        ],
        "live_url": on_site.live.get_absolute_url() if on_site.live else "",
        "log": log[:5] if request.user.has_perm("articles.view_transition") else [],
    }


def after_save(request, post):
    """Take the step whose button saved the form, or ask first; None after any other button."""
    if STEP_BUTTON not in request.POST:
        return None
    action = request.POST[STEP_BUTTON]
    if action not in IMMEDIATE_STEPS:
        return redirect("admin:articles_post_step", post.pk, action)
    try:
        # With the words that were just saved, and no others.
        seen = state_token(action, post)
        take_step(action, post, by=request.user, now=timezone.now(), seen=seen)
    except Refusal as refusal:
        why = refusal_html(refusal)
        messages.error(request, format_html(_("Saved, but not done: {}"), why))
    else:
        messages.success(request, done_sentence(action))
    return redirect("admin:articles_post_change", post.pk)


def refusal_html(refusal):
    """A refusal as HTML: a list if several things are missing."""
    if isinstance(refusal, NotReady) and len(refusal.shortcomings) > 1:
        items = format_html_join("", "<li>{}</li>", ((line,) for line in refusal.shortcomings))
        return format_html("{}<ul>{}</ul>", _("several things are missing."), items)
    return str(refusal)
