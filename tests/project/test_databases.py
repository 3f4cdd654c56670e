"""Connections that the server closes between requests."""

import psycopg
import pytest
from django.db import connection

from tests.builders import make_story

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_reader_does_not_notice_that_the_database_was_started_again(client):
    make_story("Before")
    assert "Before" in client.get("/").text

    settings = connection.settings_dict
    server = {"host": settings["HOST"], "user": settings["USER"], "dbname": settings["NAME"]}
    with psycopg.connect(
        **server, port=settings["PORT"] or None, password=settings["PASSWORD"], autocommit=True
    ) as other:
        other.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    assert "Before" in client.get("/").text
