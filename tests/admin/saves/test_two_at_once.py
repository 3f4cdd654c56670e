"""Two people press at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.desk.blocks import Alternative
from articles.desk.planning.copy_day import copy_day
from articles.desk.planning.plan_story import plan_story
from articles.models import Edition, Placement, Plan, Post
from articles.publishing.steps.schedule import schedule
from tests.admin.filling import add_block, form_of, retype
from tests.admin.forms import change_url, filled
from tests.admin.fronts.test_fronts import HOME, pinned
from tests.admin.fronts.test_fronts import filled as filled_front
from tests.admin.writing.sending import document_of, words
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


def test_two_saves_of_one_story_at_once_keep_the_words_of_both():
    post = make_post("At first", text="<p>One.</p><p>Two.</p>")
    people = [signed_in(), signed_in()]
    pages = [
        retype(filled(person, post), n, f"Typed {n}.") | {"headline": f"Headline {n}"}
        for n, person in enumerate(people)
    ]

    statuses = both_at_once(
        *((person, change_url(post), page) for person, page in zip(people, pages, strict=True))
    )

    assert statuses == [302, 302]
    post = Post.objects.get()
    assert post.version == 3
    kept = {post.headline, Alternative.objects.get().text}
    assert kept == {"Headline 0", "Headline 1"}
    paragraphs = [node for node in document_of(post)["body"] if node["type"] == "paragraph"]
    assert words({"body": paragraphs}) == ["Typed 0.", "Typed 1."]


def test_two_days_of_a_series_copied_to_a_third_plan_each_story_once():
    today = timezone.localdate()
    tomorrow, next_week = today + dt.timedelta(days=1), today + dt.timedelta(days=7)
    for number in range(3):
        plan_story(slug_line=f"Briefing {number}", by=None, due_at=timezone.now())
    copy_day(today, tomorrow, by=None)

    def ticked(day):
        stories = Plan.objects.due_on(day).values_list("post", flat=True)
        return {"day": day, "to_day": next_week, "story": list(stories)}

    both_at_once(
        *((signed_in(), "/admin/articles/plan/copy/", ticked(day)) for day in (today, tomorrow))
    )

    assert Plan.objects.due_on(next_week).count() == 3


def test_of_two_who_replace_one_picture_each_story_hears_the_first():
    old, *others = make_photo(), make_photo(), make_photo()
    posts = [make_post(photo=old) for _number in range(4)]
    address = f"/admin/articles/photo/{old.pk}/replace/"

    statuses = both_at_once(*((signed_in(), address, {"by": str(new.pk)}) for new in others))

    assert statuses == [200, 200]
    assert not old.captions.exists()
    assert [post.version for post in Post.objects.filter(pk__in=[p.pk for p in posts])] == [2] * 4


def test_a_picture_that_is_merged_away_is_put_into_no_story_meanwhile():
    old, goes, stays = make_photo(), make_photo(), make_photo()
    for _number in range(4):
        make_post(photo=old)
    merge = {"one": str(goes.pk), "other": str(stays.pk), "stays": str(stays.pk)}

    statuses = both_at_once(
        (signed_in(), f"/admin/articles/photo/{old.pk}/replace/", {"by": str(goes.pk)}),
        (signed_in(), "/admin/articles/photo/merge/", merge),
    )

    assert set(statuses) <= {200, 302, 404}
    goes.refresh_from_db()
    assert not (goes.merged_into and goes.captions.exists())


SENTENCES = (
    "The minister came in the morning.",
    "Police closed the road at noon.",
    "Nobody had asked for that letter.",
    "A convoy waits beyond our border.",
)


def test_many_autosaves_of_two_people_at_once_lose_none():
    post = make_post(text="<p>Start.</p>")
    people = [signed_in() for _person in range(4)]
    pages = [
        add_block(filled(person, post), "text", html=f"<p>{sentence}</p>") | {"auto": "1"}
        for sentence, person in zip(SENTENCES, people, strict=True)
    ]
    address = f"/admin/articles/post/{post.pk}/save/"

    statuses = both_at_once(
        *((person, address, page) for person, page in zip(people, pages, strict=True))
    )

    assert statuses == [200] * 4
    assert Post.objects.get().version == 5
    assert set(words(document_of(post))) == {"Start.", *SENTENCES}


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
