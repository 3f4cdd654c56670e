"""A topic, an author or a section that goes while a story with it is being saved or published."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from articles.models import Edition, Topic
from articles.publishing.names.merge import merge
from articles.publishing.names.undo import undo
from tests.admin.browsing import sent_by
from tests.admin.filling import errors_of, retype
from tests.admin.forms import change_url, filled
from tests.admin.saves.test_two_at_once import both_at_once, roles_of_the_desk, signed_in  # noqa: F401
from tests.admin.writing.sending import document_of, words
from tests.builders import make_author, make_post, make_section, make_topic

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def saved_while(remove, client, address, data):
    """The answer to a POST that is sent while `remove()` waits to be committed."""
    sent, answers = threading.Event(), []

    def send():
        sent.set()
        try:
            answers.append(client.post(address, data))
        finally:
            connection.close()

    thread = threading.Thread(target=send)
    with transaction.atomic():
        remove()
        thread.start()
        sent.wait(10)
        thread.join(1)  # until it waits for this transaction, or has ended
    thread.join(30)
    return answers[0]


def test_a_story_saved_while_its_topic_is_merged_keeps_its_words_and_says_so():
    post, gone, kept = make_post(), make_topic("UN"), make_topic("United Nations")
    client = signed_in()
    data = retype(filled(client, post), 0, "Typed words.")
    data |= {"headline": "Typed headline", "topics": [str(gone.pk)]}

    answer = saved_while(lambda: merge([gone], kept, by=None), client, change_url(post), data)

    assert answer.status_code == 302
    assert "A colleague merged or deleted" in errors_of(client.get(answer.url))
    post.refresh_from_db()
    assert post.headline == "Typed headline"
    assert words(document_of(post)) == ["Typed words."]
    client.post(change_url(post), filled(client, post) | {"topics": [str(kept.pk)]})
    assert [row.tag for row in post.post_topics.all()] == [kept]


def test_a_story_published_while_its_topic_is_merged_is_on_the_other():
    kept = make_topic("United Nations")
    post = make_post(topics=["UN"])
    client = signed_in()
    address = f"/admin/articles/post/{post.pk}/step/publish/"
    seen = client.get(address).context["seen"]
    gone = Topic.objects.get(name="UN")

    answer = saved_while(lambda: merge([gone], kept, by=None), client, address, {"seen": seen})

    assert answer.status_code == 302
    assert [line.topic for line in Edition.objects.get().topic_listings.all()] == [kept]


@pytest.mark.parametrize("kind", ["named_authors", "section", "topics"])
def test_what_was_deleted_meanwhile_is_told_beside_its_field(kind):
    make = {"named_authors": make_author, "section": make_section, "topics": make_topic}[kind]
    post, gone = make_post(section="World"), make("Gone")
    client = signed_in()
    data = filled(client, post) | {"headline": "Typed words"}
    data[kind] = gone.pk if kind == "section" else [str(gone.pk)]

    address = f"/admin/articles/post/{post.pk}/save/"
    answer = saved_while(gone.delete, client, address, data)

    assert answer.status_code == 200
    assert list(answer.json()["errors"]) == [kind]
    post.refresh_from_db()
    assert post.headline == "Typed words"
    assert post.section.name == "World"


def test_two_merges_of_one_topic_at_once_make_one_and_one_is_told():
    gone, one, other = make_topic("UN"), make_topic("One"), make_topic("Other")
    posts = [
        (
            signed_in(),
            "/admin/articles/topic/merge/",
            {"row": [gone.pk, kept.pk], "keep": kept.pk},
        )
        for kept in (one, other)
    ]

    statuses = both_at_once(*posts)

    assert statuses == [302, 302]
    assert not Topic.objects.filter(pk=gone.pk).exists()
    assert one.aliases.count() + other.aliases.count() == 1


def test_two_aliases_or_authors_with_one_address_at_once_are_one_and_one_is_told():
    none = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    data = {"name": "Anna", "slug": "anna"} | none
    statuses = both_at_once(*((signed_in(), "/admin/articles/author/add/", data) for _ in range(2)))
    assert sorted(statuses) == [200, 302]

    topics, people = [make_topic("One"), make_topic("Other")], [signed_in(), signed_in()]
    posts = []
    for client, topic in zip(people, topics, strict=True):
        address = f"/admin/articles/topic/{topic.pk}/change/"
        form = {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "Alias", "aliases-0-slug": "alias"}
        posts.append((client, address, form_of_topic(client, address) | form))
    assert sorted(both_at_once(*posts)) == [200, 302]


def form_of_topic(client: Client, address):
    return sent_by(client.get(address))


def test_a_merge_that_two_people_undo_at_once_is_undone_once():
    post = make_post(topics=["UN"])
    change = merge([make_topic("UN")], make_topic("United Nations"), by=None)[0]
    address = f"/admin/articles/topic/names/{change.pk}/undo/"

    statuses = both_at_once(*((signed_in(), address, {}) for _ in range(2)))

    assert statuses == [302, 302]
    assert [row.tag.name for row in post.post_topics.all()] == ["UN"]
    assert Topic.objects.filter(name="UN").count() == 1


def test_a_story_saved_while_a_merge_is_undone_keeps_its_words_and_has_its_topic_again():
    post = make_post(topics=["UN"])
    kept = make_topic("United Nations")
    change = merge([make_topic("UN")], kept, by=None)[0]
    client = signed_in()
    data = filled(client, post) | {"headline": "Typed headline"}

    answer = saved_while(lambda: undo(change, by=None), client, change_url(post), data)

    assert answer.status_code == 302
    post.refresh_from_db()
    assert post.headline == "Typed headline"
    assert [row.tag.name for row in post.post_topics.all()] == ["UN"]


def test_two_people_make_no_circle_of_broader_topics_together():
    topics = make_topic("One"), make_topic("Other")
    posts = []
    for topic, above in (topics, topics[::-1]):
        client, address = signed_in(), f"/admin/articles/topic/{topic.pk}/change/"
        posts.append((client, address, form_of_topic(client, address) | {"broader": above.pk}))

    both_at_once(*posts)

    assert Topic.objects.filter(broader=None).count() == 1
