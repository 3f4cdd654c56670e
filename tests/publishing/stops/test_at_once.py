"""Two people stop, let go or change one story at the same moment, on both databases."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from articles.models import Post
from tests.builders import make_post, make_user
from tests.file_database import environment_with_a_copy

pytestmark = pytest.mark.django_db(transaction=True)


class Race:
    """Two processes with one story, and what they leave."""

    def __init__(self, folder):
        if connection.vendor == "sqlite":
            self.environment = environment_with_a_copy(folder)
            self.path = folder / "copy.sqlite3"
        else:
            options = connection.settings_dict
            at = f"{options['USER']}:{options['PASSWORD']}@{options['HOST']}:{options['PORT']}"
            own = {
                "DATABASE_URL": f"postgres://{at.removesuffix(':')}/{options['NAME']}",
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
                "NEWSROOM_HOSTS": "testserver",
            }
            self.environment, self.path = os.environ | own, None

    def run(self, *two):
        """What became of each, {action: what it said}; of the same twice, both in order."""
        command = [sys.executable, "-m", "tests.publishing.stops.one_of_two"]
        processes = [
            subprocess.Popen(  # noqa: S603 (our own)
                [*command, action],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for action in two
        ]
        try:
            assert [process.stdout.readline() for process in processes] == ["ready\n"] * 2
            for process in processes:
                process.stdin.write("\n")
                process.stdin.flush()
            said = [process.communicate(timeout=60)[0].strip() for process in processes]
        finally:
            for process in processes:
                process.kill()
        return dict(zip(two, said, strict=True)) if len(set(two)) == 2 else sorted(said)

    def rows(self, statement):
        if self.path:
            with sqlite3.connect(self.path) as database:
                return database.execute(statement).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    @property
    def log(self):
        steps = self.rows("SELECT action FROM articles_transition ORDER BY id")
        return [action for (action,) in steps]

    @property
    def editions(self):
        return self.rows("SELECT count(*) FROM articles_edition")[0][0]


@pytest.fixture
def race(transactional_db, tmp_path):
    """`race(**fields)` makes the story and whoever may do all."""

    def begin(**fields):
        make_user(None, "chief", is_superuser=True)
        make_post("First words", **fields)
        return Race(tmp_path)

    return begin


def test_a_publication_and_a_hold(race):
    both = race()

    said = both.run("publish", "hold")

    assert said["hold"] == "done"
    assert both.log == (["publish", "place_hold"] if said["publish"] == "done" else ["place_hold"])
    assert both.editions == (said["publish"] == "done")


def test_a_schedule_and_a_hold(race):
    both = race()

    both.run("schedule", "hold")

    assert both.log in (["place_hold"], ["schedule", "place_hold", "hold"])
    assert both.editions == 0


def test_a_schedule_and_an_embargo_that_ends_later(race):
    both = race()

    assert both.run("schedule", "embargo")["embargo"] == "done"

    assert both.log in (["embargo"], ["schedule", "embargo", "hold"])
    assert both.editions == 0


def test_a_publication_and_an_embargo(race):
    both = race()

    said = both.run("publish", "embargo")

    assert sorted(said.values()) in (["AlreadySeen", "done"], ["Refusal", "done"])
    assert both.log == (["publish"] if said["publish"] == "done" else ["embargo"])
    assert both.editions == (said["publish"] == "done")


def test_a_hold_is_placed_once_and_lifted_once(race):
    both = race()

    assert both.run("hold", "hold") == ["Refusal", "done"]
    assert both.run("lift", "lift") == ["Refusal", "done"]

    assert both.log == ["place_hold", "lift_hold"]


def test_an_embargo_is_broken_once(race):
    both = race(embargo_open_ended=True)

    assert both.run("break", "break") == ["Refusal", "done"]

    assert both.log == ["break_embargo", "publish"]
    assert both.editions == 1


def test_an_approval_and_a_save(race):
    """Whoever comes second is told, or writes what nobody has approved yet."""
    both = race(status=Post.Status.IN_REVIEW)

    said = both.run("approve", "edit")

    approved = both.rows("SELECT version FROM articles_transition WHERE action = 'approve'")
    assert said["edit"] == "done"
    assert (said["approve"], approved) in (("done", [(1,)]), ("Changed", []))
    assert both.rows("SELECT version, headline FROM articles_post") == [(2, "Other words")]
