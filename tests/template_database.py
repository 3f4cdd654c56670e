"""The test database is a copy of a template, because running the migrations takes seconds.

The template is made anew when a migration changes, or something that a migration fills in.
"""

import fcntl
import hashlib
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import django
from django.apps import apps
from django.core import management
from django.db import connection

from articles.desk import roles


@contextmanager
def template_database(folder):
    """While this is held, Django's `setup_databases` copies a template and runs no migration.

    `folder` lasts from run to run. The first worker of a run makes the template, others wait.
    """
    make, copy = {
        "sqlite": (_make_file, _copy_file),
        "postgresql": (_make_database, _copy_database),
    }[connection.vendor]
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = make(folder, _fingerprint())
    with copy(template):
        yield


def _fingerprint():
    """A hash of all that decides what a new database holds."""
    fingerprint = hashlib.sha256(repr((django.VERSION, _permissions())).encode())
    for config in apps.get_app_configs():
        for migration in sorted((Path(config.path) / "migrations").glob("*.py")):
            fingerprint.update(migration.read_bytes())
    fingerprint.update(Path(roles.__file__).read_bytes())
    return fingerprint.hexdigest()[:16]


def _permissions():
    """Content types and permissions are rows made from the models, after the migrations."""
    return [
        (model._meta.label, model._meta.default_permissions, model._meta.permissions)
        for model in apps.get_models()
    ]


def _migrate_new_database(name):
    """Let Django make a database of this name, migrate it, and forget it."""
    made_for = connection.settings_dict["NAME"]
    with patch.dict(connection.settings_dict["TEST"], NAME=name):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    connection.settings_dict["NAME"] = made_for


def _make_file(folder, fingerprint):
    template = folder / f"{fingerprint}.sqlite3"
    if not template.exists():
        for outdated in folder.glob("*.sqlite3"):
            outdated.unlink()
        unfinished = template.with_suffix(".unfinished")
        _migrate_new_database(str(unfinished))
        unfinished.rename(template)
    return template


@contextmanager
def _copy_file(template):
    """SQLite: where the migrations would run, the pages of the template are read into memory."""

    def copy():
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{template}?immutable=1", uri=True)) as stored:
            stored.backup(connection.connection)

    with _instead_of_migrating(copy):
        yield


def _make_database(folder, fingerprint):
    prefix = f"{connection.settings_dict['NAME']}_template_"
    template = prefix + fingerprint
    unfinished = f"{prefix}unfinished"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        found = {name for (name,) in cursor}
        if template not in found:
            for outdated in found:
                cursor.execute(f'DROP DATABASE "{outdated}"')
            _migrate_new_database(unfinished)
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
    return template


@contextmanager
def _copy_database(template):
    """PostgreSQL copies a database as it makes it."""
    with (
        patch.dict(connection.settings_dict["TEST"], TEMPLATE=template),
        _instead_of_migrating(lambda: None),
    ):
        yield


def _instead_of_migrating(do):
    run = management.call_command

    def run_other_commands(command, *args, **options):
        return do() if command == "migrate" else run(command, *args, **options)

    return patch.object(management, "call_command", run_other_commands)
