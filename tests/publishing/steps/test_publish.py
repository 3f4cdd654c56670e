"""From the desk to the site: publishing, withdrawing and putting back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.search.find import find_posts
from articles.desk.workflow import Refusal
from articles.library.append_only import Frozen
from articles.models import Edition, Post
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def test_a_withdrawn_story_leaves_the_site_and_can_be_put_back(editor):
    post = make_story(topics=["Syria"], now=NOON)

    withdraw(post, by=editor, now=NOON + HOUR)
    assert not Edition.objects.live(NOON + HOUR).exists()
    assert not post.editions.get().topic_listings.live(NOON + HOUR).exists()

    put_back(post, by=editor, now=NOON + 2 * HOUR)
    assert Edition.objects.live(NOON + 2 * HOUR).get().number == 2


def test_a_withdrawal_to_come_can_be_cancelled(editor):
    post = make_story(now=NOON)
    withdraw(post, by=editor, at=NOON + HOUR, now=NOON)
    assert not Edition.objects.live(NOON + HOUR).exists()

    cancel_schedule(post, by=editor, now=NOON + SECOND)

    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED
    assert Edition.objects.live(NOON + HOUR).exists()


def test_a_correction_stays_with_the_story_in_later_editions(editor):
    post = make_story(now=NOON)
    post.change_kind, post.change_note = Post.Change.CORRECTION, "The date was wrong."
    post.save()
    publish(post, by=editor, now=NOON + HOUR)

    third = publish(post, by=editor, now=NOON + 2 * HOUR)

    assert third.kind == Edition.Kind.SILENT
    assert [note["note"] for note in third.notes] == ["The date was wrong."]
    assert third.updated_at == NOON + HOUR


def test_what_is_missing_is_said_all_at_once(editor):
    post = make_post(section=None, text="")

    with pytest.raises(NotReady) as refused:
        publish(post, by=editor)

    assert len(refused.value.shortcomings) == 2


def test_an_embargo_holds_until_its_second(editor):
    post = make_post(embargo_until=NOON + HOUR)

    with pytest.raises(Refusal, match="embargoed"):
        publish(post, by=editor, now=NOON)

    assert schedule(post, by=editor, at=NOON + HOUR, now=NOON)


def test_a_reporter_cannot_publish(reporter):
    with pytest.raises(PermissionDenied):
        publish(make_post(), by=reporter)


def test_two_stories_of_a_day_cannot_share_an_address(editor):
    make_story(slug="same", now=NOON)

    with pytest.raises(NotReady, match="same"):
        publish(make_post(slug="same"), by=editor, now=NOON)


def test_an_edition_refuses_to_be_changed_or_removed(editor):
    edition = make_story().editions.get()
    edition.headline = "Other"

    with pytest.raises(Frozen):
        edition.save()
    with pytest.raises(Frozen):
        Edition.objects.update(headline="Other")
    with pytest.raises(Frozen):
        edition.delete()
    with pytest.raises(Frozen):
        Edition.objects.all().delete()


def test_markup_is_clean_in_an_edition_however_it_came_to_the_desk():
    post = make_story(text='<p onclick="x()">Words<script>x()</script></p>')

    assert "script" not in str(post.editions.get().body)
    assert "onclick" not in str(post.editions.get().document)


def test_publishing_takes_few_queries(editor, django_assert_max_num_queries):
    post = make_post(topics=["Syria", "Labour"], authors=["Anna Brown"])
    editor.has_perm("articles.publish_post")

    with django_assert_max_num_queries(29):
        schedule(post, by=editor, at=timezone.now() + HOUR)


def test_the_desk_finds_a_story_by_the_day_it_was_posted_on_last(editor):
    post = make_post("Aqueduct")
    schedule(post, by=editor, at=NOON + HOUR, now=NOON)
    cancel_schedule(post, by=editor, now=NOON + SECOND)
    schedule(post, by=editor, at=NOON + 48 * HOUR, now=NOON + 2 * SECOND)

    assert find_posts("aqueduct 3 June 2026", Post.objects.all()).keys == [post.pk]
    assert find_posts('"1 June 2026"', Post.objects.all()).keys == []


def test_an_update_leaves_the_desks_index_alone(editor):
    post = make_story(now=NOON)

    with CaptureQueriesContext(connection) as queries:
        publish(post, by=editor, now=NOON + HOUR)

    assert not [each["sql"] for each in queries if "articles_postwords" in each["sql"]]
