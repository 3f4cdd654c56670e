"""Saves that name the version they started from."""

import pytest
from django.db import transaction

from articles.desk.optimistic_lock import Stale, claim_save
from articles.models import Post
from tests.builders import make_post

pytestmark = pytest.mark.django_db


def save(post, *, by, started_from):
    with transaction.atomic():
        post = Post.objects.get(pk=post.pk)
        claim_save(post, started_from=started_from, by=by)
        post.save()
    return post


def test_a_save_from_an_older_version_than_a_colleagues_is_refused(editor, reporter):
    post = save(make_post(), by=editor, started_from=1)

    with pytest.raises(Stale) as refused:
        save(post, by=reporter, started_from=1)

    assert refused.value.post.saved_by == editor


def test_ones_own_second_save_is_no_conflict(editor):
    post = save(make_post(), by=editor, started_from=1)

    assert save(post, by=editor, started_from=1).version == 3


def test_ones_own_later_save_does_not_hide_a_colleagues(editor, reporter):
    post = save(make_post(), by=editor, started_from=1)
    save(post, by=reporter, started_from=2)

    with pytest.raises(Stale):
        save(post, by=reporter, started_from=1)
    with pytest.raises(Stale):
        save(post, by=editor, started_from=2)


def test_a_version_that_does_not_exist_yet_is_no_way_around(editor, reporter):
    post = save(make_post(), by=editor, started_from=1)

    with pytest.raises(Stale):
        save(post, by=reporter, started_from=99)
