"""What is kept for all to read is kept in the site's language, not in that of who did it."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone, translation

from articles.desk.audit_log.log import log_action
from articles.desk.planning.change_plan import drop_plan
from articles.desk.planning.move_due import move_due
from articles.desk.planning.plan_story import plan_story
from articles.models import LoggedAction, Transition
from articles.publishing.pictures.change_together import change_picture
from articles.publishing.steps.schedule import schedule
from tests.builders import make_photo, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_french():
    with translation.override("fr"):
        yield


@pytest.mark.usefixtures("in_french")
def test_what_became_of_a_plan_is_logged_in_the_sites_language(editor):
    post = plan_story(slug_line="Harbour strike", by=editor)
    move_due(post, timezone.now() + dt.timedelta(days=1), by=editor)
    drop_plan(post, by=editor)

    notes = [*LoggedAction.objects.order_by("pk").values_list("note", flat=True)]
    assert (notes[0], notes[-1]) == ("Planned", "Dropped")
    assert any(note.startswith("Due ") for note in notes)
    assert {"Planned", "Dropped"} <= {*LogEntry.objects.values_list("change_message", flat=True)}


@pytest.mark.usefixtures("in_french")
def test_why_a_story_was_held_back_is_said_in_french_and_logged_in_the_sites_language(editor):
    photo = make_photo()
    schedule(make_post(photo=photo), at=timezone.now() + dt.timedelta(days=9), by=editor)
    ended = timezone.localdate() - dt.timedelta(days=1)

    changed = change_picture(photo, {"rights_until": ended}, by=editor)

    assert "The rights to the picture" not in changed.held[0]
    assert "The rights to the picture" in Transition.objects.get(action="hold").note


def test_pictures_that_become_one_are_logged_in_the_sites_language(client, editor):
    one, other = make_photo(slug="one"), make_photo(slug="other")
    client.force_login(editor)
    sent = {"one": one.pk, "other": other.pk, "stays": one.pk}

    page = client.post("/admin/articles/photo/merge/", sent, headers={"Accept-Language": "fr"})

    assert page.status_code == 302
    logged = LogEntry.objects.values_list("change_message", flat=True)
    assert any(line.startswith("Took the place of") for line in logged)
    assert any(line.startswith("Merged with") for line in logged)


def test_fields_are_logged_by_names_that_each_reader_is_shown_translated(client, editor):
    photo = make_photo(agency="")
    client.force_login(editor)
    sent = {"photo": photo.pk, "agency": "Reuters"}

    client.post("/admin/articles/photo/together/", sent, headers={"Accept-Language": "fr"})

    assert '"agency"' in LogEntry.objects.get().change_message


def test_a_draft_without_a_headline_has_a_name_in_the_sites_language(editor):
    post = make_post(status="draft")
    post.headline = ""

    with translation.override("fr"):
        log_action("change", post, by=editor)

    assert LoggedAction.objects.latest("pk").row_name == "(no headline yet)"
