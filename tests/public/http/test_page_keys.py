"""What a change changes is forgotten: every page that looks different carries one of its keys."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from articles.models import Breaking, Delivery, Placement, Post, StoryParts, TopicAlias, TopicPin
from articles.public.http.surrogate_headers import MAX_KEYS, limited
from articles.public.rendered_once import RenderedOnce
from articles.publishing.steps.banners import put_up
from articles.publishing.steps.front_drafts import put_draft_live, save_draft
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.surrogate_keys import LISTS_KEY, SITE_KEY, story_key, topic_key
from tests.builders import (
    make_author,
    make_link,
    make_photo,
    make_post,
    make_section,
    make_stories,
    make_story,
    make_topic,
    make_user,
    rewrite,
)
from tests.conftest import keep_nothing
from tests.public.addresses import FIXED, HOUR, MACHINES, NOON, SECOND, WITHOUT_HEADLINES
from tests.public.conftest import keeping_pages

pytestmark = pytest.mark.django_db

SLUGS = ("main", "other", "plain", "gone", "waiting", "autre", "health", "loaded", "renamed")
MORE = (
    *(f"/2026/06/01/{slug}/" for slug in SLUGS),
    *(f"/sections/{slug}/" for slug in ("world", "culture")),
    *(f"/authors/{slug}/" for slug in ("tom-okafor", "new-hand")),
    *(f"/topics/{slug}/" for slug in ("labour", "health", "old-syria")),
    "/topics/health/rss.xml",
    "/topics/labour/rss.xml",
    "/latest/?before=20260601T130000.000000Z-999",
    "/2026/06/02/",
)


@pytest.fixture(autouse=True, scope="module")
def told():
    with override_settings(PURGE=["varnish://127.0.0.1:9"], SHARED_CACHE_SECONDS=300):
        yield


@pytest.fixture
def clock():
    with time_machine.travel(NOON + HOUR, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def newsroom(told, once):
    """A newsroom with something of everything in it, for all tests of this file."""
    once(make_newsroom)


@pytest.fixture
def room(newsroom, db):
    return its_posts()


@pytest.fixture(scope="module")
def at_first(newsroom):
    """Every page as it is before anything is done."""
    with undone(), time_machine.travel(NOON + HOUR, tick=False):
        return pages(Client())


def make_newsroom():
    waiting = make_post("Waiting", slug="waiting", topics=["Labour"], section="World")
    gone = make_story("Gone", slug="gone", topics=["Syria"], at=NOON)
    withdraw(gone, by=None, now=NOON + 2 * SECOND)
    main = make_post("Main", slug="main", topics=["Syria"], authors=["Anna Brown"])
    make_link(main, waiting)
    make_link(main, gone)
    publish(main, by=None, now=NOON)
    make_story("Other", slug="other", topics=["Syria"], section="Culture", at=NOON)
    make_story("Plain", slug="plain", section="Culture", authors=["Tom Okafor"], at=NOON)
    TopicPin.objects.create(topic=make_topic("Syria"), post=waiting)
    Placement.objects.create(slot=1, section=make_section("Politics"), post=waiting, live_from=NOON)
    TopicAlias.objects.create(topic=make_topic("Syria"), name="Old Syria", slug="old-syria")
    Delivery.objects.all().delete()
    call_command("render_stories", verbosity=0)


def its_posts():
    """The posts of the newsroom by their names, as they are in the database."""
    names = ("waiting", "gone", "main", "other", "plain")
    return SimpleNamespace(**{name: Post.objects.get(slug=name) for name in names})


@contextmanager
def undone():
    """What is changed and kept while this is held is forgotten."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        yield
        transaction.set_rollback(True)


def translate(room, editor):
    publish(make_post("Autre", slug="autre", language="fr", translation_of=room.main), by=editor)


def move(room, editor):
    room.other.post_topics.all().delete()
    room.other.post_topics.create(tag=make_topic("Labour"))
    room.other.section = make_section("World")
    room.other.slug = "renamed"
    room.other.save()
    publish(room.other, by=editor)


def update(room, editor):
    rewrite(room.main, "Second words.")
    publish(room.main, by=editor)


def pin(room, editor):
    for section in (None, make_section("Culture")):
        pin = Placement(slot=1, post=room.main, live_from=NOON)
        save_draft(section, [pin], by=editor, now=NOON + HOUR)
        put_draft_live(section, by=editor, now=NOON + HOUR)


def alert(room, editor):
    until = NOON + 2 * HOUR
    put_up(Breaking(text="Now", post=room.main, live_until=until), by=editor, now=NOON + HOUR)


def alert_of_what_is_not_live(room, editor):
    until = NOON + 3 * HOUR
    put_up(Breaking(text="Now", post=room.waiting, live_until=until), by=editor, now=NOON + HOUR)


def pin_later(room, editor):
    pin = Placement(slot=1, post=room.main, live_from=NOON + 2 * HOUR)
    save_draft(None, [pin], by=editor, now=NOON + HOUR)
    put_draft_live(None, by=editor, now=NOON + HOUR)


STEPS = [
    lambda room, editor: publish(room.waiting, by=editor),
    lambda room, editor: put_back(room.gone, by=editor),
    lambda room, editor: withdraw(room.main, by=editor),
    lambda room, editor: withdraw(room.plain, by=editor),
    lambda room, editor: make_story("Health", topics=["Health"], authors=["New Hand"]),
    lambda room, editor: make_stories([{"headline": "Loaded", "topics": ["Labour"]}]),
    update,
    move,
    translate,
    pin,
    alert,
]


@pytest.fixture(scope="module", params=STEPS)
def stepped(request, newsroom):
    """Every page before a step, as it is kept after it, and as it is made anew; and the keys that
    caches are told of."""
    with undone(), time_machine.travel(NOON + HOUR, tick=False), keeping_pages():
        before = pages(Client())
        request.param(its_posts(), make_user())
        kept = pages(Client())
        return SimpleNamespace(before=before, kept=kept, anew=pages_made_anew(), keys=noted())


def test_every_kept_page_says_after_a_step_what_it_would_say_anew(stepped):
    assert changes(stepped.before, stepped.kept)
    assert changes(stepped.kept, stepped.anew) == set()


def test_every_page_that_a_step_changes_carries_one_of_its_keys(stepped):
    changed = changes(stepped.before, stepped.anew)
    assert changed
    assert unforgotten(changed, stepped.before, stepped.keys) == set()


LATER = [
    lambda room, editor: schedule(room.waiting, by=editor, at=NOON + 2 * HOUR),
    lambda room, editor: withdraw(room.main, by=editor, at=NOON + 2 * HOUR),
    lambda room, editor: schedule(room.main, by=editor, at=NOON + 2 * HOUR),
    alert,
    pin_later,
]


@pytest.fixture(scope="module", params=LATER)
def timed(request, newsroom):
    """Every page a second before the moment of a step, as it is kept from then on, and as it is
    made anew; and the keys that caches are told of early, and then."""
    moment = NOON + 2 * HOUR
    with undone(), time_machine.travel(NOON + HOUR, tick=False) as clock, keeping_pages():
        request.param(its_posts(), make_user())
        clock.move_to(moment - SECOND)
        last = pages(Client())
        clock.move_to(moment)
        kept = pages(Client())
        return SimpleNamespace(
            last=last,
            kept=kept,
            anew=pages_made_anew(),
            early=noted(until=NOON + HOUR),
            then=noted(after=NOON + HOUR, until=moment),
        )


def test_every_kept_page_says_at_a_moment_what_it_would_say_anew(timed):
    assert changes(timed.last, timed.kept)
    assert changes(timed.kept, timed.anew) == set()


def test_every_page_that_a_moment_changes_carries_a_key_told_before_and_then(at_first, timed):
    """Told before, so that what is kept from then on ends with the moment; and then again."""
    changed = changes(timed.last, timed.anew)
    assert changed
    assert unforgotten(changed, at_first, timed.early) == set()
    assert unforgotten(changed, timed.last, timed.then) == set()


def test_a_banner_comes_with_its_story(client, room, editor, clock):
    alert_of_what_is_not_live(room, editor)
    Delivery.objects.all().delete()
    before = pages(client)

    publish(room.waiting, by=editor)

    changed = changes(before, pages(client))
    assert "/authors/tom-okafor/" in changed
    assert unforgotten(changed, before, noted()) == set()


@pytest.mark.parametrize(
    ("address", "changes_to_make"),
    [
        ("topic/{syria}/change/", {"name": "The war"}),
        ("section/{politics}/change/", {"name": "Parliament"}),
        ("author/{anna}/change/", {"name": "Anna Green"}),
    ],
)
def test_every_page_with_a_name_that_changes_carries_one_of_its_keys(
    client, room, at_first, administrator, clock, address, changes_to_make
):
    things = {
        "syria": make_topic("Syria"),
        "politics": make_section("Politics"),
        "anna": make_author("Anna Brown"),
    }
    thing = next(thing for name, thing in things.items() if name in address)
    client.force_login(administrator)
    forms = {
        f"{name}-{kind}_FORMS": 0
        for name in ("pins", "aliases", "aliases")
        for kind in ("TOTAL", "INITIAL")
    }
    same = {"name": thing.name, "slug": thing.slug, "position": 0}
    url = f"/admin/articles/{address}".format(**{name: each.pk for name, each in things.items()})
    assert client.post(url, same | forms | changes_to_make).status_code == 302
    client.logout()

    changed = changes(at_first, pages(client))
    assert changed
    assert unforgotten(changed, at_first, noted()) == set()


def test_merged_topics_are_forgotten_and_followed_from_then_on(
    client, room, administrator, editor, clock
):
    publish(room.waiting, by=editor)
    syria, labour = make_topic("Syria"), make_topic("Labour")
    before = pages(client)
    Delivery.objects.all().delete()
    client.force_login(administrator)
    data = {"row": [syria.pk, labour.pk], "keep": labour.pk}
    client.post("/admin/articles/topic/merge/", data)
    client.logout()
    merged = pages(client)
    assert unforgotten(changes(before, merged), before, noted()) == set()
    Delivery.objects.all().delete()

    make_story("On labour", topics=["Labour"])

    changed = changes(merged, pages(client))
    assert room.main.editions.get().get_absolute_url() in changed
    assert unforgotten(changed, merged, noted()) == set()


def test_a_new_picture_is_on_no_page_and_the_picture_of_a_topic_is_on_its_own(
    client, room, picture_editor, clock
):
    photo = make_photo()
    syria = make_topic("Syria")
    syria.picture = photo
    syria.save()
    client.force_login(picture_editor)
    form = {"caption": "Other", "alt": "Other", "focus_x": 50, "focus_y": 50}

    client.post(f"/admin/articles/photo/{photo.pk}/change/", form)
    assert noted() == {topic_key(syria.pk)}
    Delivery.objects.all().delete()
    client.post(f"/admin/articles/photo/{make_photo().pk}/change/", form)
    assert noted() == set()


def test_a_page_names_the_stories_it_would_show(client, room, clock):
    keys = keys_of(client.get(room.main.editions.get().get_absolute_url()))

    assert {story_key(story.uuid) for story in (room.main, room.waiting, room.gone)} <= keys


def test_keys_stand_in_both_headers(client, room, clock):
    answer = client.get("/")

    tags = answer.headers["Cache-Tag"].split(",")
    assert tags == answer.headers["Surrogate-Key"].split(" ")
    assert {SITE_KEY, "front", story_key(room.main.uuid)} <= set(tags)


def test_keys_are_kept_with_the_page(client, room, clock, settings):
    settings.KEEP_PAGES = True
    first = client.get("/").headers["Surrogate-Key"]

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").headers["Surrogate-Key"] == first
    assert len(queries) == 1


def test_without_a_cache_to_tell_no_page_carries_keys(client, room, clock, settings):
    settings.PURGE = []

    assert "Surrogate-Key" not in client.get("/").headers
    assert "Cache-Tag" not in client.get("/").headers


def test_no_page_carries_more_than_fits():
    many = {SITE_KEY, topic_key(1), *(f"story-{number:012x}" for number in range(MAX_KEYS))}

    assert limited(many) == {SITE_KEY, topic_key(1), LISTS_KEY}
    assert MAX_KEYS * len("story-000000000000 ") * 2 < 4_000


def pages(client):
    """Every kind of public address, and some where nothing is yet: {address: answer}."""
    addresses = dict.fromkeys([*FIXED, *MACHINES, *WITHOUT_HEADLINES, *MORE])
    return {address: client.get(address) for address in addresses}


def pages_made_anew():
    """The same pages, of which nothing is kept or stored."""
    StoryParts.objects.all().delete()
    with override_settings(KEEP_PAGES=False), pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        patch.setattr(RenderedOnce, "once", lambda self, key, render: render())
        return pages(Client())


def look_of(answer):
    return answer.status_code, answer.headers.get("Location"), answer.content


def changes(before, after):
    """The addresses whose answers are others now."""
    return {address for address in before if look_of(before[address]) != look_of(after[address])}


def noted(after=NOON, until=NOON + 9 * HOUR):
    """The keys that caches are to be told of, at moments in this time."""
    rows = Delivery.objects.filter(due_at__gt=after, due_at__lte=until)
    return {key for row in rows for key in row.keys.split()}


def keys_of(answer):
    return set(answer.headers["Surrogate-Key"].split())


def unforgotten(changed, before, keys):
    """The addresses among these that a cache would go on showing as they were."""
    return {address for address in changed if not keys & keys_of(before[address])}
