"""Translations on their way to the site: one level, each language once."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Edition, Post
from articles.publishing.bulk.bulk_publish import bulk_publish
from articles.publishing.editions.document import compose
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.restore import restore
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    return make_story("The last tram", language="en-gb")


def translation(original, language="fr", **fields):
    return make_post(language=language, translation_of=original, **fields)


def refusal(post):
    """Why a post cannot be published."""
    with pytest.raises(NotReady) as refused:
        publish(post, by=None)
    return refused.value.shortcomings


def test_a_family_is_known_by_its_original(original):
    edition = publish(translation(original), by=None)

    assert edition.family == original.uuid != edition.uuid
    assert original.editions.get().family == original.uuid
    assert edition.document["translation_of"] == str(original.uuid)


def test_a_translation_in_the_language_of_its_original_is_refused(original):
    (said,) = refusal(translation(original, language="EN-GB"))

    assert said == "The story is a translation, but its language is that of “The last tram”."


def test_a_second_translation_into_a_language_is_refused_once_readers_have_the_first(original):
    first, second = translation(original, headline="Le dernier tram"), translation(original)
    publish(first, by=None)

    (said,) = refusal(second)

    assert said == "“Le dernier tram” is this story in the same language already."


def test_a_translation_that_was_only_begun_stands_in_nobodys_way(original):
    translation(original, language="en-gb")

    publish(translation(original), by=None)


def test_an_original_does_not_take_the_language_of_its_translation(original):
    publish(translation(original), by=None)
    original.language = "fr"
    original.save()

    (said,) = refusal(original)

    assert "in the same language already" in said


def test_a_translation_of_a_translation_is_refused(original):
    (said,) = refusal(translation(translation(original), language="de"))

    assert "is itself a translation" in said


def test_an_original_that_becomes_a_translation_is_refused(original):
    translation(original)
    original.translation_of = make_story(language="de")
    original.save()

    (said,) = refusal(original)

    assert "This story has translations" in said


def test_the_table_refuses_a_story_that_translates_itself():
    post = make_post()

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(translation_of=post)


def test_what_a_story_translated_comes_back_with_an_earlier_edition(original, editor):
    post = translation(original)
    edition = publish(post, by=None)
    Post.objects.filter(pk=post.pk).update(translation_of=None)

    restored = restore(edition, by=editor, started_from=post.version)

    assert restored.translation_of == original
    assert compose(restored) == edition.document


def test_families_that_come_from_a_file_are_put_on_the_site_together():
    first = translation(
        make_post(language="en-gb", status=Post.Status.PUBLISHED), status=Post.Status.PUBLISHED
    )

    assert bulk_publish() == 2
    assert {edition.family for edition in Edition.objects.all()} == {first.translation_of.uuid}
