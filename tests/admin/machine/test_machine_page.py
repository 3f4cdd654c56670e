"""The machine page: what runs by itself, what is overdue, and how all below the desk is."""

import datetime as dt
import re
import shutil
import threading
import time
from html import unescape

import pytest
from django.utils import timezone

from articles.admin.machine import page as machine_page
from articles.desk import roles
from articles.models import Delivery, Task, TaskRun
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from newsroom.settings import redis_cache
from tests.builders import make_post, make_story, make_user, rewrite
from tests.public.redis import Silent

pytestmark = pytest.mark.django_db

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def read(desk):
    """The words of the page, one after the other."""
    answer = desk.get("/admin/machine/")
    assert answer.status_code == 200
    main = answer.text.split('id="content-main"')[1].split("</main>")[0]
    return " ".join(unescape(re.sub("<[^>]*>", " ", main)).split())


def in_time(**fields):
    """Every task was done a moment ago; `fields` are those of the check of links."""
    now = timezone.now()
    for name in Task.Name:
        row = {"due_at": now + MINUTE, "started_at": now, "ended_at": now, "result": "Did it."}
        Task.objects.create(name=name, **row | (fields if name == Task.Name.LINKS else {}))


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.PICTURE_EDITOR, None])
def test_only_administrators_are_shown_it(client, role):
    client.force_login(make_user(role))

    assert client.get("/admin/machine/").status_code == 403
    assert "/admin/machine/" not in client.get("/admin/settings/").text


def test_the_settings_lead_to_it_and_stay_marked(desk):
    assert 'href="/admin/machine/"' in desk.get("/admin/settings/").text
    rail = desk.get("/admin/machine/").text.split("desk-places")[1].split("</nav>")[0]
    assert re.search(r'href="/admin/settings/"[^>]*aria-current', rail)


def test_it_changes_nothing(desk):
    assert desk.post("/admin/machine/").status_code == 405


def test_it_says_where_the_command_has_never_run_and_what_to_do(desk):
    said = read(desk)

    assert "The minute command has never run here" in said
    assert "manage.py every_minute" in said
    assert said.count("Not yet done") == len(Task.Name)


def test_it_says_that_all_is_well(desk):
    in_time()
    said = read(desk)

    assert "All is well" in said
    assert said.count("On time") == len(Task.Name)


def test_it_says_since_when_the_command_has_stopped(desk):
    then = timezone.now() - HOUR
    Task.objects.create(name=Task.Name.DELIVER, due_at=then, started_at=then, ended_at=then)
    said = read(desk)

    assert "The minute command has not run since" in said
    assert "Overdue" in said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"failing_since": timezone.now() - HOUR, "failure": "OSError: <b>"},
            "Failed OSError: <b>",
        ),
        ({"held_until": timezone.now() - MINUTE}, "Cut off"),
        ({"due_at": timezone.now() - HOUR}, "Overdue"),
    ],
)
def test_a_task_that_is_not_in_time_is_named_on_top(desk, fields, said):
    in_time(**fields)
    page = read(desk)

    assert "Something needs to be looked at Check links in live stories:" in page
    assert said in page


def test_a_task_that_is_being_done_is_no_trouble(desk):
    in_time(held_until=timezone.now() + MINUTE, due_at=timezone.now() - HOUR)
    page = read(desk)

    assert "All is well" in page
    assert "Running" in page


def test_the_log_has_what_was_done_and_what_failed_the_newest_first(desk):
    now = timezone.now()
    for minutes, said in ((5, {"result": "3 rows removed."}), (1, {"failure": "OSError: full"})):
        at = now - minutes * MINUTE
        TaskRun.objects.create(name=Task.Name.THIN, started_at=at, ended_at=at, **said)
    log = read(desk).split("What was done lately")[1]

    assert log.index("Failed: OSError: full") < log.index("3 rows removed.")


def test_the_next_moments_are_there_in_their_order_with_what_happens(desk):
    now = timezone.now()
    schedule(make_post("Soon"), by=None, at=now + HOUR)
    changed, leaving = make_story("Changed"), make_story("Leaving")
    rewrite(changed, "Again.")
    schedule(changed, by=None, at=now + 3 * HOUR)
    withdraw(leaving, by=None, at=now + 2 * HOUR)
    coming = read(desk).split("Next scheduled moments")[1].split("What was done lately")[0]

    found = re.findall(r"(Soon|Leaving|Changed) (goes live|leaves the site|its next)", coming)
    assert found == [("Soon", "goes live"), ("Leaving", "leaves the site"), ("Changed", "its next")]


def test_what_a_cache_in_front_was_not_told_is_said(desk, settings):
    settings.PURGE = ["varnish://127.0.0.1:1", "varnish://127.0.0.1:2"]
    then = timezone.now() - HOUR
    Delivery.objects.create(destination="varnish://127.0.0.1:1", keys="site", due_at=then)
    in_time()
    said = read(desk)

    assert "Something needs to be looked at varnish://127.0.0.1:1: 1 change waits since" in said
    assert "varnish://127.0.0.1:2 Was told everything." in said


def test_a_full_disk_is_told(desk, settings):
    in_time()
    settings.LEAST_FREE_BYTES = 10**18

    assert "Something needs to be looked at Pictures for readers: Nearly full" in read(desk)


def test_a_folder_that_is_not_there_is_told_without_its_path(desk, settings):
    settings.MEDIA_ROOT = "/nowhere/at/all"
    said = read(desk)

    assert "Pictures for readers It cannot be reached (FileNotFoundError)." in said
    assert "/nowhere" not in said


def test_a_dead_redis_is_told_without_its_password(desk, settings):
    settings.KEEP_PAGES, settings.PAGE_CACHE = True, "redis://:secret@127.0.0.1:1/0"
    settings.CACHES = settings.CACHES | {"pages": redis_cache(settings.PAGE_CACHE)}
    said = read(desk)

    assert re.search(
        r"Page cache It (does not answer|cannot be reached \(ConnectionError\))\.", said
    )
    assert "secret" not in said


def test_a_redis_that_takes_connections_and_says_nothing_keeps_nobody_waiting(desk, settings):
    silent = Silent()
    settings.KEEP_PAGES, settings.PAGE_CACHE = True, silent.address
    settings.CACHES = settings.CACHES | {"pages": redis_cache(silent.address)}
    desk.get("/admin/")
    try:
        began = time.monotonic()
        said = read(desk)
        assert time.monotonic() - began < 5
    finally:
        silent.close()

    assert re.search(r"Page cache It (does not answer|cannot be reached \(\w+\))\.", said)
    assert "Pages are made anew for each reader." in said


def test_a_disk_that_never_answers_keeps_nobody_waiting(desk, monkeypatch):
    monkeypatch.setattr(machine_page, "PATIENT_FOR", 0.1)
    answers, asked = threading.Event(), []

    def hangs(folder):
        asked.append(folder)
        answers.wait(30)
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", hangs)
    try:
        began = time.monotonic()
        assert "Pictures for readers It does not answer." in read(desk)
        assert "Originals It does not answer." in read(desk)
        assert time.monotonic() - began < 10
        assert len(asked) == len(set(asked))  # not asked again while it still hangs
    finally:
        answers.set()


def test_it_takes_no_more_than_twelve_queries_whatever_there_is(
    desk, settings, django_assert_max_num_queries
):
    settings.PURGE = ["varnish://127.0.0.1:1"]
    now = timezone.now()
    in_time()
    for number in range(30):
        TaskRun.objects.create(name="links", started_at=now, ended_at=now, result="Did it.")
        schedule(make_post(), by=None, at=now + (1 + number) * HOUR)

    desk.get("/admin/")  # the first page renews the session
    with django_assert_max_num_queries(12):
        said = read(desk)
    assert said.count("goes live") == 20
