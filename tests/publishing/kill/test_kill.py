"""Killing a story: every word of it is gone, or none."""

import datetime as dt

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import CASCADE, ManyToOneRel
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.desk.notes.leave_note import leave_note
from articles.desk.planning.begin import begin_draft
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import Refusal
from articles.models import (
    Alternative,
    Breaking,
    Edition,
    OldAddress,
    Placement,
    Post,
    TopicPin,
)
from articles.publishing.editions.edition import story_address
from articles.publishing.kill.ask import ask_kill, decline_kill
from articles.publishing.kill.kill import kill, open_sealed
from articles.publishing.kill.words_of import STAY
from articles.publishing.steps.checkpoint import keep
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_photo, make_post, make_story, make_topic, make_user
from tests.everywhere.surfaces import where_found
from tests.public.addresses import HOUR, NOON, make_site
from tests.public.test_embargo import mark

pytestmark = pytest.mark.django_db

TOLD = "This story was removed for legal reasons."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON + HOUR, tick=True) as traveller:
        yield traveller


@pytest.fixture
def second(db):
    """Another editor."""
    return make_user(roles.EDITOR)


def ask(post, by, **fields):
    return ask_kill(post, by=by, **{"reason": "A court order.", "words": TOLD} | fields)


def make_marked_everywhere(by):
    """A live story with the word MARKER in every place that could have one, and its neighbours."""
    make_site(at=NOON)
    post = plan_story(slug_line="MARKER line", about="MARKER plan", needs=["picture"], by=None)
    post.refresh_from_db()
    begin_draft(post, by=None)
    post.refresh_from_db()
    for name in ("headline", "kicker", "standfirst", "byline", "embargo_note", "slug_line"):
        setattr(post, name, f"MARKER {name}")
    post.slug, post.section, post.status = "marker", make_post().section, Post.Status.READY
    post.save()
    mark(post)
    post.post_topics.create(tag=make_topic())
    publish(post, by=by, note="MARKER note", now=NOON + HOUR)
    post.refresh_from_db()
    post.headline, post.slug, post.version = "MARKER again", "marker-again", post.version + 1
    post.change_kind, post.change_note = "correction", "MARKER correction"
    post.save()
    publish(post, by=by, now=NOON + 2 * HOUR)
    post.refresh_from_db()
    post.headline, post.version = "MARKER on the desk", post.version + 1
    post.save()
    keep(post)
    Alternative.objects.create(parent=post, region="body", ordering=90, text="MARKER other")
    leave_note(post, "MARKER to a colleague", by=by)
    LogEntry.objects.log_actions(by.pk, [post], CHANGE, "MARKER said")
    OldAddress.objects.create(key="/old/marker.html", story=post)
    other = make_post("A neighbour")
    make_link(other, post, headline="MARKER as a neighbour says")
    keep(other)
    publish(other, by=None, now=NOON + 3 * HOUR)
    now = NOON + 2 * HOUR
    Placement.objects.create(post=post, slot=1, live_from=now)
    TopicPin.objects.create(post=post, topic=make_topic())
    Breaking.objects.create(
        text="MARKER breaks", post=post, owner=by, live_from=now, live_until=now + dt.timedelta(99)
    )
    return post


@pytest.mark.parametrize("packed", [False, True])
def test_no_word_of_a_killed_story_is_left_anywhere(client, editor, second, packed, clock):
    post = make_marked_everywhere(editor)
    clock.move_to(NOON + 4 * HOUR)
    if packed:
        for edition in Edition.objects.all():
            edition.pack()
            fields = {n: getattr(edition, n) for n in ("document", "body", "packed", "refers_to")}
            Edition.objects.filter(pk=edition.pk).blank(**fields)
    addresses = [
        story_address(day, slug) for day, slug in post.addresses.values_list("posted_on", "slug")
    ]
    assert len(where_found("MARKER", client, *addresses)) > 40

    ask(post, editor, with_pictures=True)
    with transaction.atomic():
        kill(post, by=second)

    assert where_found("MARKER", client, *addresses) == set()
    for address in [*addresses, "/old/marker.html"]:
        answer = client.get(address)
        assert (answer.status_code, TOLD in answer.text) == (410, True)
        assert 'content="noindex"' in answer.text
    assert "A neighbour" in client.get("/latest/").text


def test_a_story_leaves_the_site_when_its_kill_is_asked_for(client, editor):
    post = make_story("MARKER")
    address = post.editions.get().get_absolute_url()

    ask(post, editor)

    assert "MARKER" not in client.get("/latest/").text
    answer = client.get(address)
    assert (answer.status_code, TOLD in answer.text) == (410, True)
    with pytest.raises(Refusal):
        put_back(post, by=editor)


def test_who_asked_cannot_confirm(editor, administrator):
    post = make_story("MARKER")
    ask(post, editor)

    with pytest.raises(Refusal):
        kill(post, by=editor)
    assert Edition.objects.filter(post=post).exists()

    kill(post, by=administrator)
    assert not Edition.objects.filter(post=post).exists()


def test_it_takes_the_right_to_kill(editor, reporter, picture_editor):
    post = make_story()
    for person in (reporter, picture_editor):
        with pytest.raises(PermissionDenied):
            ask(post, person)
    ask(post, editor)
    for person in (reporter, picture_editor):
        with pytest.raises(PermissionDenied):
            kill(post, by=person)
        with pytest.raises(PermissionDenied):
            decline_kill(post, by=person, note="No.")


@pytest.mark.parametrize("fields", [{"reason": " "}, {"words": " "}])
def test_a_kill_needs_a_reason_and_words_for_readers(editor, fields):
    post = make_story()
    with pytest.raises(Refusal):
        ask(post, editor, **fields)
    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED


def test_a_kill_that_is_declined_leaves_the_story_withdrawn(client, editor, second):
    post = make_story("MARKER")
    ask(post, editor)

    decline_kill(post, by=second, note="The order is about another paper.")

    post.refresh_from_db()
    assert post.status == Post.Status.WITHDRAWN
    put_back(post, by=second)
    assert "MARKER" in client.get("/latest/").text


def test_what_was_scheduled_is_killed_too(client, editor, second):
    post = make_post("MARKER")
    schedule(post, by=editor, at=NOON + dt.timedelta(days=3650))
    ask(post, editor)
    kill(post, by=second)
    assert where_found("MARKER", client) == set()


def test_the_sealed_words_are_opened_with_a_reason_which_is_logged(editor, second, administrator):
    post = make_story("MARKER", text="<p>MARKED words.</p>")
    ask(post, editor)
    kill(post, by=second)

    with pytest.raises(PermissionDenied):
        open_sealed(post, by=editor, reason="I am curious.")
    with pytest.raises(Refusal):
        open_sealed(post, by=administrator, reason=" ")
    contents = open_sealed(post, by=administrator, reason="The hearing on Monday.")

    assert "MARKED words." in str(contents["rows"]["articles.edition"])
    assert contents["rows"]["articles.text"][0]["html"] == "<p>MARKED words.</p>"
    opened = post.transitions.first()
    assert (opened.action, opened.by, opened.note) == (
        "open_sealed",
        administrator,
        "The hearing on Monday.",
    )


def test_pictures_that_others_show_stay(editor, second):
    photo, shared = make_photo(), make_photo()
    post = make_story(photo=photo)
    make_story(photo=shared)
    ask(post, editor, with_pictures=True)
    kill(post, by=second)
    assert list(type(photo).objects.values_list("pk", flat=True)) == [shared.pk]


def test_pictures_stay_unless_somebody_says_otherwise(editor, second):
    photo = make_photo()
    post = make_story(photo=photo)
    ask(post, editor)
    kill(post, by=second)
    assert type(photo).objects.filter(pk=photo.pk).exists()


def test_the_address_of_a_killed_story_is_given_to_no_other(editor, second):
    post = make_story(slug="same", now=NOON)
    ask(post, editor)
    kill(post, by=second)
    with pytest.raises(Refusal):
        make_story(slug="same", now=NOON)


def test_the_words_that_only_a_killed_story_said_are_not_suggested(client, editor, second):
    make_story("Harbour strike")
    post = make_story("Zanzibarian harbour")
    assert "zanzibarian" in client.get("/search/complete/?q=zanz").text.lower()

    ask(post, editor)
    kill(post, by=second)

    assert "zanzibarian" not in client.get("/search/complete/?q=zanz").text.lower()
    assert "harbour" in client.get("/search/complete/?q=harb").text.lower()


def test_a_kill_costs_no_more_queries_for_a_story_of_many_editions(editor, second):
    def cost(times):
        post = make_story()
        for number in range(times):
            post.refresh_from_db()
            post.headline, post.version = f"Again {number}", post.version + 1
            post.save()
            publish(post, by=None)
            post.refresh_from_db()
            keep(post)
        ask(post, editor)
        with CaptureQueriesContext(connection) as asked:
            kill(post, by=second)
        return len(asked)

    cost(1)  # what is asked once in a process
    assert cost(2) == cost(12) <= 100


def test_every_table_that_names_a_story_is_thought_of():
    """Its rows go with the story, or they are among those that are written over."""
    followed = {
        ("Post", "translation_of"),
        ("RelatedLink", "story"),
        ("Edition", "post"),
        ("TopicListing", "post"),  # goes with its edition
        ("AuthorListing", "post"),
        ("ImportedStory", "post"),
    }
    forgotten = {
        (relation.field.model.__name__, relation.field.name)
        for relation in Post._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
        and relation.field.remote_field.on_delete is not CASCADE
        and relation.field.model.__name__ not in STAY
    }
    assert forgotten == followed


def test_a_declined_kill_gives_back_where_a_withdrawal_led_readers(client, editor, second):
    new, old = make_story("New"), make_story("Old")
    address = old.editions.get().get_absolute_url()
    withdraw(old, by=editor, replacement=new)

    ask(old, editor)
    meanwhile = client.get(address)
    decline_kill(old, by=second, note="The court has decided.")

    assert (meanwhile.status_code, TOLD in meanwhile.text) == (410, True)
    assert client.get(address).url == new.editions.get().get_absolute_url()


def test_a_declined_kill_leads_to_no_story_that_is_gone_meanwhile(client, editor, second):
    new, old = make_story("New"), make_story("Old")
    withdraw(old, by=editor, told="It was wrong.", replacement=new)

    ask(old, editor)
    withdraw(new, by=editor)
    decline_kill(old, by=second, note="The court has decided.")

    answer = client.get(old.editions.get().get_absolute_url())
    assert (answer.status_code, "It was wrong." in answer.text) == (410, True)


def test_a_kill_takes_what_a_withdrawal_told_readers_out_too(client, editor, second):
    old = make_story("Old")
    withdraw(old, by=editor, told="MARKER was wrong.")

    ask(old, editor)
    kill(old, by=second)

    assert where_found("MARKER", client) == set()
    sealed = open_sealed(old, by=make_user(roles.LAWYER), reason="The court asks.")
    assert "MARKER was wrong." in str(sealed["written_over"])
