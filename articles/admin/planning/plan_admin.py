"""The screens of plans: the plans of a day, and the plan of one story."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.legal_hold.held import is_on_hold
from ...desk.planning.change_plan import change_plan, drop_plan, drop_refusal
from ...desk.planning.plan import Plan, PlanNeed
from ...desk.planning.plan_story import plan_story
from ...desk.planning.rules import ADD, may_change_plan, may_plan, may_plan_for_others
from ...desk.rights.may_do import at_desks
from ...desk.workflow import Refusal, may, may_change
from ...library.date_formats import local
from ..desk_page import desk_page
from ..fields.datetime_fields import format_moment
from ..notes.panel import NoteForm, notes_of
from ..saves.guarded_admin import GuardedAdmin
from ..steps.status_summary import current_editions, site_status, status_chips
from ..steps.take_step import BUTTON_LABELS, Action, done_sentence, take_step
from .day_pages import DayPages, asked_day, likely_hour
from .need_pages import NeedPages
from .panel import plan_panel
from .plan_form import PlanForm

PLAN_FIELDS = ["slug_line", "about", "section", "assigned_to", "due_at", "length"]
NEED_FIELDS = [f"{part}_{kind}" for kind in PlanNeed.Kind.values for part in ("need", "missing")]


@admin.register(Plan)
class PlanAdmin(DayPages, NeedPages, GuardedAdmin, admin.ModelAdmin):
    """Who may do what is asked of the story: see articles/desk/planning/rules.py."""

    form = PlanForm
    change_form_template = "admin/articles/plan/change_form.html"
    add_form_template = "admin/articles/plan/change_form.html"

    class Media:
        css = {"all": ["admin-desk/planning.css"]}

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_post")

    def has_add_permission(self, request):
        return may_plan(request.user)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return may_plan(request.user)
        return may_change_plan(obj.post, request.user) or may_change(obj.post, request.user)

    def has_delete_permission(self, request, obj=None):
        is_planned = obj is None or obj.is_planned
        return is_planned and obj is not None and may_change_plan(obj.post, request.user)

    def get_queryset(self, request):
        plans = super().get_queryset(request).select_related("post__section", "assigned_to")
        return plans.prefetch_related("needs")

    def get_object(self, request, object_id, from_field=None):
        """The plan, read once for a page; a save reads it again, when its row is locked."""
        if request.method == "POST":
            return super().get_object(request, object_id, from_field)
        if not hasattr(request, "plan_shown"):
            request.plan_shown = super().get_object(request, object_id, from_field)
        return request.plan_shown

    def get_changeform_initial_data(self, request):
        """From the address of the page: the day, as the calendar names it, and fields."""
        initial, now = super().get_changeform_initial_data(request), timezone.now()
        if "day" in request.GET:
            initial["due_at"] = likely_hour(asked_day(request, now), now)
        return initial

    def get_fieldsets(self, request, obj=None):
        fields = [*PLAN_FIELDS]
        if not may_plan_for_others(request.user, obj and obj.post):
            fields.remove("assigned_to")
        if obj and not obj.is_planned:
            # The section is the story's own by now, and changed where it is written.
            fields.remove("section")
        return [(None, {"fields": fields}), (gettext_lazy("Needs"), {"fields": NEED_FIELDS})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        form.may_assign = may_plan_for_others(request.user, obj and obj.post)
        form.own_sections = at_desks(request.user, ADD, "pk")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form, or for who may not change the plan what it says."""
        plan = self.get_object(request, object_id) if object_id else None
        reads = plan and request.method != "POST" and self.has_view_permission(request)
        if reads and not self.has_change_permission(request, plan):
            context = self.beside(request, plan)
            return desk_page(self, request, "plan/read", title=str(plan.post), **context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["needs"] = need_rows(context["adminform"].form)
        if obj:
            context |= self.beside(request, obj)
            context["may_begin"] = may(Action.BEGIN, obj.post, request.user)
            may_drop = self.has_delete_permission(request, obj)
            context["may_drop"] = may_drop and not drop_refusal(obj.post)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def stop_steps(self, post, user):
        """[(action, label)] of what stops a planned story, or lets it go on."""
        actions = (Action.EMBARGO, Action.LIFT_HOLD if is_on_hold(post) else Action.PLACE_HOLD)
        return [(action, BUTTON_LABELS[action]) for action in actions if may(action, post, user)]

    def beside(self, request, plan):
        """{panel, post, chips, notes, note_form, is_planned} of a plan's story."""
        post, now = plan.post, timezone.now()
        is_planned = plan.is_planned
        editions = [] if is_planned else current_editions(now).filter(post=post)
        on_site = site_status(editions, now)
        return {
            "panel": plan_panel(request, plan),
            "post": post,
            "chips": status_chips(post, on_site, now),
            "notes": notes_of(post, request.user),
            "note_form": NoteForm(),
            "is_planned": is_planned,
            "stop_steps": self.stop_steps(post, request.user) if is_planned else (),
        }

    def save_model(self, request, obj, form, change):
        changes = form.changes()
        if change:
            change_plan(obj.post, changes, by=request.user)
            return
        needs = {kind: need for kind, need in changes.pop("needs").items() if need}
        if not may_plan_for_others(request.user):
            changes["assigned_to"] = request.user
        post = plan_story(by=request.user, needs=needs, **changes)
        change_plan(post, {"needs": needs}, by=request.user)
        obj.pk, obj.post = post.plan.pk, post

    def log_addition(self, request, obj, message):
        """Planning a story logs it."""

    def log_change(self, request, obj, message):
        """In the history of the story."""
        return super().log_change(request, obj.post, message)

    def history_view(self, request, object_id, extra_context=None):
        return redirect("admin:articles_post_history", self.plan_or_404(request, object_id).post_id)

    def plan_or_404(self, request, object_id):
        plan = self.get_object(request, object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        if plan is None:
            raise Http404
        return plan

    def response_add(self, request, obj, post_url_continue=None):
        when = _("for %s") % format_moment(obj.due_at) if obj.due_at else _("for no day yet")
        messages.success(
            request, _("“%(story)s” is planned %(when)s.") % {"story": obj.post, "when": when}
        )
        if "_addanother" in request.POST:
            return redirect(self.page_of_new(obj))
        return redirect(self.page_of_day(obj))

    def response_change(self, request, obj):
        if "_begin" in request.POST:
            return self.begin(request, obj.post)
        messages.success(request, _("The plan is saved."))
        return redirect("admin:articles_plan_change", obj.pk)

    def begin(self, request, post):
        """Make the plan, which was saved just now, the draft, and open it."""
        try:
            take_step(Action.BEGIN, post, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done_sentence(Action.BEGIN))
        return redirect("admin:articles_post_change", post.pk)

    def delete_view(self, request, object_id, extra_context=None):
        """Drop a plan, after asking."""
        plan = self.plan_or_404(request, object_id)
        if not self.has_delete_permission(request, plan):
            raise PermissionDenied
        if request.method != "POST":
            if why := drop_refusal(plan.post):
                return self.is_kept(request, plan, why)
            return desk_page(
                self, request, "plan/drop", title=_("Drop this plan?"), plan=plan, post=plan.post
            )
        try:
            drop_plan(plan.post, by=request.user)
        except Refusal as refusal:
            return self.is_kept(request, plan, str(refusal))
        messages.success(request, _("“%s” is no longer planned.") % plan.post.slug_line)
        return redirect(self.page_of_day(plan))

    def is_kept(self, request, plan, why):
        messages.error(request, why)
        return redirect("admin:articles_plan_change", plan.pk)

    def page_of_day(self, plan):
        """The page of the day on which a plan is due, or of today."""
        page = reverse("admin:articles_plan_changelist")
        return f"{page}?day={local(plan.due_at):%Y-%m-%d}" if plan.due_at else page

    def page_of_new(self, plan):
        """The form of another plan for the same day; who plans says the rest each time."""
        query = {"day": f"{local(plan.due_at):%Y-%m-%d}"} if plan.due_at else {}
        return reverse("admin:articles_plan_add", query=query)


def need_rows(form):
    """[(how a need stands, why it is missing)] as bound fields."""
    return [(form[f"need_{kind}"], form[f"missing_{kind}"]) for kind in PlanNeed.Kind.values]
