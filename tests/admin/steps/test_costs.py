"""What it costs to say where a story stands and to ask for a step: twelve queries at most."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk.house_style.house_style import HouseStyle, style_of
from articles.desk.notes.leave_note import leave_note
from articles.desk.optimistic_lock import next_version
from articles.desk.planning.begin import begin_draft
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import move
from articles.models import Caption, Post, Text, Transition
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.builders import make_link, make_photo, make_post, make_section, make_story

pytestmark = pytest.mark.django_db

Action = Transition.Action


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    client.get("/admin/password_change/")  # stores the session
    assert connection.features.supports_json_field  # a process asks its database once
    for language in ("en-gb", "fr"):
        style_of(HouseStyle.objects.get(), language)  # so it does for the words of the house
    return client


def planned(editor):
    """A story that began as a plan with a length and needs, with notes, and was sent to review."""
    post = plan_story(slug_line="Planned", by=editor, length=600, needs=["picture", "legal_read"])
    post = begin_draft(post, by=editor, now=timezone.now())
    for text in ("First.", "Second."):
        leave_note(post, text, by=editor, to=editor)
    fill(post)
    move(post, Action.SEND_TO_REVIEW, by=editor)
    return again(post)


def live(editor):
    """A live story that was approved, and changed since it was published."""
    post = make_post(photo=make_photo(), status="in_review", headline="Before")
    move(post, Action.APPROVE, by=editor)
    publish(again(post), by=editor)
    fill(post)
    return changed(again(post), editor)


def fill(post, times=1):
    """Give it a headline and a section, and more blocks."""
    post = again(post)
    post.headline, post.section = post.headline or "Headline", make_section()
    post.save()
    for place in range(times):
        photo = make_photo()
        Caption.objects.create(parent=post, region="body", ordering=900 + place, photo=photo)
        make_link(post, make_post())


def changed(post, editor):
    before = again(post)
    post.headline = "After"
    next_version(post, before, by=editor, now=timezone.now())
    post.save()
    return again(post)


def again(post):
    return type(post).objects.get(pk=post.pk)


def cost(desk, post, page):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(f"/admin/articles/post/{post.pk}/{page}/").status_code == 200, page
    return len(asked)


def with_other_pictures(editor):
    """A live story one of whose pictures was changed in the library since its approval."""
    post = live(editor)
    photo = Caption.objects.filter(parent=post, region="lead").get().photo
    photo.caption = "Another caption"
    photo.save()
    saved = {"change_message": [], "single_object": True}
    LogEntry.objects.log_actions(editor.pk, [photo], CHANGE, **saved)
    return again(post)


def linking(editor):
    """A live story with links in its text to pages of ours that are gone."""
    post, gone = live(editor), make_story("Gone", by=editor)
    withdraw(gone, by=editor)
    address = gone.editions.get().get_absolute_url()
    html = f'<p><a href="{address}">Gone</a> <a href="/never/was/">never was</a></p>'
    Text.objects.create(parent=post, region="body", ordering=5, html=html)
    return again(post)


def linked_to(editor):
    """A live story to which another live one links."""
    post = live(editor)
    source = make_story("It links", by=editor)
    make_link(source, post)
    return post


def withdrawn(editor):
    post = live(editor)
    withdraw(post, by=editor)
    return again(post)


def scheduled(editor):
    """A live story of which an update is scheduled."""
    post = live(editor)
    schedule(post, at=timezone.now() + dt.timedelta(days=1), by=editor)
    return changed(again(post), editor)


def translated(editor):
    """A draft in another language than its original, planned, with all that is well to have."""
    original = make_story("An original", by=editor)
    post = planned(editor)
    post.translation_of, post.language = original, "fr"
    post.save()
    return again(post)


def only_planned(editor):
    return plan_story(slug_line="Planned", by=editor, length=600, needs=["picture", "legal_read"])


def embargoed(editor):
    post = make_post(photo=make_photo(), headline="Embargoed")
    set_embargo(post, Embargo(until=timezone.now() + dt.timedelta(days=1)), by=editor)
    return again(post)


def held(editor):
    post = live(editor)
    place_hold(post, by=editor, note="A letter came.")
    return again(post)


REREAD = ["step/send_to_review", "step/approve"]
"""Pages of a published story that it has only where a second reader is asked."""


@pytest.mark.parametrize("second_reader", [False, True])
@pytest.mark.parametrize(
    ("make", "pages"),
    [
        (only_planned, ["step/begin", "step/embargo", "step/place_hold"]),
        (embargoed, ["standing", "step/publish", "step/schedule", "step/embargo"]),
        (held, ["standing", "step/publish", "step/withdraw"]),
        (planned, ["standing", "checks", "step/approve", "step/send_back"]),
        (translated, ["standing", "step/approve"]),
        (live, ["standing", "step/publish", "step/schedule", "step/withdraw", *REREAD]),
        (with_other_pictures, ["standing", "step/publish", "step/schedule", *REREAD]),
        (linking, ["standing", "checks", "step/publish", "step/schedule"]),
        (linked_to, ["standing", "step/withdraw"]),
        (withdrawn, ["standing", "step/put_back", *REREAD]),
        (scheduled, ["standing", "step/cancel", "step/schedule", *REREAD]),
    ],
)
def test_no_page_costs_more_than_twelve_queries_however_many_blocks_there_are(
    desk, editor, settings, make, pages, second_reader
):
    post = make(editor)
    settings.SECOND_READER = second_reader
    pages = [page for page in pages if second_reader or page not in REREAD or make is planned]
    few = {page: cost(desk, post, page) for page in pages}
    if post.status != Post.Status.PLANNED:
        fill(post, times=5)
    many = {page: cost(desk, post, page) for page in pages}

    assert many == few
    assert {page: count for page, count in few.items() if count > 12} == {}
