"""What the machine should have done by now."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Task
from articles.publishing.machine.task import overdue_tasks

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MINUTE = dt.timedelta(minutes=1)


def late(name, minutes, **fields):
    return Task.objects.create(name=name, due_at=NOW - minutes * MINUTE, **fields)


def test_where_the_command_has_never_run_that_is_said_and_nothing_else():
    assert overdue_tasks(NOW) == [("The minute command has never run", None)]


def test_nothing_is_overdue_where_all_is_done_in_time():
    late(Task.Name.DELIVER, 1)

    assert overdue_tasks(NOW) == []


def test_a_task_that_is_ten_minutes_late_is_overdue_and_the_longest_wait_comes_first():
    late(Task.Name.DELIVER, 9)
    late(Task.Name.LINKS, 11)
    late(Task.Name.THIN, 90)

    assert overdue_tasks(NOW) == [
        (Task.Name.THIN.label, NOW - 90 * MINUTE),
        (Task.Name.LINKS.label, NOW - 11 * MINUTE),
    ]


def test_a_task_that_keeps_failing_is_overdue_though_it_is_tried_in_time():
    late(Task.Name.THIN, 0, failing_since=NOW - 60 * MINUTE)
    late(Task.Name.LINKS, 0, failing_since=NOW - 5 * MINUTE)

    assert overdue_tasks(NOW) == [(Task.Name.THIN.label, NOW - 60 * MINUTE)]


def test_a_task_of_another_release_is_nobodys_business():
    late("long_gone", 600)

    assert overdue_tasks(NOW) == []


def test_all_are_read_in_one_query(django_assert_num_queries):
    for name in Task.Name:
        late(name, 60)

    with django_assert_num_queries(1):
        assert len(overdue_tasks(NOW)) == len(Task.Name)
