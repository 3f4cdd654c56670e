"""The plans of a day, and copying them to another."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.planning.copy_day import copied_sentence, copy_day
from ...desk.planning.plan import Plan
from ...desk.planning.rules import may_plan, may_plan_for_others
from ...desk.workflow import Refusal
from ...library.date_formats import local
from ...library.days import FIRST_DAY, LAST_DAY, ends, starts, validate_day
from ...library.section import Section
from ...library.whole_numbers import parse_whole_number
from ...public.lists.union_slices import first_of_each
from ...publishing.dates import day_of
from ..desk_page import desk_page
from ..steps.status_summary import current_editions, site_status, status_chips, stop_chips
from .panel import is_late

MOST_OF_A_DAY = 200
MOST_WAITING = 20
"""Plans that are late, and plans for no day yet, below those of today."""
LATE_SINCE = dt.timedelta(days=30)
"""How long ago a plan was due at most to be listed as late."""
ONE_DAY = dt.timedelta(days=1)
PLANNED_FOR = 12
"""The hour that a new plan is due unless another is chosen."""


class CopyForm(forms.Form):
    """Which day is copied, to which, and of which section."""

    day = forms.DateField(widget=forms.HiddenInput, validators=[validate_day])
    to_day = forms.DateField(
        label=gettext_lazy("Copy to"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[validate_day],
    )
    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, widget=forms.HiddenInput
    )


class DayPages:
    """Mixed into the PlanAdmin: in place of a list of all plans, those of a day."""

    def get_urls(self):
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("copy/", copy, name="articles_plan_copy"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        day, sections = asked_day(request, now), list(Section.objects.all())
        section = asked_section(request, sections)
        shown = DayOfPlans(day, section, now)
        may_copy = may_plan_for_others(request.user)
        copied = {"day": day, "to_day": max(day, day_of(now) - ONE_DAY) + ONE_DAY}
        return desk_page(
            self,
            request,
            "plan/day",
            title=_("Planning"),
            day=day,
            is_today=shown.is_today,
            sections=sections,
            section=section,
            rows=shown.rows,
            ticks_none=request.GET.get("ticks") == "none",
            here=page_of(day, section),
            is_full=len(shown.rows) == MOST_OF_A_DAY,
            waiting=shown.waiting,
            earlier=page_of(day - ONE_DAY, section),
            later=page_of(day + ONE_DAY, section),
            add_url=add_url(day, section) if may_plan(request.user) else "",
            copy_form=CopyForm(initial=copied | {"section": section}, label_suffix="")
            if may_copy
            else None,
        )

    def copy_view(self, request):
        """Copy the plans of a day; a GET leads to the plans of today."""
        if not may_plan_for_others(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:articles_plan_changelist")
        form = CopyForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was copied. Choose a day to copy to."))
            return redirect("admin:articles_plan_changelist")
        day, to_day, section = (form.cleaned_data[name] for name in ("day", "to_day", "section"))
        ticked = [parse_whole_number(key) for key in request.POST.getlist("story")[:MOST_OF_A_DAY]]
        only = [key for key in ticked if key]
        if not only:
            messages.error(request, _("Nothing was copied. Tick the stories that come again."))
            return redirect(page_of(day, section))
        try:
            done = copy_day(day, to_day, by=request.user, section=section, only=only)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(page_of(day, section))
        messages.success(request, copied_sentence(done, to_day))
        return redirect(page_of(to_day, section))


def asked_day(request, now):
    """The day that the address names, or today."""
    try:
        day = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return day_of(now)
    return day if FIRST_DAY < day < LAST_DAY else day_of(now)


def asked_section(request, sections):
    slug = request.GET.get("section", "")
    return next((each for each in sections if each.slug == slug), None)


class DayOfPlans:
    """The plans of a day, as rows; and below those of today what waits: [(title, rows)] of plans
    that nobody began in time and of those for no day yet. Read in three queries."""

    def __init__(self, day, section, now):
        self.is_today = day == day_of(now)
        start, end = starts(day), ends(day)
        plans = Plan.objects.filter(post__section=section) if section else Plan.objects.all()
        slices = [plans.due_between(start, end).by_due()[:MOST_OF_A_DAY]]
        if self.is_today:
            late = plans.not_begun().due_between(now - LATE_SINCE, start).by_due()
            slices += [late[:MOST_WAITING], plans.for_no_day_yet()[:MOST_WAITING]]
        rows = [row_of(plan, now) for plan in with_what_is_shown(slices, now)]
        self.rows = [row for row in rows if row["due_at"] and start <= row["due_at"] < end]
        late = [row for row in rows if row["due_at"] and row["due_at"] < start]
        undated = [row for row in rows if not row["due_at"]]
        lists = [(_("Late: not begun"), late), (_("For no day yet"), undated)]
        self.waiting = [(title, some) for title, some in lists if some]


def with_what_is_shown(slices, now):
    """The plans of these slices with what a row shows."""
    plans = Plan.objects.filter(pk__in=first_of_each(slices, "pk")).by_due()
    editions = Prefetch("post__editions", current_editions(now), to_attr="current")
    shown = plans.select_related("post__section", "assigned_to")
    return shown.prefetch_related("needs", editions)


def row_of(plan, now):
    """{plan, post, due_at, chips, is_late} of a plan."""
    on_site = site_status(plan.post.current, now)
    return {
        "plan": plan,
        "post": plan.post,
        "due_at": plan.due_at,
        "chips": status_chips(plan.post, on_site, now)[:1] + stop_chips(plan.post, now),
        "is_late": is_late(plan, now),
    }


def page_of(day, section=None):
    query = {"day": day.isoformat()} | ({"section": section.slug} if section else {})
    return reverse("admin:articles_plan_changelist", query=query)


def add_url(day, section):
    """The form of a new plan for that day."""
    query = {"day": day.isoformat()} | ({"section": section.pk} if section else {})
    return reverse("admin:articles_plan_add", query=query)


def likely_hour(day, now):
    """When a plan for that day is due unless another hour is chosen: at noon, or today within the
    next hours, or at the first full hour after that at which nothing is due, as a form shows it;
    "" on a day that has passed. Asks one query."""
    if ends(day) <= now:
        return ""
    soon = (now + dt.timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    due = max(starts(day) + dt.timedelta(hours=PLANNED_FOR), soon)
    taken = set(Plan.objects.due_on(day).values_list("due_at", flat=True)[:MOST_OF_A_DAY])
    hours = (due + dt.timedelta(hours=number) for number in range(24))
    free = (hour for hour in hours if hour not in taken and hour < ends(day))
    return f"{local(next(free, due)):%Y-%m-%dT%H:%M}"
