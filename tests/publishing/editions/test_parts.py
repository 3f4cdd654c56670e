"""Reading the parts of posts."""

import pytest

from articles.desk.blocks import BLOCK_MODELS
from articles.models import (
    Alternative,
    Caption,
    Chart,
    Embed,
    Gallery,
    PostAuthor,
    PullQuote,
    Table,
)
from articles.publishing.editions.document import Parts
from tests.builders import make_link, make_photo, make_post, make_recording, play

pytestmark = pytest.mark.django_db


def full_post(headline="", *, times=1):
    """A post with blocks of every kind."""
    post = make_post(
        headline, topics=["Syria", "Aleppo"], authors=["Zoe", "Anna Brown"], photo=make_photo()
    )
    target = make_post()
    for place in range(times):
        at = {"parent": post, "region": "body", "ordering": 200 - place}
        Caption.objects.create(photo=make_photo(decorative=True), caption="Ours", ids=["a"], **at)
        PullQuote.objects.create(text="She said so.", **at)
        Embed.objects.create(url="https://www.youtube.com/watch?v=aaaaaaaaaaa", **at)
        Chart.objects.create(cells="\tA\n2024\t1", **at)
        Table.objects.create(cells="Party\tSeats\nRed\t12", **at)
        Alternative.objects.create(text="Other words", who="Zoe", **at)
        Gallery.objects.create(title="Snow", **at)
        play(post, make_recording())
        play(post, make_recording("sound"), caption="Ours")
        make_link(post, target, label="read")
        make_link(post)
    return post


def test_many_posts_with_many_blocks_are_read_in_as_few_queries_as_one(django_assert_num_queries):
    posts = [full_post(), full_post(times=3)]
    Parts(posts)  # the statement is compiled

    with django_assert_num_queries(2):
        Parts(posts[:1])
    with django_assert_num_queries(2):
        parts = Parts(posts)
        assert [block.as_data() for post in posts for block in parts.blocks[post.pk]]


def test_every_kind_of_block_is_read_as_it_is_stored(django_assert_num_queries):
    post = full_post()
    stored = [block for model in BLOCK_MODELS.values() for block in model.with_related()]
    stored = sorted((each for each in stored if each.parent_id == post.pk), key=place_of)
    assert {each.kind for each in stored} == {*BLOCK_MODELS}

    read = Parts([post]).blocks[post.pk]

    assert read == stored
    assert [values_of(each) for each in read] == [values_of(each) for each in stored]
    with django_assert_num_queries(0):
        captions = [each.photo for each in read if each.kind == "caption"]
        stories = [each.story for each in read if each.kind == "relatedlink"]
    kept = [each.photo for each in stored if each.kind == "caption"]
    assert [values_of(photo) for photo in captions] == [values_of(photo) for photo in kept]
    assert [bool(story) for story in stories] == [True, False]


def test_authors_stand_in_the_order_of_the_byline_and_topics_as_they_were_given():
    post = full_post()
    PostAuthor.objects.filter(post=post, author__name="Zoe").update(position=9)

    parts = Parts([post])

    assert [author.name for author in parts.authors[post.pk]] == ["Anna Brown", "Zoe"]
    assert [topic.name for topic in parts.topics[post.pk]] == ["Syria", "Aleppo"]
    assert all(values_of(topic) for topic in parts.topics[post.pk])


def test_a_block_that_was_read_can_be_saved():
    post = make_post(text="<p>Before.</p>")
    block = Parts([post]).blocks[post.pk][0]

    block.html = "<p>After.</p>"
    block.save()

    assert [each.html for each in Parts([post]).blocks[post.pk]] == ["<p>After.</p>"]


def test_a_post_without_anything_has_no_parts():
    post = make_post(text="")
    parts = Parts([post])
    assert (parts.blocks[post.pk], parts.authors[post.pk], parts.topics[post.pk]) == ([], [], [])
    assert not Parts([]).blocks


def place_of(block):
    return block.ordering, block.pk


def values_of(instance):
    """The values of a row, with their types."""
    fields = instance._meta.concrete_fields
    found = {field.name: getattr(instance, field.attname) for field in fields}
    return {name: (type(value), value) for name, value in found.items()}
