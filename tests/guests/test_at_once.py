"""Two windows send the same form at the same moment."""

import sqlite3
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from articles.desk.roles import make_roles
from articles.models import Note, PreviewApproval, PreviewLink
from tests.admin.saves.test_two_at_once import both_at_once
from tests.builders import make_user
from tests.file_database import environment_with_a_copy
from tests.guests.links import address, body_of, shared

pytestmark = pytest.mark.django_db(transaction=True)

SEND = """
import sys
import django
django.setup()
from django.test import Client
from articles.models import PreviewLink
from tests.guests.links import send, address
link = PreviewLink.objects.get()
page = Client().get(address(link))
print("ready", flush=True)
sys.stdin.readline()
for sends in ("approval", "note"):
    print(send(Client(), link, sends, page, text="At once").status_code, flush=True)
"""


@pytest.fixture
def link(transactional_db):
    # The roles are rows that a migration made; a test that commits finds them emptied out.
    make_roles(apps)
    return shared(make_user(), may_approve=True)[1]


def test_two_processes_that_send_at_once_leave_one_of_each(link, tmp_path):
    environment = environment_with_a_copy(tmp_path)
    processes = [
        subprocess.Popen(  # noqa: S603 (our own)
            [sys.executable, "-c", SEND],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(2)
    ]
    try:
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 2
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60)[0].split() for process in processes]
    finally:
        for process in processes:
            process.kill()

    assert said == [["200", "200"]] * 2
    with sqlite3.connect(tmp_path / "copy.sqlite3") as database:
        tables = ("articles_previewapproval", "articles_note")
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        ]
        openings = database.execute("SELECT openings FROM articles_previewlink").fetchone()[0]
    # A note of the approval, and the note.
    assert counts == [1, 2]
    assert openings == 2


@pytest.mark.postgresql
def test_two_requests_that_send_at_once_leave_one_of_each(link):
    page = Client().get(address(link))
    for sends in ("approval", "note"):
        body = body_of(page, sends, text="At once")
        assert both_at_once(*[(FormClient(), address(link), body)] * 2) == [200, 200]

    assert PreviewApproval.objects.count() == 1
    assert Note.objects.count() == 2


class FormClient(Client):
    def post(self, path, data):
        return super().post(path, data, content_type="application/x-www-form-urlencoded")


@pytest.mark.postgresql
def test_no_opening_is_lost_when_several_open_it_at_once(link):
    class Opener(Client):
        def post(self, path, _data):
            return self.get(path)

    assert both_at_once(*[(Opener(), address(link), {})] * 4) == [200] * 4

    link = PreviewLink.objects.get()
    assert link.openings == len(link.last_openings) == 4
    assert connection.vendor == "postgresql"
