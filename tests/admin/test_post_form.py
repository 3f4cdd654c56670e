"""The post's form: writing a story."""

import pytest

from articles.models import Post
from tests.builders import make_link, make_photo, make_post

pytestmark = pytest.mark.django_db


def test_the_form_shows_a_story_with_every_kind_of_block(client, editor):
    post = make_post(text="<p>First words.</p>", photo=make_photo())
    make_link(post, make_post("The other story"))
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{post.pk}/change/")

    assert "First words." in page.text
    assert "The other story" in page.text


def test_the_import_map_carries_the_nonce_of_the_page(client, editor):
    client.force_login(editor)

    page = client.get("/admin/articles/post/add/")

    nonce = page.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in page.text
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert Post.objects.count() == 0
