"""The calendar, and the page that asks to which moment something is moved."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...desk.planning.rules import may_plan
from ...desk.post import Post
from ...desk.workflow import Refusal
from ...library.date_formats import local
from ...library.section import Section
from ...publishing.dates import day_of
from ..fields.datetime_fields import MomentForm, format_time_zone
from ..keep_private import keep_private
from ..planning.day_pages import add_url, likely_hour, page_of
from ..time_machine.moments import write_moment
from .address import read_address
from .days import read_day, weeks_of
from .entries import days_with_entries, undated_plans
from .moving import (
    Standing,
    may_move,
    may_move_due,
    move,
    refuse_strangers,
    standing_of,
)
from .undo import say_moved


@require_safe
def calendar(request, *, site):
    """A week or a month of the desk."""
    refuse_strangers(request.user)
    now, sections = timezone.now(), list(Section.objects.all())
    address = read_address(request.GET, sections, now=now)
    span = address.span
    days = days_with_entries(span, now=now, section=address.section)
    shown = [day_shown(day, span, address, request.user, now) for day in days]
    context = site.each_context(request) | {
        "title": _("Calendar"),
        "span": span,
        "address": address,
        "sections": sections,
        "weeks": weeks_of(shown),
        "undated": [
            (plan, may_move_due(plan.post, request.user))
            for plan in undated_plans(section=address.section)
        ],
        "today": day_of(now),
        "zone": format_time_zone(now),
        "urls": {
            "before": address.to(day=span.before),
            "after": address.to(day=span.after),
            "now": address.to(day=day_of(now)),
            "week": address.to(kind="week"),
            "month": address.to(kind="month"),
            "plan": may_plan(request.user) and add_url(soonest(span, now), address.section),
        },
    }
    return keep_private(TemplateResponse(request, "admin/calendar/calendar.html", context))


def soonest(span, now):
    """The first day of a span on which something can still be planned, or else today."""
    return max(span.day, day_of(now))


def day_shown(day, span, address, user, now):
    """A Day as the template shows it to somebody."""
    may_add = may_plan(user) and day.day >= day_of(now)
    return {
        "day": day.day,
        "is_outside": not span.holds(day.day),
        "rows": [
            {"row": row, "was": write_moment(row.moment) if may_move(row, user) else ""}
            for row in day.rows
        ],
        "has_more": day.has_more,
        "week": address.to(kind="week", day=day.day),
        "plans": page_of(day.day, address.section),
        "plan": add_url(day.day, address.section) if may_add else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def move_page(request, key, *, site):
    """Ask to which moment a story is moved in the calendar, and move it there."""
    refuse_strangers(request.user)
    now = timezone.now()
    post = Post.objects.select_related("section", "plan").filter(pk=key).first()
    standing = post and standing_of(post, now=now)
    if standing is None:
        raise Http404
    address = read_address(request.POST or request.GET, list(Section.objects.all()), now=now)
    refusal = ""
    initial = standing.initial or likely(address.day, now)
    form = MomentForm(initial=initial, now=now, must_choose=True)
    if request.method == "POST":
        seen = Standing.sent_in(request.POST) or standing
        form = MomentForm(with_likely_hour(request.POST, seen, now), now=now, must_choose=True)
        if form.is_valid():
            try:
                move(post, seen, to=form.chosen, by=request.user, now=now)
            except (Refusal, PermissionDenied) as refused:
                refusal = str(refused)
            else:
                say_moved(request, post, seen, form.chosen, address)
                # To the story where it is now, for who goes by keyboard.
                there = address.to(day=day_of(form.chosen))
                return redirect(f"{there}#{seen.mark}-{post.pk}")
    form.fields["day"].widget.attrs["autofocus"] = True
    context = site.each_context(request) | {
        "title": _("Move in the calendar"),
        "subtitle": str(post),
        "post": post,
        "standing": standing,
        "form": form,
        "refusal": refusal,
        "address": address,
        "zone": format_time_zone(local(now)),
    }
    status = 200 if request.method != "POST" else 422
    template = "admin/calendar/move.html"
    return keep_private(TemplateResponse(request, template, context, status=status))


def likely(day, now):
    """{day, time} at which a story that has no day yet is due on that day unless another hour is
    chosen, or today when it has passed."""
    day, _sep, time = likely_hour(max(day, day_of(now)), now).partition("T")
    return {"day": day, "time": time}


def with_likely_hour(data, seen, now):
    """What was sent; with an hour for a plan that was dropped on a day, which has none."""
    day = read_day(data.get("day"), default=None)
    if seen.kind != "undated" or data.get("time") or day is None:
        return data
    return data.dict() | {"time": likely_hour(day, now).partition("T")[2]}
