"""What whoever watches the machines is told."""

import json
import logging

import pytest
from django.core.cache import cache


def test_a_living_process_says_so_without_asking_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_machine_that_can_serve_names_every_part(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert json.loads(answer.content) == {
        "database": True,
        "migrations": True,
        "storage": True,
        "cache": True,
    }


@pytest.mark.django_db
def test_a_part_that_fails_is_named_and_nothing_else_is_told(client, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionError("redis://:secret@cache.example")

    monkeypatch.setattr(cache._connections["default"], "set", broken)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.content)["cache"] is False
    assert b"secret" not in answer.content


def test_a_request_keeps_the_id_it_came_with(client, caplog):
    with caplog.at_level(logging.INFO, "newsroom.requests"):
        answer = client.get("/healthz", headers={"X-Request-ID": "from-the-front-1"})

    assert answer.headers["X-Request-ID"] == "from-the-front-1"
    assert json.loads(caplog.messages[-1])["id"] == "from-the-front-1"


@pytest.mark.parametrize("hostile", ["short", "x" * 65, "line\\nbreak-line", "a b c d e f g h"])
def test_an_id_that_could_spoil_the_log_is_replaced(client, hostile):
    answer = client.get("/healthz", headers={"X-Request-ID": hostile})

    assert answer.headers["X-Request-ID"] != hostile
