"""Backing up and restoring with the scripts under deploy/, on SQLite.

`python -m tests.several.restore` does it with the demo newsroom, on PostgreSQL too.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
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

    def run(self, *command, **environment):
        return subprocess.run(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def files(self):
        """What is there, but for what a restore that was refused leaves beside and writes over."""
        return {
            path: path.read_bytes()
            for path in self.database.parent.rglob("*")
            if path.is_file() and ".restoring" not in path.name
        }

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


@pytest.fixture(scope="module")
def backup(machines, tmp_path_factory):
    """The folder of a backup."""
    done = machines[0].run("deploy/backup", str(tmp_path_factory.mktemp("backup")))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture
def another(backup, tmp_path):
    """A copy of the backup, which a test may damage."""
    return Path(shutil.copytree(backup, tmp_path / "damaged"))


@pytest.fixture
def new(tmp_path):
    return Machine(tmp_path / "new")


def refused(machine, folder):
    """What a restore that changes nothing says."""
    before = machine.files()
    done = machine.run("deploy/restore", str(folder))
    assert done.returncode != 0
    assert "Not restored: " in done.stderr
    assert machine.files() == before
    return done.stderr


@pytest.mark.parametrize("left", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_restored_beside_what_another_database_left(new, backup, left):
    Path(f"{new.database}{left}").write_bytes(b"of another database")

    assert f"newsroom.sqlite3{left} is there" in refused(new, backup)


def cut(file):
    file.write_bytes(file.read_bytes()[:-600])


DAMAGE = {
    "a database cut off": lambda folder: cut(folder / "database.sqlite3"),
    "pictures cut off": lambda folder: cut(folder / "media.tar"),
    "no database": lambda folder: (folder / "database.sqlite3").unlink(),
    "no originals": lambda folder: (folder / "originals.tar").unlink(),
    "a backup cut off": lambda folder: (folder / "SHA256SUMS").unlink(),
    "an empty folder": lambda folder: [file.unlink() for file in folder.iterdir()],
    "another file": lambda folder: (folder / "media.tar").write_bytes(b""),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_backup_that_is_not_whole_is_not_restored(new, another, damage):
    damage(another)

    refused(new, another)


def test_the_database_of_something_else_is_not_restored(new, another):
    (another / "database.sqlite3").unlink()
    with sqlite3.connect(another / "database.sqlite3") as other:
        other.execute("CREATE TABLE recipes (name)")
    sum_up(another)

    said = new.run("deploy/restore", str(another)).stderr
    assert "something else" in said
    assert not new.database.exists()


def sum_up(folder):
    subprocess.run("sha256sum -- *.* > SHA256SUMS", shell=True, cwd=folder, check=True)  # noqa: S602, S607


def test_a_restore_that_was_cut_off_is_run_again(new, backup):
    for name in ("newsroom.sqlite3.restoring", "newsroom.sqlite3.restoring-wal"):
        (new.database.parent / name).write_bytes(b"half")
    for root in (new.originals, new.media):
        (root / ".restoring").mkdir(parents=True)
        (root / ".restoring" / "half.jpg").write_bytes(b"half")
    (new.media / "token").mkdir()
    (new.media / "token" / "street.jpg").write_bytes(b"pixels")

    done = new.run("deploy/restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert new.ask("SELECT count FROM articles_sitecount") == [(1_000_007,)]
    assert [path.name for path in new.media.rglob("*")] == ["token", "street.jpg"]
    assert not [path for path in new.database.parent.rglob("*") if "restoring" in path.name]


def test_pictures_of_the_same_name_are_not_written_over(new, backup):
    (new.media / "token").mkdir(parents=True)
    (new.media / "token" / "street.jpg").write_bytes(b"another")

    done = new.run("deploy/restore", str(backup))

    assert "another picture under the same name" in done.stderr
    assert (new.media / "token" / "street.jpg").read_bytes() == b"another"
    assert not new.database.exists()


def test_a_backup_that_fails_does_not_look_like_a_whole_one(machines, tmp_path):
    old, _new = machines
    environment = {"NEWSROOM_MEDIA_ROOT": str(tmp_path / "not-mounted")}

    done = old.run("deploy/backup", str(tmp_path / "backups"), **environment)

    assert (done.returncode != 0, done.stdout) == (True, "")
    assert all(folder.name.endswith(".part") for folder in (tmp_path / "backups").iterdir())


@pytest.mark.postgresql
def test_postgresql_is_restored_whole_or_not_at_all(tmp_path):
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    old, new = Machine(tmp_path / "old"), Machine(tmp_path / "new")
    names = {machine: f"newsroom_{uuid.uuid4().hex[:12]}" for machine in (old, new)}
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for machine, name in names.items():
            connection.execute(f'CREATE DATABASE "{name}"')
            machine.environment["DATABASE_URL"] = f"{server}/{name}"
        try:
            assert old.run(sys.executable, "manage.py", "migrate", "-v", "0").returncode == 0
            count = "INSERT INTO articles_sitecount (id, count) VALUES (1, 7)"
            psql(old, count)
            for root in (old.originals, old.media):
                root.mkdir()
            folder = Path(old.run("deploy/backup", str(tmp_path)).stdout.strip())
            damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
            cut(damaged / "database.dump")
            sum_up(damaged)

            assert "Not restored: " in new.run("deploy/restore", str(damaged)).stderr
            done = new.run("deploy/restore", str(folder))
            again = new.run("deploy/restore", str(folder))

            assert done.returncode == 0, done.stderr
            assert psql(new, "SELECT count FROM articles_sitecount") == [(1_000_007,)]
            assert "the database is not empty" in again.stderr
        finally:
            for name in names.values():
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def psql(machine, statement):
    with psycopg.connect(machine.environment["DATABASE_URL"]) as connection:
        asked = connection.execute(statement)
        return asked.fetchall() if asked.description else None


def test_without_the_renditions_the_rest_is_restored(new, another):
    (another / "media.tar").unlink()

    done = new.run("deploy/restore", str(another))

    assert done.returncode == 0, done.stderr
    assert (new.originals / "token" / "street.jpg").read_bytes() == b"pixels"
