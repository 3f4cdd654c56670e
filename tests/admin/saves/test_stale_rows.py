"""Two people at one row: an older form never wins in silence, whatever the row is."""

import datetime as dt

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.admin.saves.save_guard import SaveGuard
from articles.models import Author, Breaking, Photo, Section, Topic, TopicAlias, TopicPin
from articles.publishing.steps.banners import put_up
from tests.admin.browsing import sent_by
from tests.builders import make_photo, make_post, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(client):
    """Two browsers, signed in as two people who may do everything."""
    other = type(client)()
    for number, browser in enumerate((client, other)):
        browser.force_login(User.objects.create_superuser(f"chief{number}", password="x"))
    return client, other


def make_banner():
    banner = Breaking(
        text="A bridge fell",
        post=make_story(),
        live_until=timezone.now() + dt.timedelta(hours=2),
    )
    put_up(banner, by=make_user(), now=timezone.now())
    return banner


ROWS = {
    "breaking": (
        make_banner,
        "text",
        "A bridge fell, nobody hurt",
        "live_until",
        "2030-01-01T10:00",
    ),
    "photo": (make_photo, "rights_note", "Not to be used", "caption", "A view of Leeds"),
    "topic": (
        lambda: Topic.objects.create(name="Syria", slug="syria"),
        "description",
        "The war",
        "name",
        "Syrian war",
    ),
    "section": (
        lambda: Section.objects.create(name="World", slug="world"),
        "description",
        "News of the world",
        "position",
        "7",
    ),
    "author": (
        lambda: Author.objects.create(name="Anna", slug="anna"),
        "bio",
        "Writes from Leeds",
        "name",
        "Anna Brown",
    ),
    "user": (
        lambda: User.objects.create_user("bob", password="x"),
        "first_name",
        "Robert",
        "email",
        "bob@example.org",
    ),
    "group": (lambda: Group.objects.create(name="Night"), "name", "Night desk", "name", "Late"),
}


def change(row):
    opts = row._meta
    return f"/admin/{opts.app_label}/{opts.model_name}/{row.pk}/change/"


@pytest.mark.parametrize("kind", ROWS)
def test_a_stale_save_of_any_row_is_refused_and_both_are_shown(both, kind):
    mine, theirs = both
    make, field, value, own_field, own_value = ROWS[kind]
    row = make()
    page = sent_by(mine.get(change(row)))
    saved = theirs.post(change(row), sent_by(theirs.get(change(row))) | {field: value})
    assert saved.status_code == 302

    answer = mine.post(change(row), page | {own_field: own_value})

    assert answer.status_code == 200
    words = {row["label"]: (row["theirs"], row["mine"]) for row in answer.context["stale"]["rows"]}
    assert len(words) == len({field, own_field})
    assert "A colleague saved this" in answer.text
    assert getattr(type(row).objects.get(pk=row.pk), field) == value


@pytest.mark.parametrize("kind", ROWS)
def test_ones_changes_are_saved_over_it_and_nothing_else_is(both, kind):
    mine, theirs = both
    make, field, value, own_field, own_value = ROWS[kind]
    row = make()
    page = sent_by(mine.get(change(row)))
    theirs.post(change(row), sent_by(theirs.get(change(row))) | {field: value})
    again = mine.post(change(row), page | {own_field: own_value})

    answer = mine.post(change(row), sent_by(again))

    assert answer.status_code == 302
    stored = type(row).objects.get(pk=row.pk)
    if field != own_field:
        assert getattr(stored, field) == value
    assert getattr(stored, own_field) != getattr(row, own_field)


def test_what_a_save_replaces_is_kept_in_the_history(both):
    mine, _theirs = both
    photo = make_photo(caption="A view of York")

    mine.post(change(photo), sent_by(mine.get(change(photo))) | {"caption": "Leeds"})

    assert "A view of York" in LogEntry.objects.get().get_change_message()
    assert "A view of York" in mine.get(f"/admin/articles/photo/{photo.pk}/history/").text


def test_every_row_that_can_be_changed_is_guarded():
    """Fronts and stories have versions of their own; what the sign-in throttle notes cannot be
    changed."""
    own = {"Placement", "Post", "AccessAttempt", "AccessLog", "AccessFailureLog"}

    bare = {
        model.__name__
        for model, screen in admin.site._registry.items()
        if not isinstance(screen, SaveGuard)
    }

    assert bare == own


def test_a_role_taken_away_meanwhile_is_not_given_back(both):
    mine, theirs = both
    bob = User.objects.create_user("bob", password="x", is_staff=True)
    bob.groups.add(Group.objects.get(name="Editor"))
    page = sent_by(mine.get(change(bob)))
    data = sent_by(theirs.get(change(bob)))
    del data["groups"], data["is_active"]
    theirs.post(change(bob), data)

    answer = mine.post(change(bob), page | {"first_name": "Robert"})

    assert "Editor" in str(answer.context["stale"]["rows"])
    mine.post(change(bob), sent_by(answer))
    bob.refresh_from_db()
    assert (bob.first_name, bob.is_active) == ("Robert", False)
    assert not bob.groups.exists()


def test_another_name_that_a_colleague_changed_is_not_changed_over_it(both):
    mine, theirs = both
    topic = Topic.objects.create(name="Syria", slug="syria")
    TopicAlias.objects.create(topic=topic, name="Damascus", slug="damascus")
    page = sent_by(mine.get(change(topic)))
    theirs.post(
        change(topic), sent_by(theirs.get(change(topic))) | {"aliases-0-name": "Damascus, Syria"}
    )

    answer = mine.post(change(topic), page | {"aliases-0-name": "Damaskus"})

    assert answer.status_code == 200
    assert "Damascus, Syria" in answer.text.replace("<del>", "").replace("</del>", "")
    assert topic.aliases.get().name == "Damascus, Syria"
    mine.post(change(topic), sent_by(answer))
    assert topic.aliases.get().name == "Damaskus"


def test_another_name_that_a_colleague_removed_does_not_come_back_by_itself(both):
    mine, theirs = both
    topic = Topic.objects.create(name="Syria", slug="syria")
    TopicAlias.objects.create(topic=topic, name="Damascus", slug="damascus")
    TopicPin.objects.create(topic=topic, post=make_post())
    page = sent_by(mine.get(change(topic)))
    theirs.post(change(topic), sent_by(theirs.get(change(topic))) | {"aliases-0-DELETE": "on"})

    answer = mine.post(change(topic), page | {"description": "The war"})

    assert answer.status_code == 302
    assert not topic.aliases.exists()
    assert topic.pins.exists()


def test_a_form_made_by_hand_is_still_taken(both):
    mine, _theirs = both
    section = Section.objects.create(name="World", slug="world")

    mine.post(change(section), {"name": "The world", "slug": "world", "position": 3})

    section.refresh_from_db()
    assert (section.name, section.position) == ("The world", 3)


def test_a_photo_whose_file_a_colleague_replaced_is_shown_before_it_is_saved(both):
    mine, _theirs = both
    photo = make_photo()
    page = sent_by(mine.get(change(photo)))
    Photo.objects.update(content_hash="f" * 64)

    answer = mine.post(change(photo), page | {"caption": "What the old file showed"})

    assert answer.status_code == 200
    assert Photo.objects.get().caption == photo.caption
