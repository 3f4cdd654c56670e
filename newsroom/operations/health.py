"""Health checks for monitoring: is the process alive, and can it serve?"""

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage, storages
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from articles.public.http.read_only import read_only
from articles.publishing.database_routing import PRIMARY, REPLICA
from articles.publishing.machine.storage import folder_of, room_for, room_in
from articles.publishing.machine.task import overdue_tasks
from articles.publishing.outbox.sender import overdue_seconds
from articles.publishing.replica import has_replica


@never_cache
@read_only
def alive(request):
    """`/healthz`: the process answers; nothing else is checked."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@read_only
def ready(request):
    """`/readyz`: whether all that pages need is there; else 503, and which part is not.

    A hub, a replica or a page cache that is away is reported, too, but fails nothing: to take
    machines out of service for what nobody notices would cause an outage.
    """
    parts = {name: _holds(check) for name, check in CHECKS.items()}
    status = 200 if all(parts.values()) else 503
    if settings.KEEP_PAGES:
        parts["page_cache"] = _holds(_page_cache)
    if has_replica():
        parts |= {name: _holds(lambda name=name: _answers(name)) for name in (PRIMARY, REPLICA)}
    late = {
        "overdue_seconds": _known(overdue_seconds),
        "overdue_tasks": _known(lambda now: len(overdue_tasks(now))),
    }
    return JsonResponse(parts | late, status=status)


def _holds(check):
    # Details of a failure are not for the public.
    try:
        return bool(check())
    except Exception:
        return False


def _database():
    """Pages can be made from the primary or the replica; a file has room to grow."""
    answers = _holds(lambda: _answers(PRIMARY)) or (has_replica() and _answers(REPLICA))
    return answers and _may_grow(connections[PRIMARY])


def _may_grow(database):
    folder = folder_of(database)
    return folder is None or room_in(folder).is_enough


def _answers(database):
    with connections[database].cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone() == (1,)


def _migrations():
    if not _seen_up_to_date:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _seen_up_to_date.append(True)
    return True


# Once up to date, a process need not compare the migrations again.
_seen_up_to_date = []


def _storage():
    """The picture storages are there and have room. (Any one file may be missing.)"""
    rooms = map(room_for, (default_storage, storages["originals"]))
    return all(room is None or room.is_enough for room in rooms)


def _page_cache():
    caches["pages"].set("ready", "yes", 5)
    return caches["pages"].get("ready") == "yes"


def _known(count):
    """A count as of now; None if it cannot be had."""
    try:
        return count(timezone.now())
    except Exception:
        return None


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
}
