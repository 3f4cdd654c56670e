"""Connections to PostgreSQL: closed by the server between requests, and bounded in time."""

import re

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.builders import make_story

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def another_connection():
    stored = connection.settings_dict
    server = {"host": stored["HOST"], "user": stored["USER"], "dbname": stored["NAME"]}
    return psycopg.connect(
        **server, port=stored["PORT"] or None, password=stored["PASSWORD"], autocommit=True
    )


def test_the_site_gives_up_a_statement_that_takes_too_long_and_commands_do_not(monkeypatch):
    monkeypatch.delenv("PGOPTIONS", raising=False)
    with another_connection() as other:
        assert other.execute("show statement_timeout").fetchone() == ("0",)

    unit = (settings.BASE_DIR / "deploy/newsroom.service").read_text()
    [options] = re.findall(r'^Environment="PGOPTIONS=(.+)"$', unit, re.MULTILINE)
    monkeypatch.setenv("PGOPTIONS", options)
    with another_connection() as other:
        assert other.execute("show statement_timeout").fetchone() == ("30s",)


def test_a_reader_does_not_notice_that_the_database_was_started_again(client):
    make_story("Before")
    assert "Before" in client.get("/").text

    with another_connection() as other:
        other.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    assert "Before" in client.get("/").text
