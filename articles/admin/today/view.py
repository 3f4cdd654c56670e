"""The view of the start page."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.planning.rules import may_plan
from ...publishing.machine.task import overdue_tasks
from ..fields.datetime_fields import format_time_zone
from .page import Today


def today_page(request, site):
    """What waits, the day and what is wrong; an empty desk for who may see no stories."""
    now = timezone.now()
    may_see = request.user.has_perm("articles.view_post")
    context = site.each_context(request) | {
        "title": _("Today"),
        "now": now,
        "zone": format_time_zone(now),
        "today": Today(request.user, now) if may_see else None,
        "plan_url": reverse("admin:articles_plan_add") if may_plan(request.user) else "",
        "overdue": overdue_tasks(now) if request.user.has_perm("articles.view_machine") else [],
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/index.html", context)
