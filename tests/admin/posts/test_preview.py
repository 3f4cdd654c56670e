"""Previews: the desk copy and earlier editions on the site's own page."""

import json

import pytest

from articles.desk.blocks import Chart, Table, Text
from articles.models import Edition, Post, Topic
from tests.builders import make_photo, make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db


def preview_url(post):
    return f"/admin/articles/post/{post.pk}/preview/"


def test_a_preview_shows_the_desk_copy_on_the_sites_own_page(client, editor):
    post = make_post("As it will be", text="<p>Marker words.</p>", photo=make_photo())
    client.force_login(editor)

    page = client.get(preview_url(post))

    assert "Marker words." in page.text
    assert "Preview from the desk" in page.text
    assert "private, no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert not Edition.objects.exists()


def test_a_preview_works_with_nothing_filled_in_yet(client, editor):
    empty = Post.objects.create()
    client.force_login(editor)

    assert "no headline yet" in client.get(preview_url(empty)).text


def test_a_preview_shows_the_words_of_text_that_no_form_would_take(client, editor):
    post = make_post()
    Text.objects.create(parent=post, region="body", ordering=20, html="<ul><li>" * 200 + "x y z")
    client.force_login(editor)

    page = client.get(preview_url(post))

    assert page.status_code == 200
    assert "x y z" in page.text


def test_a_preview_says_which_cell_of_a_chart_is_wrong(client, editor):
    post = make_post()
    cells = "\tSeats\n2024\t1x\n2025\t3"
    Chart.objects.create(parent=post, region="body", ordering=20, title="Votes", cells=cells)
    client.force_login(editor)

    page = client.get(preview_url(post))

    assert "Row 2, column “Seats”: “1x” is not a number." in page.text
    assert ">1x</td>" in page.text


@pytest.mark.parametrize("model", [Table, Chart])
@pytest.mark.parametrize(
    "cells", ["", "\t" * 5000, "\n" * 5000, "x\t" * 900, "1\n" * 900, '<a href="', "<b>\t"]
)  # fmt: skip
def test_a_preview_shows_cells_that_no_form_would_take(client, editor, model, cells):
    post = make_post()
    model.objects.create(parent=post, region="body", ordering=20, cells=cells)
    client.force_login(editor)

    assert client.get(preview_url(post)).status_code == 200


def test_an_earlier_edition_is_shown_as_readers_saw_it(client, editor):
    post = make_story(text="<p>First words.</p>")
    rewrite(post, "Second words.")
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{post.pk}/edition/1/")

    assert "First words." in page.text
    assert "Second words." not in page.text
    assert client.get(f"/admin/articles/post/{post.pk}/edition/2/").status_code == 404
    assert client.get(f"/admin/articles/post/{post.pk}/edition/{10**30}/").status_code == 404


def test_only_the_desk_sees_previews(client):
    post = make_story(text="<p>Marker words.</p>")
    addresses = [preview_url(post), f"/admin/articles/post/{post.pk}/edition/1/"]

    assert [client.get(address).status_code for address in addresses] == [302, 302]
    client.force_login(make_user(role=None))
    assert [client.get(address).status_code for address in addresses] == [403, 403]


@pytest.mark.parametrize("key", ["nonsense", "999999", "9" * 40])
def test_an_address_of_no_post_is_not_found(client, editor, key):
    client.force_login(editor)

    for page in ("preview", "edition/1", "step/publish"):
        assert client.get(f"/admin/articles/post/{key}/{page}/").status_code == 404


def unsaved_url(post):
    return f"/admin/articles/post/{post.pk}/preview/unsaved/"


def prose(*texts):
    return [
        {
            "type": "paragraph",
            "attrs": {"id": f"p{number}"},
            "content": [{"type": "text", "text": text}],
        }
        for number, text in enumerate(texts)
    ]


def sent(body, lead=(), **fields):
    return {"document": json.dumps({"lead": list(lead), "body": body})} | fields


def test_what_is_typed_is_shown_before_it_is_saved_and_nothing_is_stored(client, editor):
    post = make_post("At first", text="<p>Old words.</p>")
    photo = make_photo(caption="A new picture.")
    picture = {"type": "caption", "attrs": {"id": "c", "photo": photo.slug}}
    client.force_login(editor)

    page = client.post(
        unsaved_url(post), sent(prose("New words."), [picture], headline="Now", topics="new:Floods")
    )

    for words in ("New words.", "Now", "Floods", "A new picture."):
        assert words in page.text
    assert "Old words." not in page.text
    assert "private, no-store" in page["Cache-Control"]
    post.refresh_from_db()
    assert (post.headline, post.version) == ("At first", 1)
    assert Text.objects.get().html == "<p>Old words.</p>"
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    "document",
    ["", "x", "[]", "{}", '{"lead": 1, "body": []}', "[" * 3_000, '{"lead": [], "body": [7]}'],
)
def test_what_is_no_story_leaves_the_saved_words_in_the_preview(client, editor, document):
    post = make_post(text="<p>Saved words.</p>")
    client.force_login(editor)

    page = client.post(unsaved_url(post), {"document": document})

    assert page.status_code == 200
    assert "Saved words." in page.text


def test_a_part_that_cannot_be_saved_is_left_out_of_the_preview(client, editor):
    post = make_post()
    gone = {"type": "caption", "attrs": {"id": "c", "photo": "no-such-picture"}}
    client.force_login(editor)

    page = client.post(unsaved_url(post), sent([*prose("Words of mine."), gone], headline=""))

    assert page.status_code == 200
    assert "Words of mine." in page.text


def test_markup_in_unsaved_words_is_cleaned_like_what_is_saved(client, editor):
    post = make_post()
    client.force_login(editor)

    page = client.post(unsaved_url(post), sent(prose("<script>alert(1)</script>")))

    assert "<script>alert" not in page.text


def test_unsaved_words_are_shown_to_nobody_but_the_desk(client, editor):
    post = make_post()

    assert client.post(unsaved_url(post), sent(prose("x"))).status_code == 302
    client.force_login(make_user(role=None))
    assert client.post(unsaved_url(post), sent(prose("x"))).status_code == 403
    client.force_login(editor)
    assert client.get(unsaved_url(post)).status_code == 405
