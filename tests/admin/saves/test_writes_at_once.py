"""Requests that write at the same moment: one row each, nothing undone, and nobody sees a 500."""

import datetime as dt
import threading
from copy import copy

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.desk.optimistic_lock import next_version
from articles.desk.writing.document import read, write
from articles.models import Author, Photo, Post, Section, Topic
from articles.publishing.names.merge import merge
from articles.publishing.pictures.merge import merge_pictures
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.step import lock_post
from tests.admin.browsing import sent_by
from tests.admin.filling import add_block
from tests.admin.forms import change_url, filled
from tests.admin.saves.test_two_at_once import both_at_once, roles_of_the_desk
from tests.admin.writing.sending import document_of, paragraph, words
from tests.builders import make_photo, make_post, make_user
from tests.library.pictures.files import picture_file

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

__all__ = ["roles_of_the_desk"]


def chief():
    client = Client()
    client.force_login(User.objects.create_superuser(f"chief{User.objects.count()}"))
    return client


def until_somebody_waits():
    """Return when another connection waits for a lock."""
    for _try in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.01)
    raise AssertionError("nobody waits")


def while_held(hold, send):
    """Do `hold` in a transaction that ends when `send`, in a thread, waits for it."""
    answers = []

    def sending():
        try:
            answers.append(send())
        finally:
            connection.close()

    thread = threading.Thread(target=sending)
    with transaction.atomic():
        hold()
        thread.start()
        until_somebody_waits()
    thread.join(60)
    return answers[0]


def test_a_save_that_waited_for_a_publication_takes_nothing_of_it_back():
    post = make_post("At first")
    picture_editor = make_user("Picture editor")
    client = Client()
    client.force_login(picture_editor)
    editor = make_user()
    page = sent_by(client.get(change_url(post)))

    answer = while_held(
        lambda: publish(post, by=editor),
        lambda: client.post(change_url(post), page | {"headline": "Later"}),
    )

    assert answer.status_code == 302
    stored = Post.objects.get()
    edition = stored.editions.get()
    assert (stored.headline, stored.status) == ("Later", "published")
    assert stored.published_at == edition.published_at
    assert stored.slug == edition.slug


def test_an_account_save_that_waited_does_not_give_back_what_was_taken():
    bob = User.objects.create_user("bob", is_staff=True)
    client = chief()
    address = f"/admin/auth/user/{bob.pk}/change/"
    page = sent_by(client.get(address))

    answer = while_held(
        lambda: User.objects.filter(pk=bob.pk).update(is_active=False),
        lambda: client.post(address, page | {"first_name": "Robert"}),
    )

    assert answer.status_code == 200
    assert not User.objects.get(pk=bob.pk).is_active


def test_a_new_password_that_waited_does_not_wake_an_account():
    bob = User.objects.create_user("bob", is_staff=True)
    client = chief()
    address = f"/admin/auth/user/{bob.pk}/password/"
    words = {"password1": "a-long-one-9", "password2": "a-long-one-9", "set-password": "1"}

    answer = while_held(
        lambda: User.objects.filter(pk=bob.pk).update(is_active=False),
        lambda: client.post(address, words | {"usable_password": "true"}),
    )

    assert answer.status_code == 302
    bob.refresh_from_db()
    assert bob.check_password("a-long-one-9")
    assert not bob.is_active


def test_ones_own_new_password_that_waited_does_not_wake_the_account():
    bob = User.objects.create_user("bob", password="an-old-one-9", is_staff=True)
    client = Client()
    client.force_login(bob)
    words = {
        "old_password": "an-old-one-9",
        "new_password1": "a-long-one-9",
        "new_password2": "a-long-one-9",
    }

    while_held(
        lambda: User.objects.filter(pk=bob.pk).update(is_active=False),
        lambda: client.post("/admin/password_change/", words),
    )

    assert not User.objects.get(pk=bob.pk).is_active


@pytest.mark.parametrize(
    ("where", "model", "fields"),
    [
        ("articles/post", Post, {"headline": "A quiet day"}),
        ("articles/topic", Topic, {"name": "Syria", "slug": "syria"}),
    ],
)
def test_one_form_sent_twice_at_once_makes_one_row(where, model, fields):
    client = chief()
    address = f"/admin/{where}/add/"
    page = sent_by(client.get(address)) | fields

    statuses = both_at_once((client, address, page), (client, address, page))

    assert statuses == [302, 302]
    assert model.objects.count() == 1


def test_one_photo_form_sent_twice_at_once_makes_one_photo():
    client = chief()
    address = "/admin/articles/photo/add/"
    page = sent_by(client.get(address))
    posts = [(client, address, page | {"file": picture_file()}) for _time in range(2)]

    statuses = both_at_once(*posts)

    # Pictures are read one at a time: the second may be asked to come again, and finds the first's.
    assert sorted(statuses) in ([200, 302], [302, 302])
    answer = client.post(address, page | {"file": picture_file()})
    assert answer.url == f"/admin/articles/photo/{Photo.objects.get().pk}/change/"


@pytest.mark.parametrize(
    ("where", "model", "fields"),
    [
        ("articles/section", Section, {"name": "World", "slug": "world"}),
        ("articles/author", Author, {"name": "Anna", "slug": "anna"}),
    ],
)
def test_of_two_people_who_make_the_same_row_at_once_one_is_told(where, model, fields):
    address = f"/admin/{where}/add/"
    people = [chief(), chief()]
    posts = [(client, address, sent_by(client.get(address)) | fields) for client in people]

    assert sorted(both_at_once(*posts)) == [200, 302]
    assert model.objects.count() == 1


def test_a_topic_merged_while_a_story_with_it_is_saved_loses_no_words():
    old, kept = (Topic.objects.create(name=name, slug=name) for name in ("old", "kept"))
    post = make_post()
    client = chief()
    page = sent_by(client.get(change_url(post))) | {"headline": "Typed", "topics": [str(old.pk)]}

    answer = while_held(
        lambda: merge([old], kept, by=None), lambda: client.post(change_url(post), page)
    )

    assert answer.status_code == 302
    assert Post.objects.get().headline == "Typed"
    assert set(post.topics.all()) <= {kept}


def test_an_autosave_that_waited_for_a_colleagues_keeps_both():
    post = make_post(text="<p>One.</p>")
    client, theirs = chief(), make_user()
    data = add_block(filled(client, post), "text", html="<p>Mine.</p>")

    answer = while_held(
        lambda: save_as(post, theirs),
        lambda: client.post(f"/admin/articles/post/{post.pk}/save/", data | {"auto": "1"}),
    )

    assert answer.status_code == 200
    assert words(document_of(post)) == ["Theirs.", "Mine."]


def save_as(post, user):
    """Save other words in the first paragraph, as this person."""
    locked = lock_post(post)
    stored = read(locked)
    [node] = stored.document["body"]
    body = [paragraph(node["attrs"]["id"], "Theirs.")]
    next_version(locked, copy(locked), by=user, now=timezone.now())
    locked.save()
    write(locked, stored, {"lead": [], "body": body}, by=user)


def test_a_schedule_that_waited_for_the_rights_of_the_picture_that_is_kept_is_refused():
    kept, merged = make_photo(slug="kept"), make_photo(slug="merged")
    merge_pictures(kept, merged, by=make_user())
    # As a revision from before the merge puts it back.
    post = make_post(photo=merged)
    days = dt.timedelta(days=3)

    def send():
        try:
            schedule(post, at=timezone.now() + days, by=None)
        except NotReady as refusal:
            return str(refusal)

    said = while_held(
        lambda: Photo.objects.filter(pk=kept.pk).update(rights_until="2016-12-12"), send
    )

    assert "The rights to the picture" in said
    assert not post.editions.exists()
