"""The machine page, for administrators."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...publishing.machine.answers import answers_within
from ...publishing.machine.task import PATIENCE
from ...publishing.replica import has_replica
from ..fields.datetime_fields import format_time_zone
from . import facts
from .coming import coming_moments
from .tasks import last_run, latest_runs, tasks_on

PATIENT_FOR = 1
"""Seconds that the page waits for disks and servers, all together."""


@require_safe
def machine(request, *, site):
    """What the minute command did, what is overdue, and how everything below the desk is."""
    if not request.user.has_perm("articles.view_machine"):
        raise PermissionDenied(_("The machine is looked after by administrators."))
    now = timezone.now()
    tasks = tasks_on(now)
    ran_at = last_run(tasks)
    parts = parts_of(now)
    context = site.each_context(request) | {
        "title": _("Machine"),
        "now": now,
        "tasks": tasks,
        "ran_at": ran_at,
        "has_stopped": ran_at is not None and ran_at < now - PATIENCE,
        "wrong_tasks": [task for task in tasks if task.state.is_wrong],
        "wrong_facts": [fact for _title, part in parts for fact in part if fact.is_wrong],
        "runs": latest_runs(),
        "coming": coming_moments(now),
        "parts": parts,
        "zone": format_time_zone(now),
    }
    return TemplateResponse(request, "admin/machine/machine.html", context)


def parts_of(now):
    """[(title, facts)] of storage, database, caches and versions."""
    places = facts.places()
    asked = {name: ask for name, (_label, ask) in places.items()}
    if settings.KEEP_PAGES:
        asked["page cache"] = facts.ask_page_cache
    if has_replica():
        asked["replica"] = facts.ask_replica
    answers = answers_within(PATIENT_FOR, asked)
    storage = [facts.room_fact(label, answers[name]) for name, (label, _ask) in places.items()]
    database = [*facts.database_facts()]
    if has_replica():
        database.append(facts.replica_fact(answers["replica"]))
    caches = [facts.page_cache_fact(answers.get("page cache")), *facts.outbox_facts(now)]
    return [
        (_("Storage"), storage),
        (_("Database"), database),
        (_("Caches"), caches),
        (_("Versions"), [*facts.version_facts()]),
    ]
