"""Readers' pages from a replica, and nothing else from it."""

import logging

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Post, Section
from articles.publishing import replica as replicas
from articles.publishing.database_routing import PRIMARY, REPLICA, reading, reading_from
from articles.publishing.fronts.breaking import Breaking
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_story, make_user, rewrite
from tests.public.addresses import make_site, walk
from tests.public.copies import Copy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def forgetful(monkeypatch):
    """A process that has just begun, and asks the primary's count with every page."""
    monkeypatch.setattr(replicas, "_replica", replicas.Replica())
    monkeypatch.setattr(replicas, "POLL_INTERVAL", 0)


@pytest.fixture
def copy(transactional_db, forgetful, tmp_path):
    """The replica of these tests; it holds nothing until it follows."""
    copy = Copy(tmp_path)
    yield copy
    copy.remove()


@pytest.fixture
def desk(client):
    """An administrator at the desk."""
    user = make_user(role=None)
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


def address_of(post):
    return post.editions.order_by("-number").first().get_absolute_url()


def asked(client, address):
    """An answer, and how many queries the primary and the replica had with it."""
    with (
        CaptureQueriesContext(connections[PRIMARY]) as primary,
        CaptureQueriesContext(connections[REPLICA]) as replica,
    ):
        answer = client.get(address)
    return answer, len(primary), len(replica)


def test_every_public_page_is_made_from_the_replica_alone(client, copy):
    make_site()
    copy.follow()

    from_primary = {}
    for address in walk():
        answer, primary, replica = asked(client, address)
        assert answer.status_code == 200, address
        assert replica, address
        from_primary[address] = primary

    # One light question each: how many changes the primary has counted.
    assert set(from_primary.values()) == {1}


def test_the_primary_is_asked_no_more_than_once_a_second(client, copy, monkeypatch):
    monkeypatch.setattr(replicas, "POLL_INTERVAL", 1)
    make_story()
    copy.follow()

    primary = [asked(client, "/")[1] for _ in range(5)]

    assert sum(primary) <= 2


def test_a_page_costs_the_replica_what_it_costs_the_primary(client, copy):
    story = make_site()
    copy.follow()
    client.get("/")

    assert asked(client, address_of(story))[2] <= 4
    assert asked(client, "/latest/")[2] <= 5
    assert asked(client, "/")[2] <= 6


def test_readers_are_never_shown_what_the_primary_no_longer_shows(client, copy):
    story = make_story(text="<p>First words.</p>")
    address = address_of(story)
    copy.follow()
    assert "First words." in client.get(address).text
    rewrite(story, "Second words.")
    publish(story, by=None)

    # The replica still has the first edition.
    assert "Second words." in client.get(address).text
    withdraw(story, by=None)
    assert client.get(address).status_code == 410

    copy.follow()
    answer, _primary, replica = asked(client, address)
    assert answer.status_code == 410
    assert replica


def test_a_replica_that_lags_is_used_again_when_it_has_caught_up(client, copy):
    copy.follow()
    make_story("Later")

    assert "Later" in asked(client, "/")[0].text

    copy.follow()
    answer, _primary, replica = asked(client, "/")
    assert "Later" in answer.text
    assert replica > 1


def test_the_desk_reads_its_own_writes(desk, copy):
    story = make_story("The first headline")
    copy.follow()
    Post.objects.filter(pk=story.pk).update(headline="Rewritten at the desk")

    for address in (
        f"/admin/articles/post/{story.pk}/change/",
        f"/admin/articles/post/{story.pk}/preview/",
        "/admin/articles/post/",
    ):
        answer, primary, replica = asked(desk, address)
        assert "Rewritten at the desk" in answer.text, address
        assert primary
        assert replica == 0, address


def test_a_save_and_the_page_after_it_know_nothing_of_the_replica(desk, copy):
    make_story(section="Politics")
    copy.follow()
    section = Section.objects.get()
    with CaptureQueriesContext(connections[REPLICA]) as replica:
        after = desk.post(
            f"/admin/articles/section/{section.pk}/change/",
            {"name": "Parliament", "slug": "politics", "description": "", "position": 0},
            follow=True,
        )

    assert "Parliament" in after.text
    assert len(replica) == 0


def test_whoever_is_signed_in_sees_the_site_as_the_primary_has_it(desk, copy):
    make_story()
    copy.follow()

    assert asked(desk, "/")[2] == 0


def test_nothing_inside_a_transaction_reads_the_replica(copy):
    with transaction.atomic(), reading(REPLICA):
        Section.objects.create(name="New", slug="new")

        assert reading_from() == PRIMARY
        assert Section.objects.filter(slug="new").exists()


def test_commands_write_to_the_primary_and_read_it(copy):
    make_story()
    with CaptureQueriesContext(connections[REPLICA]) as replica:
        call_command("reindex", verbosity=0)

    assert len(replica) == 0


def test_a_replica_that_goes_away_is_noticed_by_nobody_and_logged_once(client, copy, caplog):
    story = make_story("Still here")
    copy.follow()
    client.get("/")
    copy.go_away()

    with caplog.at_level(logging.WARNING):
        for address in ("/", "/latest/", "/search/?q=still", address_of(story)):
            assert "Still here" in client.get(address).text

    assert [record.name for record in caplog.records] == ["articles.publishing.replica"]


def test_a_replica_that_is_away_is_left_alone_and_then_tried_again(client, copy, monkeypatch):
    make_story()
    copy.go_away()
    client.get("/")
    copy.follow()

    assert asked(client, "/")[2] == 0

    monkeypatch.setattr(replicas._replica, "_retry_at", float("-inf"))
    assert asked(client, "/")[2] > 0
    assert asked(client, "/latest/")[2] > 0


def test_a_replica_that_fails_in_the_middle_of_a_page_leaves_nothing_of_it(
    client, copy, kept_pages, monkeypatch
):
    """Its version was read; what follows is read anew from the primary, version and all."""
    make_story("In the replica")
    copy.follow()
    make_story("In the primary")
    monkeypatch.setattr(replicas._replica, "has_caught_up", lambda count: True)
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("ALTER TABLE articles_section RENAME TO articles_elsewhere")

    answer = client.get("/")

    assert "In the primary" in answer.text
    assert client.get("/").headers["ETag"] == answer.headers["ETag"]


def test_pages_kept_by_one_database_are_not_taken_for_those_of_the_other(client, copy, kept_pages):
    story = make_story(text="<p>First words.</p>")
    address = address_of(story)
    copy.follow()
    rewrite(story, "Second words.")
    publish(story, by=None)

    new = client.get(address)
    assert "Second words." in new.text

    copy.follow()
    answer, _primary, replica = asked(client, address)
    assert answer.headers["ETag"] == new.headers["ETag"]
    assert "Second words." in answer.text
    assert replica <= 2  # its version, and no page


def test_a_page_is_made_again_when_the_replica_followed_while_it_was_made(
    client, copy, kept_pages, monkeypatch
):
    from articles.public.pages import front

    make_story()
    copy.follow()
    arrange = front.arrange

    def changed_meanwhile(*args, **options):
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("UPDATE articles_sitecount SET count = count + 1")
            cursor.execute(
                "UPDATE articles_keycount SET count = (SELECT count FROM articles_sitecount)"
            )
        return arrange(*args, **options)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(front, "arrange", changed_meanwhile)
        client.get("/")

    _answer, _primary, replica = asked(client, "/")
    assert replica > 2


def test_what_stands_on_every_page_is_kept_for_each_database(client, copy):
    """Two databases may count the same and hold another thing, for as long as a page is made."""
    make_story()
    copy.follow()
    client.get("/")
    Breaking.objects.all().delete()
    Section.objects.update(name="Renamed in silence")

    assert "Renamed in silence" not in client.get("/").text
    copy.go_away()
    assert "Renamed in silence" in client.get("/").text


def test_readers_go_on_with_the_replica_while_the_primary_is_away(
    client, copy, monkeypatch, caplog
):
    make_story("Still here")
    copy.follow()

    def away():
        raise replicas.CONNECTION_ERRORS[0]

    with monkeypatch.context() as outage:
        outage.setattr(replicas, "highest_stamp", away)
        for _ in range(3):
            answer, primary, _replica = asked(client, "/")
            assert "Still here" in answer.text
            assert primary == 0
    assert [record.name for record in caplog.records] == ["articles.publishing.replica"]

    make_story("Published when it was back")
    assert "Published when it was back" in client.get("/").text


def test_a_machine_whose_replica_is_away_is_ready_and_says_so(client, copy):
    answer = client.get("/readyz")
    assert (answer.json()["default"], answer.json()["replica"]) == (True, True)
    copy.go_away()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["database"], answer.json()["replica"]) == (True, False)


def test_counting_goes_to_the_primary(copy):
    with reading(REPLICA):
        invalidate()

    assert highest_stamp()[0] == 1
    with reading(REPLICA):
        assert highest_stamp()[0] == 0
    assert connection.alias == PRIMARY
