"""The minute command: what is due is done, and others do theirs."""

import datetime as dt
import io
import os
import subprocess
import sys
from itertools import islice

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from articles.desk.search.find import find_posts
from articles.management.minute import jobs, pictures
from articles.models import (
    Checkpoint,
    Delivery,
    FormToken,
    LinkProblem,
    NearDouble,
    Post,
    Presence,
    SearchEntry,
    StoryParts,
    Task,
    TaskRun,
)
from articles.publishing.machine.task import overdue_tasks
from articles.publishing.names.merge import merge
from articles.publishing.steps.checkpoint import keep
from newsroom.settings import redis_cache
from tests.builders import make_post, make_section, make_story, make_topic, rewrite

pytestmark = pytest.mark.django_db

DAY, HOUR, MINUTE = dt.timedelta(days=1), dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Folders of the test's own: files of other tests belong to no picture of this database."""
    settings.MEDIA_ROOT, settings.ORIGINALS_ROOT = tmp_path / "media", tmp_path / "originals"
    (tmp_path / "originals").mkdir()

    def leave(count, days):
        folder = tmp_path / "media" / "renditions" / f"token{count}"
        folder.mkdir(parents=True)
        for number in range(count):
            file = folder / f"whole-{number}.webp"
            file.write_bytes(b"x")
            then = (timezone.now() - days * DAY).timestamp()
            os.utime(file, (then, then))
        return folder

    return leave


def run():
    out = io.StringIO()
    call_command("every_minute", stdout=out, stderr=out)
    return out.getvalue()


def run_at_night():
    """The command's first run, and one at the hour of what may take long."""
    run()
    Task.objects.update(due_at=timezone.now())
    return run()


def test_every_task_has_a_job_in_the_order_of_the_page():
    assert [job.name for job in jobs.JOBS] == list(Task.Name)


def test_the_first_run_does_all_but_the_nights_work_and_the_next_second_nothing():
    said = run()
    assert [line.partition(":")[0] for line in said.splitlines()] == list(Task.Name)[:-1]

    with time_machine.travel(timezone.now() + dt.timedelta(milliseconds=1), tick=False):
        assert run() == ""
    assert overdue_tasks(timezone.now() + 5 * MINUTE) == []


def test_a_command_that_stops_is_overdue_after_ten_minutes():
    run()

    late = overdue_tasks(timezone.now() + 15 * MINUTE)

    assert Task.Name.DELIVER.label in {name for name, _since in late}


def test_one_that_raises_stops_no_other_and_the_command_says_which(monkeypatch):
    make_story(text='<p><a href="/no/such/">x</a></p>')

    def broken(**_now):
        raise OSError("The outbox is gone")

    monkeypatch.setattr("articles.management.minute.delivering.send_due", broken)
    with pytest.raises(CommandError, match="1 failed: deliver"):
        run()

    assert LinkProblem.objects.count() == 1
    assert Task.objects.get(name=Task.Name.DELIVER).failure == "OSError: The outbox is gone"
    assert TaskRun.objects.filter(name=Task.Name.DELIVER, failure__contains="outbox").count() == 1


def test_a_database_that_does_not_answer_is_said_in_a_line():
    away = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    ran = subprocess.run(
        [sys.executable, "manage.py", "every_minute"],
        cwd=project.BASE_DIR,
        env=away,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith("CommandError: The database does not answer: ")
    assert "Traceback" not in ran.stderr


def test_it_works_while_redis_is_dead(settings):
    settings.KEEP_PAGES = True
    settings.CACHES = settings.CACHES | {"pages": redis_cache("redis://127.0.0.1:1/0")}
    make_story()

    assert "links: 1 story checked" in run()


def test_a_publication_needs_nothing_of_it(client):
    story = make_story("Nothing runs")

    assert client.get(story.editions.get().get_absolute_url()).status_code == 200
    assert not Task.objects.exists()


def test_sessions_and_failures_to_sign_in_are_forgotten_in_the_hour_after(client, editor):
    client.force_login(editor)
    AccessAttempt.objects.create(failures_since_start=1)
    run()
    assert Session.objects.count() == 1
    with time_machine.travel(timezone.now() + 2 * DAY):
        run()

    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()
    assert not AccessFailureLog.objects.exists()


def test_tokens_of_forms_and_closed_pages_are_forgotten_but_who_read_for_review(editor):
    now, post = timezone.now(), make_post()
    for age in (DAY, 15 * DAY):
        FormToken.objects.create(user=editor, token=str(age), digest="x", claimed_at=now - age)
    for tab, age in (("open", MINUTE), ("closed", 2 * HOUR)):
        Presence.objects.create(post=post, user=editor, tab=tab, seen_at=now - age)

    in_review = make_post(status="in_review")
    Presence.objects.create(post=in_review, user=editor, tab="read", seen_at=now - 2 * HOUR)

    run()

    assert [token.token for token in FormToken.objects.all()] == [str(DAY)]
    assert {page.tab for page in Presence.objects.all()} == {"open", "read"}


def test_revisions_of_a_story_that_nobody_touches_thin_out_with_time():
    now, post = timezone.now().replace(hour=12, minute=0), make_post()
    for minute in range(12):
        rewrite(post, f"Words {minute}.")
        with time_machine.travel(now + minute * MINUTE, tick=False):
            type(post).objects.filter(pk=post.pk).update(saved_at=timezone.now())
            keep(post)
    with time_machine.travel(now):
        run()
    assert Checkpoint.objects.count() == 12

    with time_machine.travel(now + 2 * DAY):
        run()
    assert Checkpoint.objects.count() == 1  # of each hour the last
    with time_machine.travel(now + 9 * DAY):
        run()
    assert Checkpoint.objects.count() == 1


def test_a_revision_with_a_name_stays():
    now, post = timezone.now(), make_post()
    for minute in range(3):
        rewrite(post, f"Words {minute}.")
        with time_machine.travel(now + minute * MINUTE, tick=False):
            type(post).objects.filter(pk=post.pk).update(saved_at=timezone.now())
            kept = keep(post)
            Checkpoint.objects.filter(pk=kept.pk).update(name="The lawyer's" if minute == 0 else "")
    with time_machine.travel(now + 9 * DAY):
        run()

    assert [kept.name for kept in Checkpoint.objects.order_by("version")] == ["The lawyer's", ""]


def test_stories_are_rendered_anew_when_a_section_has_another_name(
    settings, django_capture_on_commit_callbacks
):
    settings.DEBUG = False
    with django_capture_on_commit_callbacks(execute=True):
        make_story()
    run()
    before = StoryParts.objects.get().made_with
    section = make_section()
    section.name = "Government"
    section.save()

    with time_machine.travel(timezone.now() + 10 * MINUTE):
        assert "render: 1 story rendered." in run()
    assert StoryParts.objects.get().made_with != before
    with time_machine.travel(timezone.now() + 20 * MINUTE):
        assert "render: All are rendered." in run()


def test_rendering_that_takes_longer_goes_on_in_the_next_minute(settings, monkeypatch):
    settings.DEBUG = False
    for _number in range(3):
        make_story()
    StoryParts.objects.all().delete()
    monkeypatch.setattr("articles.management.minute.completing.BATCH", 1)
    monkeypatch.setattr("articles.management.minute.completing.in_time", lambda it: islice(it, 1))
    left = []
    for minute in range(4):
        with time_machine.travel(timezone.now() + minute * MINUTE):
            run()
        left.append(StoryParts.objects.count())

    assert left == [1, 2, 3, 3]


def test_what_is_missing_in_the_search_index_is_added():
    make_story()
    SearchEntry.objects.all().delete()

    assert "reindex: 1 edition was added." in run()
    assert SearchEntry.objects.count() == 1


def test_the_log_is_kept_for_two_weeks():
    now = timezone.now()
    for age in (13 * DAY, 15 * DAY):
        TaskRun.objects.create(name="links", started_at=now - age, ended_at=now - age)

    run()

    assert TaskRun.objects.filter(name="links").count() == 1


def test_what_a_hub_was_told_is_in_the_log(settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    Delivery.objects.create(destination="websub", keys="site", due_at=timezone.now() - HOUR)

    with pytest.raises(CommandError, match="deliver"):
        run()

    assert "NEWSROOM_SITE_URL" in TaskRun.objects.get(name="deliver").failure


def test_stray_files_go_at_night_after_a_week(folders):
    young, old = folders(1, days=6), folders(2, days=8)

    assert "stray_files: 2 stray files removed." in run_at_night()
    assert (len(list(young.iterdir())), len(list(old.iterdir()))) == (1, 0)


def test_nothing_is_removed_where_too_much_is_unknown(folders, monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 3)
    folder = folders(4, days=30)

    with pytest.raises(CommandError, match="stray_files"):
        run_at_night()

    assert len(list(folder.iterdir())) == 4
    assert "another site's" in Task.objects.get(name="stray_files").failure


def test_many_stories_of_a_merged_topic_are_found_on_the_desk_within_a_minute(monkeypatch):
    monkeypatch.setattr("articles.desk.search.index.MAX_AT_ONCE", 1)
    posts = {make_post(topics=["UN"]).pk for _number in range(3)}
    merge([make_topic("UN")], make_topic("United Nations"), by=None)

    assert "3 stories indexed" in run()

    assert set(find_posts("nations", Post.objects.all()).keys) == posts


def test_near_doubles_are_looked_for_every_day():
    make_topic("Ukraine"), make_topic("Urkaine")

    assert "1 of topics" in run()

    assert NearDouble.objects.count() == 1


def test_the_docs_say_of_every_task_when_it_is_done():
    documented = (project.BASE_DIR / "docs/deploy.md").read_text()

    assert [task.label for task in Task.Name if f"| **{task.label}**" not in documented] == []
