"""Tasks are done when they are due, by one process at a time, whatever becomes of the others."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.utils import timezone

from articles.models import Task, TaskRun
from articles.publishing import machine
from articles.publishing.machine.run import DAY, HOUR, LONGEST, MINUTE, Done, Job, run_due
from articles.publishing.machine.task import overdue_tasks

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 26, 12, 0, 7, tzinfo=dt.UTC)


class Diary:
    """A task that writes down when it is done, and where it began."""

    def __init__(self, **done):
        self.done, self.entries = done, []

    def __call__(self, now, place):
        self.entries.append((now, place))
        return Done(**{"result": "Did it."} | self.done)


def job(do, name=Task.Name.LINKS, **options):
    return Job(name, do, **options)


def run(*jobs, at=NOON):
    return list(run_due(jobs, clock=lambda: at))


def fail(now, place):
    raise RuntimeError("The\x00 disk is\nfull. " + "x " * 500)


def test_a_task_is_done_once_in_its_time():
    diary = Diary()
    hourly = job(diary, every=HOUR)

    for minutes in range(0, 121, 10):
        run(hourly, at=NOON + minutes * MINUTE)

    assert [now for now, _place in diary.entries] == [NOON, NOON + HOUR, NOON + 2 * HOUR]


def test_a_run_some_seconds_early_in_its_minute_is_not_left_out():
    diary = Diary()

    run(job(diary))
    run(job(diary), at=NOON + MINUTE - dt.timedelta(seconds=6))

    assert len(diary.entries) == 2


def test_a_task_of_the_night_is_done_at_four_in_the_newsroom(settings):
    settings.TIME_ZONE = "Europe/London"
    diary = Diary()
    summer = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
    nightly = job(diary, at_night=True)

    for hours in range(48):
        run(nightly, at=summer + hours * HOUR)

    assert [now.hour for now, _place in diary.entries] == [3, 3]  # in UTC


def test_the_next_run_goes_on_where_the_last_one_stopped_and_at_once_if_there_is_more():
    diary = Diary(place="here", more=True)

    run(job(diary, every=DAY))
    run(job(diary, every=DAY), at=NOON + MINUTE)

    assert [place for _now, place in diary.entries] == ["", "here"]


def test_one_that_raises_does_not_stop_the_others_and_is_tried_again():
    diary = Diary()
    ran = run(job(fail, Task.Name.DELIVER, every=DAY), job(diary, every=DAY))

    task = Task.objects.get(name=Task.Name.DELIVER)
    assert [bool(each.failure) for each in ran] == [True, False]
    assert len(diary.entries) == 1
    assert task.failure.startswith("RuntimeError: The disk is full.")
    assert (task.failing_since, task.held_until) == (NOON, None)
    assert task.due_at == NOON.replace(second=0) + 10 * MINUTE

    run(job(fail, Task.Name.DELIVER, every=DAY), at=NOON + 10 * MINUTE)
    assert Task.objects.get(name=Task.Name.DELIVER).failing_since == NOON
    later = NOON + 11 * MINUTE
    assert overdue_tasks(later) == [(Task.Name.DELIVER.label, NOON)]
    run(job(Diary(), Task.Name.DELIVER, every=DAY), at=NOON + 20 * MINUTE)
    assert overdue_tasks(later) == []


def test_one_that_cannot_even_be_written_down_stops_no_other(monkeypatch):
    real = machine.run._take

    def gone_for_one(each, *, now):
        if each.name == Task.Name.DELIVER:
            raise DatabaseError("gone")
        return real(each, now=now)

    monkeypatch.setattr(machine.run, "_take", gone_for_one)
    diary = Diary()
    ran = run(job(diary, Task.Name.DELIVER), job(diary))

    assert [each.failure for each in ran] == ["DatabaseError: gone", ""]
    assert len(diary.entries) == 1


def test_of_two_at_once_one_does_it():
    inner = Diary()

    def slow(now, place):
        assert run(job(inner), at=now + MINUTE) == []
        return Done("Did it slowly.")

    assert [ran.result for ran in run(job(slow))] == ["Did it slowly."]
    assert inner.entries == []


def test_one_that_was_killed_is_begun_again_at_its_place_and_the_log_says_so():
    run(job(Diary(place="half way")))
    killed = NOON + MINUTE
    Task.objects.update(started_at=killed, held_until=killed + LONGEST)  # and then nothing
    diary = Diary()

    assert run(job(diary), at=killed + LONGEST - MINUTE) == []
    run(job(diary), at=killed + LONGEST)

    assert diary.entries == [(killed + LONGEST, "half way")]
    assert "cut off" in TaskRun.objects.get().failure


def test_one_that_was_too_slow_does_not_overwrite_what_took_over():
    def too_slow(now, place):
        run(job(Diary(result="Took over.", place="second")), at=now + LONGEST + MINUTE)
        return Done("Too late.", place="first")

    run(job(too_slow))

    task = Task.objects.get()
    assert (task.result, task.place) == ("Took over.", "second")


def test_only_what_is_worth_telling_is_logged():
    run(job(Diary()), job(Diary(notable=True, result="Removed 3."), Task.Name.THIN))

    assert list(TaskRun.objects.values_list("name", "result")) == [("thin", "Removed 3.")]


def test_a_long_one_that_is_being_done_is_not_overdue():
    Task.objects.create(
        name=Task.Name.STRAY_FILES, due_at=NOON - HOUR, started_at=NOON, held_until=NOON + HOUR
    )

    assert overdue_tasks(NOON) == []
    assert len(overdue_tasks(NOON + HOUR)) == 1


def test_the_clock_of_this_machine_is_read_by_itself():
    run_due([])
    assert list(run_due([job(Diary())])) == [("links", "Did it.", "")]
    assert Task.objects.get().ended_at <= timezone.now()
