"""Blocks on the writing screen."""

import pytest

from articles.admin.posts import blocks
from articles.desk.blocks import BLOCK_MODELS, UnknownKind
from tests.admin.filling import add_block, errors_of, save
from tests.builders import make_link, make_photo, make_post, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_every_kind_of_block_can_be_edited():
    assert [inline.model for inline in blocks.inlines()] == list(BLOCK_MODELS.values())


def test_a_kind_without_an_inline_is_an_error(monkeypatch):
    monkeypatch.delitem(blocks.INLINES, "embed")

    with pytest.raises(UnknownKind):
        blocks.inlines()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose a story"),
        ({"url": "https://example.org/"}, "Give the outside page a title"),
        ({"story": "other", "url": "https://example.org/", "title": "Page"}, "Choose either"),
        ({"story": "itself"}, "cannot be related to itself"),
        ({"url": "javascript:x", "title": "Page"}, "Enter a valid URL"),
    ],
)
def test_a_related_link_has_one_target_and_says_what_is_wrong(desk, fields, message):
    post = make_post()
    stories = {"other": make_post().pk, "itself": post.pk}
    if "story" in fields:
        fields = fields | {"story": stories[fields["story"]]}

    page = save(
        desk, post, change=lambda data: add_block(data, "relatedlink", label="watch", **fields)
    )

    assert message in errors_of(page)
    assert not post.articles_relatedlink_set.exists()


def test_a_link_to_a_story_that_is_not_live_is_marked(desk):
    post = make_post()
    make_link(post, make_story("Seen by readers"))
    address = f"/admin/articles/post/{post.pk}/change/"
    assert "Readers do not see this yet" not in desk.get(address).text

    make_link(post, make_post("Still a draft"))

    assert desk.get(address).text.count("Readers do not see this yet") == 1


def test_a_head_says_what_the_block_holds(desk):
    post = make_post(text="<p>First <strong>words</strong>.</p>", photo=make_photo(caption="Snow."))

    page = desk.get(f"/admin/articles/post/{post.pk}/change/")

    assert '<span class="inline_label">First words.</span>' in page.text
    assert '<span class="inline_label">Snow.</span>' in page.text


def test_what_limits_a_picture_is_shown_to_whoever_chooses_it(desk):
    photo = make_photo(slug="snow", rights_note="EMBARGOED until Monday", rights_until="2030-01-02")
    said = "may be used until 2 January 2030 · EMBARGOED until Monday"
    asked = {
        "app_label": "articles",
        "model_name": "caption",
        "field_name": "photo",
        "term": "snow",
    }

    found = desk.get("/admin/autocomplete/", asked).json()["results"][0]
    page = desk.get(f"/admin/articles/post/{make_post(photo=photo).pk}/change/").text

    assert (found["rights"], found["note"]) == (said, f"PA Images · {said}")
    assert f'<p class="block-rights">{said}</p>' in page
    assert f'data-note="PA Images · {said}"' in page


def test_a_picture_shows_its_thumbnail_and_the_librarys_words(desk):
    photo = make_photo(credit="An agency")

    page = desk.get(f"/admin/articles/post/{make_post(photo=photo).pk}/change/")

    assert f"renditions/{photo.token}/square" in page.text
    assert 'placeholder="An agency"' in page.text
