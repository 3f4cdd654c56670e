"""The minute command in processes of its own: two at once, and one that is killed."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from articles.models import Delivery, Task
from tests.file_database import environment_with_a_copy
from tests.publishing.outbox.listeners import listening

pytestmark = pytest.mark.django_db(transaction=True)


class Newsroom:
    """The command, run by other processes with a database of theirs: this test's own, or on SQLite
    a copy of it. A cache in front waits to be told of a change, and answers when it is let."""

    def __init__(self, folder, cache):
        self.cache, destination = cache, f"varnish://{cache.place}"
        due = timezone.now() - dt.timedelta(minutes=1)
        Delivery.objects.create(destination=destination, keys="site", due_at=due)
        self.file = folder / "copy.sqlite3"
        if connection.vendor == "sqlite":
            environment = environment_with_a_copy(folder)
        else:
            environment = os.environ | {"DATABASE_URL": url_of(connection.settings_dict)}
        self.environment = environment | {"NEWSROOM_PURGE": destination, "NEWSROOM_NO_DEBUG": "1"}

    def begin(self):
        return subprocess.Popen(
            [sys.executable, "manage.py", "every_minute"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def begin_and_hold(self):
        """A run that has come so far that the cache keeps it waiting."""
        asked = len(self.cache.asked)
        self.cache.holds.clear()
        process = self.begin()
        while len(self.cache.asked) == asked:
            assert process.poll() is None, process.communicate()
        return process

    def run(self):
        """What a whole run says."""
        process = self.begin()
        said, _nothing = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return said

    def ask(self, statement):
        """The rows of a statement, or how many it changed."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, isolation_level=None)) as database:
                cursor = database.execute(statement)
                return cursor.fetchall() if cursor.description else cursor.rowcount
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else cursor.rowcount


def tasks_done(said):
    """The names of the tasks that a run says it did, in their order."""
    begins = [line.partition(":")[0] for line in said.splitlines()]
    return [name for name in begins if name in Task.Name.values]


def url_of(database):
    """The URL of a database of PostgreSQL."""
    person = quote(database["USER"]) + (f":{quote(pw)}" if (pw := database["PASSWORD"]) else "")
    host = database["HOST"] + (f":{port}" if (port := database["PORT"]) else "")
    return f"postgres://{person}@{host}/{database['NAME']}"


@pytest.fixture
def newsroom(tmp_path):
    with listening() as cache:
        yield Newsroom(tmp_path, cache)


def test_of_two_at_once_the_second_does_what_the_first_has_not_begun(newsroom):
    first = newsroom.begin_and_hold()

    others = tasks_done(newsroom.run())
    newsroom.cache.holds.set()
    own = tasks_done(first.communicate(timeout=300)[0])

    assert own[0] == "deliver"
    # On a slow machine the cache keeps the first waiting for too long, and it goes on meanwhile.
    assert not set(own) & set(others)
    assert "links" in own + others
    assert len(newsroom.cache.asked) == 1


def test_of_many_that_begin_in_the_same_second_one_does_each_task(newsroom):
    processes = [newsroom.begin() for _number in range(4)]
    said = [process.communicate(timeout=300)[0] for process in processes]

    assert [process.returncode for process in processes] == [0] * 4, said
    assert len(newsroom.cache.asked) == 1
    # By the hour or seldomer: a minute may have passed in between.
    for name in ("sign_ins", "forms", "log", "doubles"):
        assert sum(lines.count(f"{name}:") for lines in said) == 1, name


def test_one_that_is_killed_is_begun_again_by_a_later_run_and_nothing_is_lost(newsroom):
    killed = newsroom.begin_and_hold()
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    newsroom.cache.holds.set()

    assert "deliver" not in newsroom.run()  # it may still be at it, as far as others can tell
    gone = "UPDATE articles_task SET held_until = started_at, due_at = started_at"
    assert newsroom.ask(f"{gone} WHERE name = 'deliver'") == 1
    assert "deliver: Told varnish://" in newsroom.run()

    assert newsroom.ask("SELECT count(*) FROM articles_purge") == [(0,)]
    log = newsroom.ask("SELECT failure, result FROM articles_taskrun WHERE name = 'deliver'")
    assert [("cut off" in failure, "Told" in result) for failure, result in sorted(log)] == [
        (False, True),
        (True, False),
    ]
