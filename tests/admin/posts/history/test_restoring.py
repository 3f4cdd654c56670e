"""Earlier words of a story, put back on the desk by an editor."""

import pytest

from articles.models import Author, Checkpoint, Edition, Post
from tests.admin.forms import change_url, filled
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db


def address(post, kind, number):
    return f"/admin/articles/post/{post.pk}/restore/{kind}/{number}/"


def write(client, post, headline, **more):
    """Save the form of a post with another headline."""
    return client.post(change_url(post), filled(client, post) | {"headline": headline} | more)


def test_an_edition_goes_back_to_the_desk_and_what_stood_there_is_kept(client, editor):
    client.force_login(editor)
    post = make_story("As published")
    write(client, post, "Never published")
    history = client.get(f"/admin/articles/post/{post.pk}/history/").text
    asked = client.get(address(post, "edition", 1))
    seen = Post.objects.get(pk=post.pk).version

    answer = client.post(address(post, "edition", 1), {"seen_version": seen}, follow=True)

    assert address(post, "edition", 1) in history
    assert "is kept in the history" in asked.text
    assert "Restored to the desk" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "As published"
    assert Edition.objects.count() == 1
    kept = Checkpoint.objects.get(version=seen)
    copy = client.get(f"/admin/articles/post/{post.pk}/copy/{kept.version}/")
    assert "Never published" in copy.text
    assert "private, no-store" in copy["Cache-Control"]
    history = client.get(f"/admin/articles/post/{post.pk}/history/").text
    assert address(post, "copy", kept.version) in history


def test_a_kept_copy_goes_back_to_the_desk(client, editor):
    client.force_login(editor)
    post = make_story("As published")
    write(client, post, "Never published")
    version = Post.objects.get(pk=post.pk).version
    client.post(address(post, "edition", 1), {"seen_version": version})

    answer = client.post(address(post, "copy", version), {"seen_version": version + 1}, follow=True)

    assert "Restored to the desk" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "Never published"


def test_a_save_after_a_colleagues_keeps_the_colleagues_version(client, editor, administrator):
    post = make_post("At first")
    client.force_login(editor)
    mine = filled(client, post)
    client.force_login(administrator)
    write(client, post, "The colleague's")
    client.force_login(editor)
    theirs = Post.objects.get(pk=post.pk).version

    client.post(change_url(post), mine | {"headline": "Mine"})

    assert Post.objects.get(pk=post.pk).headline == "Mine"
    kept = Checkpoint.objects.get(version=theirs)
    assert kept.saved_by == administrator
    assert kept.document["headline"] == "The colleague's"


def test_nothing_is_restored_over_what_a_colleague_saved_meanwhile(client, editor, administrator):
    post = make_story("As published")
    client.force_login(administrator)
    write(client, post, "The colleague's")
    client.force_login(editor)

    answer = client.post(address(post, "edition", 1), {"seen_version": post.version}, follow=True)

    assert "A colleague saved this story meanwhile" in answer.text
    assert Post.objects.get(pk=post.pk).headline == "The colleague's"


def test_words_that_name_what_is_gone_change_nothing(client, editor):
    client.force_login(editor)
    post = make_story("As published", authors=["Anna Brown"])
    post.post_authors.all().delete()
    write(client, post, "Never published")
    post.editions.get().author_listings.all()[0].delete()
    Author.objects.all().delete()
    seen = Post.objects.get(pk=post.pk).version

    answer = client.post(address(post, "edition", 1), {"seen_version": seen}, follow=True)

    assert "is gone. Nothing changed." in answer.text
    assert Post.objects.get(pk=post.pk).headline == "Never published"


@pytest.mark.parametrize("where", ["edition/7", "copy/7", f"copy/{10**30}", "nothing/1"])
def test_what_was_never_kept_is_not_found(client, editor, where):
    client.force_login(editor)
    post = make_story()

    assert client.get(f"/admin/articles/post/{post.pk}/restore/{where}/").status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 400])
def test_nonsense_for_the_version_restores_nothing(client, editor, seen):
    client.force_login(editor)
    post = make_story("As published")
    write(client, post, "Never published")

    assert client.post(address(post, "edition", 1), {"seen_version": seen}).status_code == 302
    assert Post.objects.get(pk=post.pk).headline == "Never published"
