"""The writing screen: a story's page, and a save of it where no script runs."""

import datetime as dt
import json

import pytest

from articles.desk.blocks import Text
from articles.models import Post
from tests.admin.filling import add_block, edit, errors_of, form_of, remove, save
from tests.admin.forms import change_url, filled, shown
from tests.admin.writing.sending import document_of, ids, send, words
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
    return client.get(change_url(post))


def test_the_page_has_a_story_with_every_kind_of_block(desk):
    photo = make_photo()
    post = make_post(text="<p>First words.</p>", photo=photo)
    make_link(post, make_post("The other story"))

    page = form(desk, post)

    assert "First words." in page.text
    assert "The other story" in page.text
    assert photo.caption in page.text
    state = page.context["state"]
    assert state["document"] == document_of(post)


def test_words_in_the_pages_state_never_end_its_script(desk):
    post = make_post("</script><b>", text="<p>&lt;/script&gt;&lt;b&gt;</p>")

    page = form(desk, post)

    assert "</script><b>" not in page.text
    assert "\\u003C/script\\u003E\\u003Cb\\u003E" in page.text


def test_the_import_map_carries_the_nonce_of_the_page(desk):
    page = desk.get("/admin/articles/post/add/")

    nonce = page.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in page.text
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]


def test_a_story_is_written_in_one_save(desk, editor):
    photo, other = make_photo(), make_post("The other story")

    def write(data):
        add_block(data, "caption", region="lead", photo=photo.slug, credit="PA Images")
        add_block(data, "text", html="<p>First words.</p>")
        add_block(data, "relatedlink", label="watch", story=str(other.uuid))

    page = save(
        desk,
        change=write,
        headline="A headline\nof two lines",
        section=make_section().pk,
        named_authors=[make_author("Zoe Ash").pk, make_author("Anna Brown").pk],
        topics=["new:Syria"],
    )

    post = Post.objects.get(headline="A headline of two lines")
    assert page.redirect_chain == [(change_url(post), 302)]
    assert [str(row) for row in post.post_authors.all()] == ["Zoe Ash", "Anna Brown"]
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    assert post.articles_text_set.get().html == "<p>First words.</p>"
    assert post.articles_relatedlink_set.get().story == other
    assert post.articles_caption_set.get().photo == photo
    assert post.created_by == post.saved_by == editor


def test_a_draft_needs_no_headline(desk):
    save(desk, change=lambda data: add_block(data, "text", html="<p>First words.</p>"))

    post = Post.objects.get()
    assert (post.headline, post.status) == ("", "draft")
    assert form(desk, post).status_code == 200


def test_blocks_are_moved_and_removed(desk):
    post = make_post(text="<p>One.</p>")
    link, other = make_link(post), make_link(post)
    Text.objects.create(parent=post, region="body", ordering=1_000_000, html="<p>Two.</p>")

    def change(document):
        one, moved, _other, two = document["body"]
        document["body"] = [two, moved, one]

    save(desk, post, change=lambda data: edit(data, change))

    assert [node["type"] for node in document_of(post)["body"]] == [
        "paragraph",
        "relatedlink",
        "paragraph",
    ]
    assert [block.html for block in post.articles_text_set.all()] == ["<p>Two.</p>", "<p>One.</p>"]
    assert post.articles_relatedlink_set.get().pk == link.pk != other.pk


def test_an_untouched_save_keeps_every_word_and_second(desk):
    at = dt.datetime(2026, 6, 1, 12, 30, 45, 123456, tzinfo=dt.UTC)
    post = make_post(topics=["Syria"], authors=["Anna Brown"], photo=make_photo(), published_at=at)
    make_link(post, label="watch")
    before = document_of(post)

    page = save(desk, post)

    post.refresh_from_db()
    assert "Nothing had changed." in page.text
    assert (post.published_at, post.version) == (at, 1)
    assert [str(row) for row in post.post_authors.all()] == ["Anna Brown"]
    assert [topic.name for topic in post.topics.all()] == ["Syria"]
    assert document_of(post) == before


def test_fields_are_saved_without_the_words_where_no_script_runs(desk):
    post = make_post("Before", text="<p>Words.</p>", photo=make_photo())
    before = document_of(post)
    data = filled(desk, post)
    del data["document"], data["base"]

    desk.post(change_url(post), data | {"headline": "After"})

    post.refresh_from_db()
    assert (post.headline, document_of(post)) == ("After", before)


def test_a_save_of_the_words_alone_touches_no_field(desk):
    post = make_post("Before", topics=["Syria"], authors=["Anna Brown"], standfirst="Below")
    document = document_of(post)

    send(desk, post, document=document | {"body": document["body"][:0]})

    post.refresh_from_db()
    assert document_of(post)["body"] == []
    assert (post.headline, post.standfirst) == ("Before", "Below")
    assert (post.topics.count(), post.post_authors.count()) == (1, 1)


def test_topics_and_authors_are_taken_away_one_by_one_and_all(desk):
    post = make_post(topics=["Syria", "Labour"], authors=["Anna Brown", "Zoe Ash"])
    kept = make_author("Zoe Ash")

    save(desk, post, topics=[], named_authors=[kept.pk])

    assert not post.topics.exists()
    assert [row.author for row in post.post_authors.all()] == [kept]


def test_a_nul_character_is_taken_out_or_told_and_never_a_crash(desk):
    post = make_post(text="<p>Words.</p>")

    page = save(
        desk,
        post,
        change=lambda data: add_block(data, "text", html="<p>More\x00 words</p>"),
        headline="A\x00B",
        slug="a\x00b",
        language="\x00",
        section="\x00",
        published_at="\x00",
    )

    post.refresh_from_db()
    assert words(document_of(post)) == ["Words.", "More words"]
    assert post.headline == "AB"
    assert "Select a valid choice" in errors_of(page)
    assert "Enter a valid date" in errors_of(page)
    assert send(desk, post, **{"initial-headline": "\x00", "headline": "C\x00"}).status_code == 200


def test_what_the_page_does_not_offer_is_not_taken(client, reporter):
    post = make_post(status=Post.Status.DRAFT, created_by=reporter)
    client.force_login(reporter)
    by_hand = {
        "status": "published",
        "created_by": make_user().pk,
        "source": "elsewhere",
        "embargo_until": "2030-01-01T00:00",
        "published_at": "2001-01-01T00:00",
        "initial-published_at": "",
        "published_version": "1",
        "change_note": "By hand",
        "uuid": "0" * 32,
    }

    save(client, post, **by_hand)
    send(client, post, headline="Mine", **{"initial-headline": post.headline}, **by_hand)

    post.refresh_from_db()
    assert (post.headline, post.status, post.created_by) == ("Mine", "draft", reporter)
    assert (post.source, post.change_note, post.published_version) == ("desk", "", None)
    assert (post.embargo_until, post.published_at) == (None, None)
    assert str(post.uuid) != "0" * 32


def test_a_block_of_another_story_cannot_be_taken_or_changed(desk):
    post, victim = make_post(text="<p>Mine.</p>"), make_post(text="<p>Theirs.</p>")
    link = make_link(victim)
    stolen = document_of(victim)["body"]

    def take(document):
        for node in stolen:
            node = json.loads(json.dumps(node))
            if node["type"] == "relatedlink":
                node["attrs"]["title"] = "Taken"
            document["body"].append(node)

    save(desk, post, change=lambda data: edit(data, take))

    assert document_of(victim)["body"] == stolen
    link.refresh_from_db()
    assert (link.parent, link.title) == (victim, "Elsewhere")
    save(desk, post, change=lambda data: edit(data, lambda document: document["body"].clear()))
    assert document_of(victim)["body"] == stolen


def test_a_reporter_reads_a_colleagues_story_and_changes_nothing(client, reporter):
    post = make_post("Theirs", text="<p>First <strong>words</strong>.</p>", photo=make_photo())
    client.force_login(reporter)

    page = form(client, post)
    plain = client.post(change_url(post), {"headline": "Mine", "version": 1})
    sent = send(client, post, headline="Mine", document={"lead": [], "body": []})

    assert "Theirs" in page.text
    assert page.context["state"]["readonly"]
    assert page.context["state"]["document"] == document_of(post)
    assert (plain.status_code, sent.status_code) == (403, 403)
    post.refresh_from_db()
    assert (post.headline, words(document_of(post))) == ("Theirs", ["First words."])


def test_what_readers_are_told_is_asked_only_once_they_have_read(desk):
    post = make_post()
    assert "change_note" not in form_of(form(desk, post))

    post.published_version = 1
    post.save()

    assert "change_note" in form_of(form(desk, post))


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_costs_the_same_for_one_block_and_for_thirty(
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


@pytest.mark.parametrize("many", [1, 30])
def test_a_save_costs_the_same_for_one_block_and_for_thirty(
    desk, many, django_assert_max_num_queries
):
    post = make_post(text="", topics=["Syria"], authors=["Anna Brown"])
    photos = [make_photo() for _number in range(many)]
    data = filled(desk, post)
    for photo in photos:
        add_block(data, "text", html="<p>Words.</p>")
        add_block(data, "caption", photo=photo.slug)
        add_block(data, "relatedlink", url="https://example.org/", title="Elsewhere")
    shown(desk, change_url(post))

    with django_assert_max_num_queries(52):
        desk.post(change_url(post), data)

    assert len(document_of(post)["body"]) == 3 * many


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


def test_a_reporter_may_write_a_new_story_with_every_kind_of_block(client, reporter):
    client.force_login(reporter)
    page = client.get("/admin/articles/post/add/")

    assert page.context["state"]["locked"] == []
    assert not page.context["state"]["readonly"]
    save(
        client,
        change=lambda data: add_block(data, "pullquote", text="Well said."),
        headline="Mine",
    )
    assert Post.objects.get().articles_pullquote_set.exists()


def test_a_role_moves_and_removes_no_block_that_it_may_not_change(client, picture_editor):
    post = make_post(text="<p>One.</p>", photo=make_photo())
    make_link(post)
    Text.objects.create(parent=post, region="body", ordering=1_000_000, html="<p>Two.</p>")
    client.force_login(picture_editor)
    before = document_of(post)

    for change in (
        lambda data: remove(data, 0),
        lambda data: remove(data, 1),
        lambda data: edit(data, lambda document: document["body"].reverse()),
        lambda data: add_block(data, "text", html="<p>Three.</p>"),
    ):
        data = filled(client, post)
        change(data)
        assert client.post(change_url(post), data).status_code == 403
        assert document_of(post) == before
    save(client, post, change=lambda data: edit(data, lambda document: document["lead"].clear()))
    assert document_of(post)["lead"] == []


def test_ids_of_a_story_that_nobody_saved_yet_stay_the_same(desk):
    post = make_post(text="<p>One.</p><p>Two.</p>")
    one = ids(filled_document(desk, post))

    assert ids(filled_document(desk, post)) == one
    save(desk, post, change=lambda data: add_block(data, "text", html="<p>Three.</p>"))
    assert ids(filled_document(desk, post))[:2] == one


def filled_document(client, post):
    return shown(client, change_url(post))["state"]["document"]


def test_a_form_of_blocks_from_before_an_upgrade_is_shown_and_not_saved(desk):
    post = make_post("Talks", text="<p>Stored.</p>")
    old = {"headline": "Typed", "articles_text_set-TOTAL_FORMS": "1"}
    old |= {"articles_text_set-INITIAL_FORMS": "1", "articles_text_set-0-html": "<p>Typed too.</p>"}

    answer = desk.post(change_url(post), {"version": post.version, **old})

    assert answer.status_code == 409
    assert "Typed too." in answer.text
    post.refresh_from_db()
    assert post.headline == "Talks"
