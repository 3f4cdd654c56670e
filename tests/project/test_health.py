"""What whoever watches the machines is told."""

import datetime as dt
import json
import logging
import shutil
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from articles.models import Delivery, Task
from newsroom.settings import redis_cache
from tests.builders import make_story


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
        "overdue_seconds": 0,
        "overdue_tasks": 1,  # the command has never run
    }


@pytest.mark.django_db
def test_a_page_cache_that_is_away_is_told_without_its_secrets_and_fails_nothing(client, settings):
    settings.KEEP_PAGES = True
    assert client.get("/readyz").json()["page_cache"] is True
    away = redis_cache("redis://:secret@127.0.0.1:1/0")
    settings.CACHES = settings.CACHES | {"pages": away}

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["page_cache"]) == (200, False)
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_a_folder_of_pictures_that_is_not_mounted_is_noticed(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not-mounted"

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["storage"]) == (503, False)


@pytest.mark.django_db
@pytest.mark.parametrize("full", ["MEDIA_ROOT", "ORIGINALS_ROOT"])
def test_a_disk_without_room_for_pictures_is_noticed(client, settings, monkeypatch, full):
    assert client.get("/readyz").json()["storage"] is True
    usage = shutil.disk_usage

    def nearly_full(path):
        said = usage(path)
        return said._replace(free=1024) if Path(path) == Path(getattr(settings, full)) else said

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["storage"]) == (503, False)

    settings.LEAST_FREE_BYTES = 1024
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_disk_without_room_for_the_database_is_noticed(client, settings, monkeypatch, tmp_path):
    folder, usage = tmp_path / "data", shutil.disk_usage
    folder.mkdir()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(folder / "db.sqlite3"))

    def nearly_full(path):
        said = usage(path)
        return said._replace(free=1024) if Path(path) == folder else said

    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    answer = client.get("/readyz")

    full = connection.vendor == "sqlite"  # another server's disk is not to be seen from here
    assert answer.status_code == (503 if full else 200)
    assert (answer.json()["database"], answer.json()["storage"]) == (not full, True)
    settings.LEAST_FREE_BYTES = 1024
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("destination", ["varnish://127.0.0.1:1", "websub"])
def test_what_others_have_not_been_told_is_told_and_fails_nothing(client, settings, destination):
    settings.WEBSUB_HUB = "https://hub.example/"
    settings.PURGE = ["varnish://127.0.0.1:1"]
    queue = partial(Delivery.objects.create, destination=destination, keys="site")
    now = timezone.now()
    queue(due_at=now + dt.timedelta(hours=1))
    assert client.get("/readyz").json()["overdue_seconds"] == 0

    queue(due_at=now - dt.timedelta(minutes=10))
    assert 600 <= client.get("/readyz").json()["overdue_seconds"] < 660
    queue(due_at=now - dt.timedelta(hours=1), tries=3)
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert 3600 <= answer.json()["overdue_seconds"] < 3660


@pytest.mark.django_db
def test_a_command_that_nobody_runs_any_more_is_seen(client, settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    with time_machine.travel(timezone.now() - dt.timedelta(days=1)):
        make_story()

    assert client.get("/readyz").json()["overdue_seconds"] >= 86_400


@pytest.mark.django_db
def test_tasks_that_are_late_are_counted_and_fail_nothing(client):
    late = timezone.now() - dt.timedelta(hours=1)
    Task.objects.create(name=Task.Name.LINKS, due_at=late)
    Task.objects.create(name=Task.Name.THIN, due_at=timezone.now())

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["overdue_tasks"]) == (200, 1)


@pytest.mark.django_db
def test_one_that_the_settings_no_longer_name_is_not_waited_for(client, settings):
    settings.PURGE = ["varnish://127.0.0.1:1"]
    then = timezone.now() - dt.timedelta(hours=1)
    Delivery.objects.create(destination="varnish://127.0.0.1:2", keys="site", due_at=then)

    assert client.get("/readyz").json()["overdue_seconds"] == 0


@pytest.mark.django_db
def test_asking_is_quick(client, django_assert_max_num_queries, settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    settings.PURGE = ["varnish://127.0.0.1:1"]
    client.get("/readyz")

    with django_assert_max_num_queries(4):
        client.get("/readyz")


def test_a_request_keeps_the_id_it_came_with(client, caplog):
    with caplog.at_level(logging.INFO, "newsroom.requests"):
        answer = client.get("/healthz", headers={"X-Request-ID": "from-the-front-1"})

    assert answer.headers["X-Request-ID"] == "from-the-front-1"
    assert json.loads(caplog.messages[-1])["id"] == "from-the-front-1"


@pytest.mark.parametrize("hostile", ["short", "x" * 65, "line\\nbreak-line", "a b c d e f g h"])
def test_an_id_that_could_spoil_the_log_is_replaced(client, hostile):
    answer = client.get("/healthz", headers={"X-Request-ID": hostile})

    assert answer.headers["X-Request-ID"] != hostile
