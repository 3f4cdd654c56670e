"""A kill that is cut off has done nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from articles.publishing.kill.ask import ask_kill
from tests.builders import make_photo, make_story, make_user
from tests.everywhere.surfaces import in_tables
from tests.file_database import environment_with_a_copy

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_of_a_kill_has_taken_all_words_away_or_none(tmp_path):
    from django.apps import apps

    from articles.desk.roles import make_roles

    make_roles(apps)
    one, other = make_user(), make_user()
    post = make_story("MARKER", text="<p>MARKER.</p>", photo=make_photo(), topics=["Syria"])
    ask_kill(post, by=one, reason="A court order.", words="Removed.")
    before = sorted(in_tables("MARKER"))

    printed = subprocess.run(  # noqa: S603
        [
            sys.executable,
            "-m",
            "tests.publishing.kill.killed_in_a_kill",
            str(post.pk),
            str(other.pk),
        ],
        env=environment_with_a_copy(tmp_path),
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout

    *killed, whole = json.loads(printed)
    assert len(killed) > 12
    assert whole == []
    assert all(each in (before, whole) for each in killed)
