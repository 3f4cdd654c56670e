"""Backing up and restoring with the scripts under deploy/, on SQLite.

`python -m tests.several.restore` does it with the demo newsroom, on PostgreSQL too.
"""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings


class Machine:
    """One installation, in a folder of its own."""

    def __init__(self, folder):
        folder.mkdir()
        self.database = folder / "newsroom.sqlite3"
        self.originals, self.media = folder / "originals", folder / "media"
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "NEWSROOM_MEDIA_ROOT": str(self.media),
            "NEWSROOM_ORIGINALS_ROOT": str(self.originals),
            "PYTHON": sys.executable,
        }

    def run(self, *command):
        return subprocess.run(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def ask(self, statement):
        with sqlite3.connect(self.database) as connection:
            return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """A machine with a section and a picture, and a new one."""
    folder = tmp_path_factory.mktemp("machines")
    old, new = Machine(folder / "old"), Machine(folder / "new")
    done = old.run(sys.executable, "manage.py", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    old.ask("INSERT INTO articles_sitecount (id, count) VALUES (1, 7)")
    for root in (old.originals, old.media):
        (root / "token").mkdir(parents=True)
        (root / "token" / "street.jpg").write_bytes(b"pixels")
    return old, new


def test_what_was_backed_up_is_restored_on_a_new_machine_and_over_nothing(machines, tmp_path):
    old, new = machines

    backup = old.run("deploy/backup", str(tmp_path / "backups"))
    folder = backup.stdout.strip()
    restored = new.run("deploy/restore", folder)

    assert restored.returncode == 0, backup.stderr + restored.stderr
    for root in (new.originals, new.media):
        assert (root / "token" / "street.jpg").read_bytes() == b"pixels"
    # Caches may have heard of changes that the backup has not: the count goes on past them.
    assert new.ask("SELECT count FROM articles_sitecount") == [(1_000_007,)]

    assert new.run("deploy/restore", folder).returncode != 0
    assert new.ask("SELECT count FROM articles_sitecount") == [(1_000_007,)]
    assert oct((tmp_path / "backups").stat().st_mode & 0o777) == oct(0o700)
