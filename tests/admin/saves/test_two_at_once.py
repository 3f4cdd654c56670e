"""Two people press at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Edition, Placement, Post
from articles.publishing.steps.schedule import schedule
from tests.admin.filling import form_of
from tests.admin.forms import change_url, filled
from tests.admin.fronts.test_fronts import HOME, pinned
from tests.admin.fronts.test_fronts import filled as filled_front
from tests.builders import make_photo, make_post, make_story, make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def roles_of_the_desk(transactional_db):
    """The roles are rows that a migration made; a test that commits finds them emptied out."""
    from django.apps import apps
    from django.contrib.auth.models import Group, Permission

    from articles.desk.roles import PERMISSIONS

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    assert apps.ready
    for role, codenames in PERMISSIONS.items():
        group = Group.objects.get_or_create(name=role)[0]
        group.permissions.set(Permission.objects.filter(codename__in=codenames))


def both_at_once(*posts):
    """Send these POSTs, (client, address, data), together; their answers' statuses."""
    start, statuses = threading.Barrier(len(posts)), []

    def send(client, address, data):
        start.wait(10)
        try:
            statuses.append(client.post(address, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=each) for each in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return statuses


def photo_page(photo):
    return f"/admin/articles/photo/{photo.pk}/change/"


def signed_in():
    client = Client()
    client.force_login(make_user())
    return client


def test_two_editors_publishing_one_story_make_one_edition_and_one_is_told():
    post = make_post()
    address = f"/admin/articles/post/{post.pk}/step/publish/"
    people = [signed_in(), signed_in()]
    seen = [person.get(address).context["seen"] for person in people]

    statuses = both_at_once(
        *((person, address, {"seen": mark}) for person, mark in zip(people, seen, strict=True))
    )

    assert Edition.objects.count() == 1
    assert sorted(statuses) == [200, 302]


def test_two_saves_of_one_story_keep_one_and_show_the_other():
    post = make_post()
    people = [signed_in(), signed_in()]
    pages = [filled(person, post) | {"headline": str(n)} for n, person in enumerate(people)]

    statuses = both_at_once(
        *((person, change_url(post), page) for person, page in zip(people, pages, strict=True))
    )

    assert sorted(statuses) == [200, 302]
    assert Post.objects.get().version == 2


def test_two_editors_saving_one_front_make_one_draft_and_one_is_told():
    stories = [make_story(), make_story()]
    people = [signed_in(), signed_in()]
    posts = [
        (client, HOME, pinned(filled_front(client), 1, story) | {"_save": "1"})
        for client, story in zip(people, stories, strict=True)
    ]

    statuses = both_at_once(*posts)

    assert sorted(statuses) == [200, 302]
    assert Placement.objects.filter(draft=True).count() == 1


def test_two_stories_published_at_one_address_make_one_edition_and_one_is_told():
    posts = [make_post(slug="same"), make_post(slug="same")]
    clients = [signed_in(), signed_in()]
    addresses = [f"/admin/articles/post/{post.pk}/step/publish/" for post in posts]
    seen = [
        client.get(address).context["seen"]
        for client, address in zip(clients, addresses, strict=True)
    ]

    statuses = both_at_once(
        *(
            (client, address, {"seen": mark})
            for client, address, mark in zip(clients, addresses, seen, strict=True)
        )
    )

    assert sorted(statuses) == [200, 302]
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("again", [False, True])
def test_no_story_is_scheduled_past_the_rights_that_are_being_shortened(again):
    photo, today = make_photo(), timezone.localdate()
    post = make_post(photo=photo)
    if again:
        schedule(post, by=None, at=timezone.now() + dt.timedelta(days=2))
    planner, keeper = signed_in(), signed_in()
    step, page = f"/admin/articles/post/{post.pk}/step/schedule/", photo_page(photo)
    day = (today + dt.timedelta(days=3)).isoformat()
    seen = planner.get(step).context["seen"]
    words = form_of(keeper.get(page)) | {"rights_until": today.isoformat()}

    statuses = both_at_once(
        (planner, step, {"seen": seen, "day": day, "time": "12:00"}), (keeper, page, words)
    )

    assert set(statuses) <= {200, 302}
    photo.refresh_from_db()
    assert photo.rights_until == today
    assert not Edition.objects.exists()
