"""The post's form: writing a story."""

import datetime as dt

import pytest

from articles.desk.blocks import Text
from articles.models import Post
from tests.admin.filling import add_block, errors_of, form_of, prefix, save
from tests.builders import (
    make_author,
    make_link,
    make_photo,
    make_post,
    make_section,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def form(client, post):
    return client.get(f"/admin/articles/post/{post.pk}/change/")


def test_the_form_shows_a_story_with_every_kind_of_block(desk):
    post = make_post(text="<p>First words.</p>", photo=make_photo())
    make_link(post, make_post("The other story"))

    page = form(desk, post)

    assert "First words." in page.text
    assert "The other story" in page.text


def test_the_import_map_carries_the_nonce_of_the_page(desk):
    page = desk.get("/admin/articles/post/add/")

    nonce = page.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in page.text
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]


def test_a_story_is_written_in_one_save(desk, editor):
    photo, other = make_photo(), make_post("The other story")

    def write(data):
        add_block(data, "caption", region="lead", photo=photo.pk, credit="PA Images")
        add_block(data, "text", ordering=20, html="<p>First <script>x</script>words.</p>")
        add_block(data, "relatedlink", ordering=30, label="watch", story=other.pk)

    save(
        desk,
        change=write,
        headline="A headline\nof two lines",
        section=make_section().pk,
        named_authors=[make_author("Zoe Ash").pk, make_author("Anna Brown").pk],
        topics=["new:Syria"],
    )

    post = Post.objects.get(headline="A headline of two lines")
    assert [str(row) for row in post.post_authors.all()] == ["Zoe Ash", "Anna Brown"]
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    assert post.articles_text_set.get().html == "<p>First words.</p>"
    assert post.articles_relatedlink_set.get().story == other
    assert post.created_by == post.saved_by == editor


def test_blocks_are_moved_and_removed(desk):
    post = make_post(text="<p>One.</p>")
    Text.objects.create(parent=post, region="body", ordering=20, html="<p>Two.</p>")
    Text.objects.create(parent=post, region="body", ordering=30, html="<p>Three.</p>")
    text = prefix("text")

    save(desk, post, **{f"{text}-0-ordering": 40, f"{text}-1-DELETE": "on"})

    assert [block.html for block in post.articles_text_set.all()] == [
        "<p>Three.</p>",
        "<p>One.</p>",
    ]


def test_an_untouched_save_keeps_every_word_and_second(desk):
    at = dt.datetime(2026, 6, 1, 12, 30, 45, 123456, tzinfo=dt.UTC)
    post = make_post(topics=["Syria"], authors=["Anna Brown"], photo=make_photo(), published_at=at)
    make_link(post, label="watch")

    save(desk, post)

    post.refresh_from_db()
    assert post.published_at == at
    assert [str(row) for row in post.post_authors.all()] == ["Anna Brown"]
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    assert post.articles_relatedlink_set.get().title == "Elsewhere"


def test_a_nul_character_is_a_message_and_not_a_crash(desk):
    post = make_post(text="<p>Words.</p>")

    page = save(desk, post, headline="A\x00B", **{f"{prefix('text')}-0-html": "<p>\x00</p>"})

    assert "Null characters" in errors_of(page)


def test_what_the_form_does_not_offer_is_not_taken(client, reporter):
    post = make_post(status=Post.Status.DRAFT, created_by=reporter)
    client.force_login(reporter)

    save(
        client,
        post,
        status="published",
        created_by=make_user().pk,
        source="elsewhere",
        embargo_until="2030-01-01T00:00",
        published_at="2001-01-01T00:00",
    )

    post.refresh_from_db()
    assert (post.status, post.created_by, post.source) == ("draft", reporter, "desk")
    assert post.embargo_until is None
    assert post.published_at is None


def test_a_block_of_another_story_cannot_be_taken_or_changed(desk):
    post, victim = make_post(), make_post(text="<p>Theirs.</p>")
    theirs = victim.articles_text_set.get()
    text = prefix("text")

    save(desk, post, **{f"{text}-0-id": theirs.pk, f"{text}-0-html": "<p>Mine.</p>"})
    save(desk, post, **{f"{text}-0-parent": victim.pk})
    save(desk, post, _clone=f"articles.text:{theirs.pk}", _clone_region="body", _clone_ordering=1)

    theirs.refresh_from_db()
    assert (theirs.parent, theirs.html) == (victim, "<p>Theirs.</p>")
    assert victim.articles_text_set.count() == post.articles_text_set.count() == 1


def test_a_block_stands_only_in_a_region_of_its_kind(desk):
    post = make_post()

    page = save(desk, post, **{f"{prefix('text')}-0-region": "lead"})

    assert "cannot stand here" in errors_of(page)


def test_a_reporter_reads_a_colleagues_story_and_changes_nothing(client, reporter):
    post = make_post("Theirs", photo=make_photo())
    client.force_login(reporter)

    page = form(client, post)
    client.raise_request_exception = False
    client.post(page.request["PATH_INFO"], {"headline": "Mine"})

    assert "Theirs" in page.text
    assert 'name="_save"' not in page.text
    post.refresh_from_db()
    assert post.headline == "Theirs"


def test_what_readers_are_told_is_asked_only_once_they_have_read(desk):
    post = make_post()
    assert "change_note" not in form_of(form(desk, post))

    post.published_version = 1
    post.save()

    assert "change_note" in form_of(form(desk, post))


@pytest.mark.parametrize("many", [1, 30])
def test_the_form_costs_the_same_for_one_block_and_for_thirty(
    desk, many, django_assert_max_num_queries
):
    post = make_post(topics=["Syria", "Labour"], authors=["Anna Brown", "Zoe Ash"])
    for number in range(many):
        Text.objects.create(parent=post, region="body", ordering=number, html="<p>Words.</p>")
        make_link(post, make_post())
        post.articles_caption_set.create(region="body", ordering=number, photo=make_photo())

    form(desk, post)  # what Django learns once and keeps: the content types

    with django_assert_max_num_queries(15):
        form(desk, post)


def test_a_published_story_saved_untouched_is_not_changed(desk):
    moment = dt.datetime(2016, 12, 13, 16, 42, 51, 123456, tzinfo=dt.UTC)
    post = make_story(published_at=moment, at=moment)
    post.embargo_until = moment
    post.save()

    save(desk, post)

    assert Post.objects.get(pk=post.pk).version == post.version
    save(desk, post, published_at="2016-12-13T16:43")
    post.refresh_from_db()
    assert post.published_at == dt.datetime(2016, 12, 13, 16, 43, tzinfo=dt.UTC)


def test_who_may_not_change_a_story_reads_its_words_without_the_markup(client, reporter):
    post = make_post(text="<p>First <strong>words</strong>.</p>")
    client.force_login(reporter)

    page = form(client, post)

    assert "<p>First <strong>words</strong>.</p>" in page.text
    assert "&lt;p&gt;" not in page.text


def test_a_reporter_may_put_blocks_into_a_new_story(client, reporter):
    client.force_login(reporter)

    page = client.get("/admin/articles/post/add/")

    assert "_adding_not_allowed" not in page.text
    assert "articles_relatedlink_set" in page.text
