"""When a story is embargoed, asked of one and of many."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from articles.desk.embargo.embargoed import embargo_sentence, embargoed, is_embargoed
from articles.models import Post
from tests.builders import make_post

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def embargoed_at(moment):
    return set(Post.objects.filter(embargoed(moment)))


def test_an_embargo_lasts_until_its_very_second():
    post = make_post(embargo_until=NOON)

    assert is_embargoed(post, NOON - SECOND)
    assert not is_embargoed(post, NOON)
    assert embargoed_at(NOON - SECOND) == {post}
    assert embargoed_at(NOON) == set()


def test_an_embargo_until_further_notice_does_not_end():
    post = make_post(embargo_open_ended=True)

    assert is_embargoed(post, NOON)
    assert embargoed_at(NOON) == {post}
    assert "until further notice" in embargo_sentence(post)


def test_a_story_without_one_is_not_embargoed():
    assert not is_embargoed(make_post())
    assert embargoed_at(None) == set()


def test_an_embargo_has_an_end_or_none():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(embargo_until=NOON, embargo_open_ended=True)
