"""Blocks on the writing screen: what a story may hold, and what is said of what is wrong."""

import pytest

from articles.desk.blocks import BLOCK_MODELS, Text
from tests.admin.filling import add_block, edit, errors_of, save
from tests.admin.forms import change_url, shown
from tests.admin.writing.sending import document_of
from tests.builders import make_link, make_photo, make_post, make_recording, make_story

pytestmark = pytest.mark.django_db

EXAMPLES = {
    "text": {"html": "<p>More words.</p>"},
    "pullquote": {"text": "Well said.", "attribution": "Anna"},
    "embed": {"url": "https://example.org/", "title": "A film", "provider": "Elsewhere"},
    "relatedlink": {"label": "watch", "url": "https://example.org/", "title": "A page"},
    "chart": {
        "shape": "line",
        "title": "Votes",
        "description": "They rose.",
        "unit": "%",
        "decimal": "comma",
        "source": "ONS",
        "note": "Estimates.",
        "cells": "\tA\n2024\t1,5",
    },
    "table": {"title": "Votes", "source": "ONS", "head": "both", "cells": "Party\tSeats\nRed\t12"},
    "alternative": {"about": "", "field": "headline", "text": "Theirs", "who": "Anna"},
    "caption": {"caption": "Snow.", "credit": "AP", "alt": "A street."},
    "gallery": {"title": "Snow everywhere"},
    "film": {"title": "The flood", "caption": "At four.", "credit": "AP"},
    "sound": {"title": "The mayor", "caption": "At five.", "credit": "AP"},
}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def refs(client, post):
    return shown(client, change_url(post))["state"]["refs"]


def of_the_library(kind):
    """What an example of this kind shows of the library."""
    if kind == "caption":
        return {"photo": make_photo().slug}
    return {"recording": make_recording(kind).slug} if kind in {"film", "sound"} else {}


def test_every_kind_of_block_can_be_written():
    assert EXAMPLES.keys() == BLOCK_MODELS.keys()


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_block_of_any_kind_is_stored_as_it_was_written_and_removed_again(desk, kind):
    post = make_post(text="")
    attrs = EXAMPLES[kind] | of_the_library(kind)

    save(desk, post, change=lambda data: add_block(data, kind, **attrs))

    block = BLOCK_MODELS[kind].objects.get(parent=post)
    for name, value in EXAMPLES[kind].items():
        assert getattr(block, name) == value
    save(desk, post, change=lambda data: edit(data, lambda document: document["body"].clear()))
    assert not BLOCK_MODELS[kind].objects.exists()


@pytest.mark.parametrize(
    ("kind", "slug", "message"),
    [
        ("film", "", "Choose a film or a sound."),
        ("film", "nobody-has-it", "no longer in the library"),
        ("film", "\x00", "Choose a film or a sound."),
        ("film", "mayor", "A film is put in as a film"),
    ],
)
def test_a_film_is_one_of_the_library(desk, kind, slug, message):
    make_recording("sound", slug="mayor")
    post = make_post()

    response = save(desk, post, change=lambda data: add_block(data, kind, recording=slug))

    assert message in str(errors_of(response))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose a story"),
        ({"url": "https://example.org/"}, "Give the outside page a title"),
        ({"story": "other", "url": "https://example.org/", "title": "Page"}, "Choose either"),
        ({"story": "itself"}, "cannot be related to itself"),
        ({"url": "javascript:x", "title": "Page"}, "Enter a valid URL"),
        ({"story": "nonsense"}, "no longer there"),
        ({"label": "shout", "url": "https://example.org/", "title": "Page"}, "not a valid choice"),
    ],
)
def test_a_related_link_has_one_target_and_says_what_is_wrong(desk, fields, message):
    post = make_post()
    stories = {"other": make_post().uuid, "itself": post.uuid}
    if "story" in fields:
        fields = fields | {"story": str(stories.get(fields["story"], fields["story"]))}

    page = save(desk, post, change=lambda data: add_block(data, "relatedlink", **fields))

    assert message in errors_of(page)
    assert not post.articles_relatedlink_set.exists()


def test_a_link_to_a_story_that_is_not_live_is_marked(desk):
    post = make_post()
    seen, draft = make_story("Seen by readers"), make_post("Still a draft")
    make_link(post, seen)
    make_link(post, draft)

    stories = refs(desk, post)["stories"]

    assert stories[str(seen.uuid)]["live"]
    assert not stories[str(draft.uuid)]["live"]


def test_what_limits_a_picture_is_shown_to_whoever_has_it_in_a_story(desk):
    photo = make_photo(slug="snow", rights_note="EMBARGOED until Monday", rights_until="2030-01-02")

    facts = refs(desk, make_post(photo=photo))["photos"]["snow"]

    assert "may be used until 2 January 2030 · EMBARGOED until Monday" in facts["rights"]
    assert facts["usable"]


def test_a_picture_shows_its_thumbnail_and_the_librarys_words(desk):
    photo = make_photo(credit="An agency")

    facts = refs(desk, make_post(photo=photo))["photos"][photo.slug]

    assert f"renditions/{photo.token}/" in facts["thumb"]
    assert facts["credit"] == "An agency"


@pytest.mark.parametrize("kind", sorted(EXAMPLES.keys() - {"caption"}))
def test_a_block_stands_only_in_a_region_of_its_kind(desk, kind):
    post = make_post(text="")

    attrs = EXAMPLES[kind] | of_the_library(kind)

    page = save(desk, post, change=lambda data: add_block(data, kind, region="lead", **attrs))

    assert "cannot stand here" in errors_of(page)
    assert document_of(post) == {"lead": [], "body": []}


def test_a_block_that_is_wrong_stays_as_it_was_and_the_rest_is_saved(desk):
    post = make_post(text="<p>One.</p>")
    link = make_link(post)

    def change(data):
        edit(data, lambda document: document["body"][-1]["attrs"].update(url="nonsense"))
        add_block(data, "text", html="<p>Two.</p>")

    page = save(desk, post, change=change)

    assert "Enter a valid URL" in errors_of(page)
    assert post.articles_relatedlink_set.get().url == link.url
    assert [block.html for block in Text.objects.all()] == ["<p>One.</p>", "<p>Two.</p>"]
