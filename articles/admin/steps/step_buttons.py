"""The steps of a post's life, as buttons around its form."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ...desk.transition import Transition
from ...desk.workflow import Refusal
from ...publishing.steps.readiness import NotReady
from ..posts.history import HistoryMixin
from ..posts.restore import RestoringMixin
from .approval import waiting_for_reader
from .held_back import hold_and_tell, tell_too_late
from .status_summary import chips, current_editions, held_back, sentences, standing
from .step_screen import StepPage
from .steps import AT_ONCE, BUTTONS, mark, offered, refuse_role, take, told

STEP = "_step"
"""The name of the buttons in the post's form that save it and then take a step."""

FOR_PUBLISHERS = ("published_at", "embargo_until", "embargo_note")
"""Fields that decide when readers may see a story: only who may publish sets them."""


class WorkflowMixin(RestoringMixin, HistoryMixin):
    """A panel above the post's form: what readers see, and what this person may do now.

    Its buttons save the form first, so that pressing one loses no words.
    """

    @property
    def media(self):
        return super().media + forms.Media(css={"all": ["admin-desk/flow.css"]})

    def get_readonly_fields(self, request, obj=None):
        fields = tuple(super().get_readonly_fields(request, obj))
        if request.user.has_perm("articles.publish_post"):
            return fields
        return (*fields, *(name for name in FOR_PUBLISHERS if name not in fields))

    def get_urls(self):
        step = path(
            "<path:object_id>/step/<slug:action>/",
            self.admin_site.admin_view(self.step_view),
            name="articles_post_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request, object_id, action):
        """The page that asks what a step needs to know, and takes it."""
        return StepPage(self, request, self.post_or_404(request, object_id), action).answer()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and STEP in request.POST:
            refuse_role(request.POST[STEP], request.user)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            hold_and_tell(request, post=form.instance)
        if change and "embargo_until" in form.changed_data:
            tell_too_late(request, form.instance)

    def render_change_form(self, request, context, add=False, change=False, obj=None, **kwargs):
        now = timezone.now()
        where = standing(current_editions(now).filter(post=obj) if obj else [], now)
        post = obj or self.model(created_by=request.user)
        context["steps"] = [
            self._button(action, obj) for action in offered(post, request.user, where)
        ]
        context["step_not_taken"] = BUTTONS.get(request.POST.get(STEP))
        if obj is not None:
            context["panel"] = self.panel(request, obj, where, now=now)
        return super().render_change_form(
            request, context, add=add, change=change, obj=obj, **kwargs
        )

    def panel(self, request, post, where, *, now):
        """What the panel says of a post: chips, sentences, and the log where it may be seen."""
        log = list(post.transitions.select_related("by")[:20])
        withdrawals = (line for line in log if line.action == Transition.Action.WITHDRAW)
        return {
            "chips": chips(post, where, now),
            "sentences": [
                *sentences(post, where, next(withdrawals, None), now),
                *waiting_for_reader(post, where),
                *(held_back(line) for line in log[:1] if line.action == Transition.Action.HOLD),
            ],
            "live_url": where.live.get_absolute_url() if where.live else "",
            "log": log[:5] if request.user.has_perm("articles.view_transition") else [],
        }

    def response_add(self, request, obj, post_url_continue=None):
        if STEP in request.POST:
            return self._step_after_save(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if STEP in request.POST:
            return self._step_after_save(request, obj)
        return super().response_change(request, obj)

    def _button(self, action, obj):
        return {
            "action": action,
            "label": BUTTONS[action],
            "asks": action not in AT_ONCE,
            "url": reverse(f"{self.admin_site.name}:articles_post_step", args=[obj.pk, action])
            if obj
            else "",
        }

    def _step_after_save(self, request, post):
        action = request.POST[STEP]
        if action not in AT_ONCE:
            name = f"{self.admin_site.name}:articles_post_step"
            return HttpResponseRedirect(reverse(name, args=[post.pk, action]))
        try:
            # With the words that were just saved, and no others.
            take(action, post, by=request.user, now=timezone.now(), seen=mark(action, post))
        except Refusal as refusal:
            messages.error(request, format_html(_("Saved, but not done: {}"), in_words(refusal)))
        else:
            messages.success(request, told(action))
        return HttpResponseRedirect(self.address_after_step(request, post))

    def address_after_step(self, request, post):
        """Where a person goes after a step: to the post, as it is now."""
        return reverse(f"{self.admin_site.name}:articles_post_change", args=[post.pk])

    def post_or_404(self, request, object_id):
        """The post at an address beside its form; 404 when there is none, 403 when not theirs."""
        post = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, post):
            raise PermissionDenied
        if post is None:
            raise Http404
        return post


def in_words(refusal):
    """A refusal as text for a page: a list when several things are missing."""
    if isinstance(refusal, NotReady) and len(refusal.shortcomings) > 1:
        items = format_html_join("", "<li>{}</li>", ((line,) for line in refusal.shortcomings))
        return format_html("{}<ul>{}</ul>", _("several things are missing."), items)
    return str(refusal)
