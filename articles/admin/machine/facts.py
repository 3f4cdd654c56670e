"""Facts about what is below the desk: storage, database, caches, versions."""

import platform
import tomllib
from dataclasses import dataclass
from functools import cache, partial

import django
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage, storages
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...library.date_formats import format_moment
from ...public.http.code_fingerprint import release
from ...publishing.database_routing import REPLICA
from ...publishing.machine.answers import NoAnswer
from ...publishing.machine.storage import folder_of, room_for, room_in
from ...publishing.machine.task import PATIENCE
from ...publishing.outbox.delivery import Delivery
from ...publishing.outbox.destinations import destinations


@dataclass(frozen=True)
class Fact:
    """A line: what it is about, what is so, and whether somebody has to do something."""

    label: str
    value: str
    is_wrong: bool = False


def places():
    """{check: (label, how to ask)} of all that stores files."""
    found = {
        "pictures": (_("Pictures for readers"), partial(room_for, default_storage)),
        "originals": (_("Originals"), partial(room_for, storages["originals"])),
    }
    if folder := folder_of(connection):
        found["database"] = (_("Database file"), partial(room_in, folder))
    return found


def room_fact(label, room):
    """A Fact about a Room, about a bucket (None), or about what kept either from answering."""
    if isinstance(room, Exception):
        return Fact(label, problem(room), is_wrong=True)
    if room is None:
        return Fact(label, _("A bucket; it answers."))
    used = 100 - round(100 * room.free / room.total) if room.total else 100
    sizes = {"free": filesizeformat(room.free), "total": filesizeformat(room.total), "used": used}
    said = _("%(free)s free of %(total)s, %(used)d %% used") % sizes
    if not room.is_writable:
        said = _("Cannot be written to: pictures cannot be uploaded.")
    elif not room.is_enough:
        said = _("Nearly full: %(free)s free of %(total)s") % sizes
    return Fact(label, said, is_wrong=not room.is_enough)


def problem(error):
    """What kept something from answering, without its addresses and passwords."""
    if isinstance(error, NoAnswer):
        return _("It does not answer.")
    return _("It cannot be reached (%(error)s).") % {"error": type(error).__name__}


def database_facts():
    """About the database. One query."""
    kind = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    asked = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        cursor.execute(asked)
        version, size, used, most = cursor.fetchone()
    yield Fact(_("Kind"), f"{kind} {version}")
    yield Fact(_("Size"), filesizeformat(size))
    if most:
        said = _("%(used)d of at most %(most)d") % {"used": used, "most": most}
        yield Fact(_("Connections"), said, is_wrong=used >= most * 0.9)


POSTGRESQL = """
    SELECT current_setting('server_version'), pg_database_size(current_database()),
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
        current_setting('max_connections')::int"""
SQLITE = """
    SELECT sqlite_version(), page_count * page_size, 0, 0
    FROM pragma_page_count(), pragma_page_size()"""


def ask_replica():
    """Whether the replica answers; in a thread, whose connection is closed."""
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connections[REPLICA].close()


def replica_fact(answer):
    if isinstance(answer, Exception):
        return Fact(_("Replica"), problem(answer), is_wrong=True)
    return Fact(_("Replica"), _("It answers."))


def ask_page_cache():
    """The number of pages in the page cache. Raises what keeps it from answering."""
    pages = caches["pages"]
    pages.set("machine", "here", 5)
    if pages.get("machine") != "here":
        raise NoAnswer
    if "://" in settings.PAGE_CACHE:
        return pages._cache.get_client().dbsize()
    return len(pages._cache)


def page_cache_fact(answer):
    label = _("Page cache")
    if not settings.KEEP_PAGES:
        return Fact(label, _("Off"))
    if isinstance(answer, Exception):
        said = _("%(problem)s Pages are made anew for each reader.") % {"problem": problem(answer)}
        return Fact(label, said, is_wrong=True)
    if "://" in settings.PAGE_CACHE:
        return Fact(label, ngettext("%d entry in Redis", "%d entries in Redis", answer) % answer)
    said = ngettext("%d page in this process", "%d pages in this process", answer)
    return Fact(label, said % answer)


def outbox_facts(now):
    """About each cache in front and the hub: what it has still to be told. One query."""
    due = Delivery.objects.filter(due_at__lte=now).values("destination").order_by("destination")
    waiting = {
        row["destination"]: row for row in due.annotate(rows=Count("pk"), first=Min("due_at"))
    }
    for name in destinations():
        row = waiting.get(name)
        if row is None:
            yield Fact(name, _("Was told everything."))
            continue
        said = ngettext(
            "%(rows)d change waits since %(first)s.",
            "%(rows)d changes wait, the first since %(first)s.",
            row["rows"],
        )
        said %= {"rows": row["rows"], "first": format_moment(row["first"])}
        yield Fact(name, said, is_wrong=row["first"] < now - PATIENCE)
    if not destinations():
        yield Fact(_("Caches in front, hub"), _("None are set."))


def version_facts():
    """About what runs here. Three queries, for the migrations."""
    yield Fact("Newsroom", f"{own_version()} ({release()})")
    yield Fact("Django", django.get_version())
    yield Fact("Python", platform.python_version())
    pending = pending_migrations()
    if not pending:
        yield Fact(_("Migrations"), _("All are applied."))
    else:
        said = ngettext("%d is not applied: %s", "%d are not applied, from %s on", len(pending))
        yield Fact(_("Migrations"), said % (len(pending), pending[0]), is_wrong=True)


@cache
def own_version():
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def pending_migrations():
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]
