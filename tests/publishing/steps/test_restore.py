"""The words of an earlier edition, brought back to the desk."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.desk.blocks import Embed, PullQuote
from articles.desk.optimistic_lock import Stale
from articles.desk.writing.document import read
from articles.models import Checkpoint, Edition, Post
from articles.publishing.editions.document import compose
from articles.publishing.steps.checkpoint import keep
from articles.publishing.steps.publish import publish
from articles.publishing.steps.restore import restore
from tests.builders import make_link, make_photo, make_post, make_story, rewrite

pytestmark = pytest.mark.django_db


def full_story():
    """A published story with every kind of block."""
    post = make_post(
        topics=["Syria", "Labour"], authors=["Anna Brown", "Bo Lee"], photo=make_photo(), kicker="K"
    )
    make_link(post, make_post(), label="watch", headline="Other words")
    make_link(post)
    PullQuote.objects.create(parent=post, region="body", ordering=20, text="Said", attribution="X")
    Embed.objects.create(
        parent=post, region="body", ordering=30, url="https://example.org/v", title="Video"
    )
    return publish(post, by=None)


def test_every_kind_of_block_comes_back_as_it_was(editor):
    edition = full_story()
    rewrite(edition.post, "Other words.")
    post = Post.objects.get(pk=edition.post_id)
    post.headline = "Other headline"
    post.save()
    post.post_topics.all().delete()

    restore(edition, by=editor, started_from=post.version)

    assert compose(Post.objects.get(pk=post.pk)) == edition.document


def test_readers_see_nothing_of_it_until_it_is_published(editor):
    post = make_story(text="<p>First.</p>")
    first = post.editions.get()

    restored = restore(first, by=editor, started_from=post.version)

    assert restored.has_unpublished_changes
    assert Edition.objects.live().get() == first


def test_it_does_not_run_over_what_a_colleague_saved(editor, administrator):
    post = make_story()
    Post.objects.filter(pk=post.pk).update(version=9, saved_by=administrator)

    with pytest.raises(Stale):
        restore(post.editions.get(), by=editor, started_from=1)


def test_a_reporter_cannot_restore_a_published_story(reporter):
    post = make_story()

    with pytest.raises(PermissionDenied):
        restore(post.editions.get(), by=reporter, started_from=post.version)


def test_the_words_that_it_replaces_are_kept(editor):
    post = make_story(text="<p>First.</p>")
    rewrite(post, "Never published.")
    post = Post.objects.get(pk=post.pk)
    Post.objects.filter(pk=post.pk).update(version=post.version + 1)
    before = compose(Post.objects.get(pk=post.pk))

    restored = restore(post.editions.get(number=1), by=editor, started_from=post.version + 1)

    kept = Checkpoint.objects.get(version=post.version + 1)
    assert kept.document == before
    restore(kept, by=editor, started_from=restored.version)
    assert compose(Post.objects.get(pk=post.pk)) == before


def test_words_that_an_edition_has_are_not_kept_twice(editor):
    post = make_story()

    restore(post.editions.get(), by=editor, started_from=post.version)

    assert not Checkpoint.objects.filter(version=post.version).exists()


def test_what_was_restored_is_a_new_revision(editor):
    post = make_story("As published")
    Post.objects.filter(pk=post.pk).update(headline="Later", version=post.version + 1)

    restored = restore(post.editions.get(), by=editor, started_from=post.version + 1)

    revision = Checkpoint.objects.get(version=restored.version)
    assert revision.reason == Checkpoint.Reason.RESTORED
    assert revision.document["headline"] == "As published"
    assert revision.saved_by == editor


def test_a_picture_editor_puts_no_other_text_in_a_story(picture_editor):
    post = make_story()

    with pytest.raises(PermissionDenied):
        restore(post.editions.get(), by=picture_editor, started_from=post.version)


def test_restoring_leaves_the_rows_that_say_the_same(editor):
    post = make_post(text="<p>One.</p><p>Two.</p>", photo=make_photo(), status="published")
    link = make_link(post, make_story("The other story"))
    publish(post, by=None)
    picture = post.articles_caption_set.get()
    before = read(post).document["body"]
    post.articles_text_set.update(html="<p>One.</p><p>Two, changed.</p>")
    post.refresh_from_db()

    restore(post.editions.get(), by=editor, started_from=post.version)

    assert (post.articles_caption_set.get(), post.articles_relatedlink_set.get()) == (picture, link)
    after = read(post).document["body"]
    assert after[0] == before[0]
    assert after[1]["content"][0]["text"] == "Two."


def test_the_words_of_the_first_edition_leave_the_story_its_address(editor):
    post = make_post("Talks resume", slug="")
    publish(post, by=editor)
    rewrite(post, "Other words.")
    first = Edition.objects.get()

    restore(first, by=editor, started_from=Post.objects.get().version)

    assert first.document["slug"] == "talks-resume"
    assert Post.objects.get().slug == "talks-resume"


def test_what_was_kept_without_an_address_takes_none_away(editor):
    post = make_post("Talks resume", slug="")
    keep(post)
    publish(post, by=editor)

    restore(Checkpoint.objects.first(), by=editor, started_from=Post.objects.get().version)

    assert Post.objects.get().slug == "talks-resume"
