"""Topics and authors, merged without losing a story or a link, and the way back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey

from articles.desk import roles
from articles.desk.search.find import find_posts
from articles.models import Author, MergedLine, NameChange, OldAddress, Post, Topic, TopicAlias
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.names.kinds import KINDS
from articles.publishing.names.merge import merge, told_apart
from articles.publishing.names.refusals import GoneMeanwhile, NameRefused
from articles.publishing.names.undo import undo
from articles.publishing.steps.publish import publish
from tests.builders import (
    make_author,
    make_photo,
    make_post,
    make_story,
    make_topic,
    make_user,
    rewrite,
)

pytestmark = pytest.mark.django_db


def on_desk(topic):
    return {row.content_object.headline for row in topic.post_topics.all()}


def listed(row):
    return {line.edition.headline for line in row.listings.all()}


def in_order(post):
    return [str(row.tag) for row in post.post_topics.all()]


def merged(gone, kept, *, by=None):
    return merge([make_topic(gone)], make_topic(kept), by=by)[0]


def found_on_desk(words):
    found = find_posts(words, Post.objects.all())
    return [Post.objects.get(pk=key) for key in found.keys]


def named(name):
    return Topic.objects.get(name=name)


def test_undoing_a_merge_gives_back_just_what_came():
    both = make_story("Both", topics=["UN", "Syria", "United Nations"])
    make_story("One", topics=["UN"])
    make_story("Other", topics=["United Nations"])
    make_topic("UN").aliases.create(name="The UN", slug="the-un")
    make_topic("United Nations").aliases.create(name="Uno", slug="uno")
    key = make_topic("UN").pk
    change = merged("UN", "United Nations")
    assert in_order(both) == ["Syria", "United Nations"]

    undo(change, by=None)

    un, nations = named("UN"), named("United Nations")
    assert un.pk == key
    assert on_desk(un) == listed(un) == {"Both", "One"}
    assert on_desk(nations) == listed(nations) == {"Both", "Other"}
    assert in_order(both) == ["UN", "Syria", "United Nations"]
    assert [row.slug for row in un.aliases.all()] == ["the-un"]
    assert [row.slug for row in nations.aliases.all()] == ["uno"]


def test_a_topic_comes_back_with_its_words_picture_pins_and_former_addresses(client):
    story, photo = make_story("Pinned", topics=["UN"]), make_photo()
    un = make_topic("UN")
    un.description, un.picture, un.slug = "What it is.", photo, "the-un"
    un.save()
    un.pins.create(post=story, position=3)
    narrower = Topic.objects.create(name="Unicef", slug="unicef", broader=un)
    change = merged("United Nations", "World")  # something else that stays merged
    change = merge([un], make_topic("World"), by=None)[0]
    narrower.refresh_from_db()
    assert narrower.broader == make_topic("World")

    undo(change, by=None)

    again = named("UN")
    assert (again.description, again.picture, again.slug) == ("What it is.", photo, "the-un")
    assert [(pin.post, pin.position) for pin in again.pins.all()] == [(story, 3)]
    assert client.get("/topics/un/").headers["Location"] == "/topics/the-un/"
    assert client.get("/topics/the-un/").status_code == 200
    narrower.refresh_from_db()
    assert narrower.broader == again


def test_what_was_changed_since_stays_changed():
    kept, dropped, gone = (make_story(name, topics=["UN"]) for name in ("Kept", "Dropped", "Gone"))
    change = merged("UN", "United Nations")
    dropped.post_topics.all().delete()
    new = make_post("New", topics=["United Nations"])
    draft = make_post("Draft", topics=["Syria"])
    draft.delete()

    undo(change, by=None)

    assert on_desk(named("UN")) == {"Kept", "Gone"}
    assert on_desk(named("United Nations")) == {"New"}
    assert in_order(dropped) == []
    assert (in_order(kept), in_order(gone), in_order(new)) == (["UN"], ["UN"], ["United Nations"])


@pytest.mark.parametrize("first", [0, 1])
def test_two_merges_into_one_are_undone_in_either_order(first):
    post = make_story("Story", topics=["UN", "Uno"])
    changes = [merged("UN", "United Nations"), merged("Uno", "United Nations")]
    assert in_order(post) == ["United Nations"]

    undo(changes.pop(first), by=None)

    left, back = ("UN", "Uno") if first else ("Uno", "UN")
    assert set(in_order(post)) == {"United Nations", back}
    assert listed(named("United Nations")) == listed(named(back)) == {"Story"}
    undo(changes.pop(), by=None)
    assert set(in_order(post)) == {left, back}
    assert listed(named(left)) == {"Story"}
    assert listed(named("United Nations")) == set()


def test_a_merge_of_what_was_merged_is_undone_first():
    make_story("Story", topics=["UN"])
    first, second = merged("UN", "Uno"), merged("Uno", "United Nations")

    with pytest.raises(NameRefused, match="“Uno” was merged"):
        undo(first, by=None)

    undo(second, by=None)
    undo(first, by=None)
    assert listed(named("UN")) == {"Story"}


def test_nothing_is_undone_twice():
    change = merged("UN", "United Nations")
    undo(change, by=None)

    with pytest.raises(NameRefused, match="undone already"):
        undo(change, by=None)


def test_a_merge_stays_when_another_topic_has_the_name_by_now():
    change = merged("UN", "United Nations")
    TopicAlias.objects.all().delete()
    make_topic("UN")

    with pytest.raises(NameRefused, match=r"already exists|belongs to"):
        undo(change, by=None)

    assert NameChange.objects.get().undone_at is None


def test_a_merge_and_its_undoing_are_logged_with_who_and_how_many(editor):
    make_story(topics=["UN"])
    make_post(topics=["UN", "United Nations"])

    change = merged("UN", "United Nations", by=editor)

    change.refresh_from_db()
    assert (change.name, change.new_name, change.stories) == ("UN", "United Nations", 2)
    assert (change.by, change.undone_at) == (editor, None)
    undo(change, by=editor)
    change.refresh_from_db()
    assert change.undone_by == editor


@pytest.mark.parametrize("role", [roles.REPORTER, roles.PICTURE_EDITOR, None])
def test_only_those_who_may_delete_topics_merge_and_undo(role, editor):
    person = make_user(role)
    with pytest.raises(PermissionDenied):
        merged("UN", "United Nations", by=person)
    change = merged("UN", "United Nations", by=editor)
    with pytest.raises(PermissionDenied):
        undo(change, by=person)
    assert not Topic.objects.filter(name="UN").exists()


def test_the_second_of_two_merges_learns_that_the_topic_is_gone():
    un, kept = make_topic("UN"), make_topic("United Nations")
    merge([un], kept, by=None)

    with pytest.raises(GoneMeanwhile, match="“UN” is not there any more"):
        merge([kept], Topic(pk=un.pk or 0, name="UN"), by=None)
    assert Topic.objects.get() == kept


def test_merging_tells_every_page():
    before, _highest = highest_stamp()
    change = merged("UN", "United Nations")
    between, _highest = highest_stamp()
    undo(change, by=None)

    assert before < between < highest_stamp()[0]


def test_a_broader_topic_is_merged_into_a_narrower_one_without_a_circle():
    world = make_topic("World")
    asia = Topic.objects.create(name="Asia", slug="asia", broader=world)
    syria = Topic.objects.create(name="Syria", slug="syria", broader=asia)

    change = merge([asia], syria, by=None)[0]

    syria.refresh_from_db()
    assert syria.broader == world
    undo(change, by=None)
    assert named("Syria").broader == named("Asia")
    assert named("Asia").broader == world


def test_an_author_is_merged_with_stories_sign_in_and_pages(client, reporter):
    make_story("Hers", authors=["A. Brown"])
    make_story("Both", authors=["A. Brown", "Anna Brown"])
    double, anna = make_author("A. Brown"), make_author("Anna Brown")
    Author.objects.filter(pk=double.pk).update(user=reporter)

    change = merge([double], anna, by=None)[0]

    anna.refresh_from_db()
    assert anna.user == reporter
    assert listed(anna) == {"Hers", "Both"}
    assert client.get("/authors/a-brown/").headers["Location"] == "/authors/anna-brown/"
    assert "Hers" in client.get("/authors/anna-brown/").text
    undo(change, by=None)
    anna.refresh_from_db()
    assert anna.user is None
    again = Author.objects.get(name="A. Brown")
    assert again.user == reporter
    assert listed(again) == {"Hers", "Both"}
    assert listed(anna) == {"Both"}


def test_an_edition_since_stays_where_it_was_published():
    story = make_story("Story", topics=["UN"])
    change = merged("UN", "United Nations")
    rewrite(story, "More.")
    publish(story, by=None)

    undo(change, by=None)

    assert in_order(story) == ["UN"]
    assert [line.edition.number for line in named("UN").listings.all()] == [1]
    assert [line.edition.number for line in named("United Nations").listings.all()] == [2]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_merge_knows_every_table_that_names_such_a_row(kind):
    known = {(place.model, place.name) for place in kind.places} | {
        (model, name) for model, name, _unique in told_apart(kind)
    }
    relations = {
        (relation.related_model, relation.field.name)
        for relation in kind.model._meta.related_objects
        if isinstance(relation.field, ForeignKey)
    }

    assert relations == known


def test_many_stories_are_merged_in_a_few_statements(django_assert_max_num_queries):
    make_stories = [make_post(topics=["UN"]) for _number in range(5)]
    kept = make_topic("United Nations")
    assert make_stories
    with django_assert_max_num_queries(60) as few:
        change = merge([make_topic("UN")], kept, by=None)[0]
    with django_assert_max_num_queries(60):
        undo(change, by=None)
    for _number in range(30):
        make_post(topics=["UN"])
    with django_assert_max_num_queries(len(few) + 1):
        merge([make_topic("UN")], kept, by=None)
    assert MergedLine.objects.count() == 40


def test_the_log_keeps_its_moment():
    at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    make_topic("UN")

    change = merge([make_topic("UN")], make_topic("United Nations"), by=None, now=at)[0]

    assert change.at == at


def test_a_topic_cannot_be_merged_into_itself():
    topic = make_topic()

    with pytest.raises(ValueError, match="itself"):
        merge([topic], topic, by=None)


def test_a_topic_is_merged_also_when_its_address_is_that_of_another_name():
    old, third, wanted = make_topic("UN"), make_topic("Third"), make_topic("United Nations")
    TopicAlias.objects.create(topic=third, name="The UN", slug="x")
    TopicAlias.objects.filter(slug="x").update(slug="un", name="UN")

    merge([old], wanted, by=None)

    assert TopicAlias.objects.get(slug="un").topic == wanted


def test_the_desk_finds_stories_by_the_names_that_they_have_now():
    post = make_post("Headline", topics=["UN"])
    make_post("Other", topics=["Syria"])
    change = merged("UN", "United Nations")
    assert found_on_desk("nations") == [post]
    assert found_on_desk("UN") == [post]

    undo(change, by=None)

    assert found_on_desk("nations") == []


def test_addresses_of_another_site_go_along_and_come_back():
    old = OldAddress.objects.create(key="/tag/un", topic=make_topic("UN"))

    change = merged("UN", "United Nations")

    old.refresh_from_db()
    assert old.topic == named("United Nations")
    undo(change, by=None)
    old.refresh_from_db()
    assert old.topic == named("UN")
