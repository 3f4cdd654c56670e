"""generate_stories: a database full of stories that nobody can tell from published ones."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count

from articles.management.generating import newsroom
from articles.models import Address, Edition, Photo, Post, Topic, TopicListing
from articles.publishing.editions.document import compose
from articles.publishing.editions.freeze import freeze
from articles.publishing.search import matching
from tests.builders import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stories(once):
    """A hundred and twenty of them, with few pictures: these take longer than all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newsroom, "PHOTOS", 3)
        once(lambda: call_command("generate_stories", 120, verbosity=0))
        yield


def test_a_generated_edition_is_what_publishing_makes_of_its_post(stories):
    for edition in Edition.objects.select_related("post__section"):
        post = edition.post
        same = freeze(
            post, compose(post), number=1, live_from=edition.live_from, now=edition.made_at
        )
        for field in Edition._meta.concrete_fields:
            if field.name not in ("id", "packed", "refers_to"):
                assert getattr(edition, field.attname) == getattr(same, field.attname), field.name
        same.pack()
        assert (edition.packed, edition.refers_to) == (same.packed, same.refers_to)


def test_columns_without_a_default_of_their_own_have_that_of_the_database(stories):
    assert set(Post.objects.values_list("slug_line", flat=True)) == {""}


def test_every_story_is_listed_found_and_has_an_address(stories):
    assert Edition.objects.live().count() == Post.objects.count() == Address.objects.count() == 120
    named = sum(len(edition.topics) for edition in Edition.objects.all())
    assert TopicListing.objects.live().count() == named
    assert not any(post.has_unpublished_changes for post in Post.objects.all())
    edition = Edition.objects.live().first()
    found = matching.search_newest(edition.headline, at=edition.made_at)
    assert edition in found.editions
    assert matching.search_newest(f"{edition.posted_on}", at=edition.made_at).count


def test_readers_can_open_a_generated_story(stories, client):
    edition = Edition.objects.newest_first().first()

    page = client.get(edition.get_absolute_url())

    assert page.status_code == 200
    assert edition.headline in page.content.decode()


def test_stories_are_spread_over_ten_years_and_many_topics(stories):
    years = {edition.posted_on.year for edition in Edition.objects.all()}
    counts = (
        TopicListing.objects.values("topic").annotate(n=Count("pk")).values_list("n", flat=True)
    )

    assert len(years) >= 10
    assert Topic.objects.count() == 300
    assert max(counts) > 5 * min(counts)


def test_a_second_run_adds_more_and_editors_go_on_writing(stories):
    photos = Photo.objects.count()

    call_command("generate_stories", 5, verbosity=0)
    make_story("By hand", topics=["Syria"], authors=["Anna Brown"])

    assert Edition.objects.count() == 126
    assert Photo.objects.count() == photos


def test_stories_are_about_as_long_as_they_are_asked_to_be():
    call_command("generate_stories", 30, words=600, verbosity=0)

    counts = Edition.objects.order_by("-pk").values_list("word_count", flat=True)[:30]

    assert 500 < sum(counts) / len(counts) < 700


def test_a_number_of_stories_is_needed():
    with pytest.raises(CommandError, match="1 or more"):
        call_command("generate_stories", 0)


@pytest.mark.postgresql
def test_statements_are_planned_for_as_many_rows_as_there_are_now(stories):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'articles_edition'")

        assert cursor.fetchone()[0] >= 120
