"""Six people write in one story at once, and nothing is lost.

SIX_WRITERS_SEEDS=200 tries more of it by hand; tests/benchmarks/six_writers.py is a whole minute.
"""

import os

import pytest
from django.apps import apps
from django.test import Client

from articles.desk.roles import make_roles

from .scripted_writers import all_at_once, by_turns, new_story, new_writers, settle_down

SEEDS = int(os.environ.get("SIX_WRITERS_SEEDS", "1"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SEEDS))
def test_six_people_who_take_turns_in_one_story_lose_no_word(seed):
    post = new_story()
    writers = new_writers(seed, post, Client)

    by_turns(writers, seed, 150)
    settle_down(writers)

    typed = writers[0].check(writers)
    assert typed > 50
    assert sum(writer.counts["merges"] for writer in writers) > 5


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_six_people_who_write_at_the_same_moments_lose_no_word():
    make_roles(apps)
    post = new_story()
    writers = new_writers(1, post, Client)

    all_at_once(writers, seconds=1)
    settle_down(writers)

    assert writers[0].check(writers) > 60
