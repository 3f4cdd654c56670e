"""What readers are told of a change, asked on the page of the step that shows it to them."""

import pytest

from articles.models import Edition, Post
from tests.admin.steps.steps import confirm, step_url
from tests.builders import make_post, make_story, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(editor):
    """A live story that was changed since."""
    post = make_story("Talks", text="<p>Two were there.</p>", by=editor)
    rewrite(post, "Three were there.")
    return post


def live():
    return Edition.objects.live().get()


def test_the_page_shows_what_changes_for_readers(client, editor, changed):
    client.force_login(editor)

    page = client.get(step_url(changed, "publish")).text

    assert "<del>Two </del>" in page
    assert "<ins>Three </ins>" in page


def test_the_page_takes_the_note_to_readers(client, editor, changed):
    client.force_login(editor)

    confirm(
        client,
        changed,
        "publish",
        change_kind="correction",
        change_note="An earlier version said two.",
    )

    assert live().kind == "correction"
    assert [note["note"] for note in live().notes] == ["An earlier version said two."]
    post = Post.objects.get(pk=changed.pk)
    assert (post.change_note, post.has_unpublished_changes) == ("", False)


def test_a_correction_without_a_note_is_refused_and_nothing_is_saved(client, editor, changed):
    client.force_login(editor)
    before = Post.objects.get(pk=changed.pk).version

    page = confirm(client, changed, "publish", change_kind="correction", change_note="").text

    assert "“Correction” needs a note to readers" in page
    assert '<option value="correction" selected>' in page
    assert Post.objects.get(pk=changed.pk).version == before
    assert live().kind == "new"


def test_a_note_that_was_written_before_is_kept_where_the_page_does_not_ask(
    client, editor, changed
):
    Post.objects.filter(pk=changed.pk).update(change_kind="correction", change_note="It was two.")
    client.force_login(editor)

    confirm(client, changed, "publish")

    assert [note["note"] for note in live().notes] == ["It was two."]


def test_what_is_missing_stands_on_every_step_and_leads_to_its_place(client, editor):
    post = make_post("Talks", text="<p>One.</p>", status="in_review", section=None)
    client.force_login(editor)

    for action in ("approve", "send_back"):
        page = client.get(step_url(post, action)).text
        assert f'<a href="/admin/articles/post/{post.pk}/change/#section">' in page
        assert '<button type="submit"' in page
