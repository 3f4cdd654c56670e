"""What is scheduled keeps obeying: what a step would refuse today is held back, and told."""

import datetime as dt
import json

import pytest
import time_machine
from django.contrib import messages
from django.core.management import call_command
from django.utils import timezone

from articles.admin.fields.pickers import format_rights
from articles.models import Caption, Edition, Photo, Post, Transition
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.legal_hold import place_hold
from tests.admin.forms import sent_from, shown
from tests.admin.steps.steps import standing
from tests.builders import make_photo, make_post, make_stories, make_story, rewrite

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
SOON = NOW + 2 * MINUTE


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def scheduled(at=SOON, **fields):
    post = make_post("Budget leaked", **fields)
    schedule(post, by=None, at=at)
    return post


def embargo(client, post, until):
    """Give a post another end of its embargo, on the page of that step."""
    address = f"/admin/articles/post/{post.pk}/step/embargo/"
    page = client.get(address, follow=True)
    local = timezone.localtime(until, timezone.get_default_timezone())
    moment = {"kind": "until", "day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}
    return client.post(address, {"seen": page.context.get("seen", "")} | moment, follow=True)


def change_photo(client, photo, **fields):
    address = f"/admin/articles/photo/{photo.pk}/change/"
    return client.post(address, sent_from(shown(client, address)) | fields, follow=True)


def warnings(page):
    return [str(m) for m in page.context["messages"] if m.level == messages.WARNING]


def nothing_comes(post):
    return not Edition.objects.filter(post=post, live_from__gt=timezone.now()).exists()


def test_an_embargo_that_is_moved_holds_back_what_was_scheduled_before(desk, editor):
    post = scheduled()

    page = embargo(desk, post, NOW + 5 * HOUR)

    post.refresh_from_db()
    assert nothing_comes(post)
    assert (post.status, post.published_at) == (Post.Status.READY, None)
    [told] = warnings(page)
    assert "Budget leaked" in told
    assert "16:54" in told
    assert "21:52" in told
    held = Transition.objects.filter(post=post).first()
    assert (held.action, held.by, held.due_at) == ("hold", editor, SOON)
    assert "21:52" in held.note


def test_what_is_held_back_is_said_on_the_start_page_and_on_the_story(desk):
    post = scheduled()
    embargo(desk, post, NOW + 5 * HOUR)

    start, notes = desk.get("/admin/"), standing(desk, post)["notes"]

    assert "Held back" in start.text
    assert "embargoed until" in start.text
    assert "was held back when editor saved a change." in notes
    schedule(post, by=None, at=NOW + 6 * HOUR)
    assert "Held back" not in desk.get("/admin/").text


def test_an_embargo_that_ends_in_time_holds_nothing_back(desk):
    post = scheduled()

    page = embargo(desk, post, SOON)

    assert warnings(page) == []
    assert post.editions.get().live_from == SOON


def test_what_is_live_takes_no_embargo_and_keeps_its_update(desk):
    post = make_story("Budget leaked", at=NOW - HOUR)
    rewrite(post, "Second words.")
    schedule(post, by=None, at=SOON)

    page = desk.get(f"/admin/articles/post/{post.pk}/step/embargo/", follow=True)
    embargo(desk, post, NOW + 5 * HOUR)

    post.refresh_from_db()
    assert "Withdraw it first." in page.text
    assert (post.status, post.embargo_until) == (Post.Status.PUBLISHED, None)
    assert not nothing_comes(post)


def test_what_is_live_stays_and_only_its_update_is_held_back(desk, editor, clock):
    post = make_story("Budget leaked", at=NOW - HOUR)
    Post.objects.filter(pk=post.pk).update(change_kind="correction", change_note="It was Tuesday.")
    rewrite(post, "Second words.")
    schedule(post, by=None, at=SOON)
    before = highest_stamp()[0]

    place_hold(post, by=editor, note="A letter came.")

    post.refresh_from_db()
    assert post.status == Post.Status.PUBLISHED
    assert post.has_unpublished_changes
    assert post.published_version == 1
    assert (post.change_kind, post.change_note) == ("correction", "It was Tuesday.")
    assert highest_stamp()[0] != before
    clock.move_to(SOON)
    assert Edition.objects.live().get().number == 1


@pytest.mark.parametrize("slug", ["plain", "été", "صورة"])
def test_rights_that_are_shortened_hold_back_the_stories_with_the_picture(desk, slug):
    photo, other = make_photo(rights_until=NOW.date() + 9 * DAY, slug=slug), make_photo()
    post = scheduled(NOW + 3 * DAY, photo=photo)
    same_day = scheduled(NOW + HOUR, photo=photo, slug="other")
    without = scheduled(NOW + 3 * DAY, photo=other, slug="without")

    page = change_photo(desk, photo, rights_until=(NOW + DAY).date().isoformat())

    assert nothing_comes(post)
    assert not nothing_comes(same_day)
    assert not nothing_comes(without)
    [told] = warnings(page)
    assert "end on 26 November 2026, before it is to appear" in told


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "ended on 24 November 2026, and readers still"), (2, "end on 27 Nov")]
)
def test_who_saves_a_photo_is_told_which_live_stories_show_it_without_rights(desk, days, said):
    photo = make_photo()
    make_story("With it", photo=photo, at=NOW - HOUR)
    lost = make_story("With it once", photo=photo, at=NOW - HOUR)
    Caption.objects.filter(parent=lost).delete()
    rewrite(lost, "Without it.")
    make_story("Without it", photo=make_photo(), at=NOW - HOUR)

    page = change_photo(desk, photo, rights_until=(NOW + days * DAY).date().isoformat())

    [told] = warnings(page)
    assert said in told
    assert "“With it”" in told
    assert "“With it once”" in told
    assert "Without it" not in told


def test_of_many_live_stories_with_a_photo_five_are_named(desk):
    photo = make_photo(rights_until=NOW.date() - DAY)
    make_stories([{"photo": photo, "at": NOW - HOUR} for _number in range(6)])

    [told] = warnings(change_photo(desk, photo, credit="AP"))

    assert told.count("“") == 5
    assert "and others" in told


def test_a_photo_that_may_be_used_for_long_warns_of_nothing(desk):
    photo = make_photo(rights_until=NOW.date() + 30 * DAY)
    make_story(photo=photo, at=NOW - HOUR)

    assert warnings(change_photo(desk, photo, credit="AP")) == []


def test_the_badge_of_a_picture_says_when_its_rights_have_ended():
    assert format_rights(make_photo(rights_until=NOW.date() - DAY)) == (
        "The rights ended on 24 November 2026."
    )


def test_a_picture_that_the_desk_copy_has_lost_since_still_holds_the_edition_back(desk):
    photo = make_photo()
    post = scheduled(NOW + 3 * DAY, photo=photo)
    Caption.objects.filter(parent=post).delete()

    change_photo(desk, photo, rights_until=(NOW + DAY).date().isoformat())

    assert nothing_comes(post)


@pytest.mark.parametrize("field", ["alt", "credit"])
def test_a_picture_that_loses_its_words_holds_back_the_stories_without_own_ones(desk, field):
    photo = make_photo()
    post = scheduled(photo=photo)
    own = make_post("With its own")
    Caption.objects.create(
        parent=own, region="lead", ordering=1, photo=photo, alt="Rubble.", credit="AP"
    )
    schedule(own, by=None, at=SOON)

    page = change_photo(desk, photo, **{field: ""})

    assert nothing_comes(post)
    assert not nothing_comes(own)
    assert len(warnings(page)) == 1


@pytest.mark.parametrize("bulk", [False, True])
def test_a_picture_that_is_deleted_holds_back_the_editions_with_it(desk, bulk):
    photo = make_photo()
    post = scheduled(photo=photo)
    Caption.objects.filter(parent=post).delete()

    if bulk:
        data = {"action": "delete_selected", "_selected_action": [photo.pk], "post": "yes"}
        page = desk.post("/admin/articles/photo/", data, follow=True)
    else:
        address = f"/admin/articles/photo/{photo.pk}/delete/"
        page = desk.post(address, {"post": "yes"}, follow=True)

    assert not Photo.objects.exists()
    assert nothing_comes(post)
    assert "no longer in the library" in warnings(page)[0]


def test_a_picture_editor_who_holds_back_a_story_is_told(client, picture_editor):
    photo = make_photo()
    post = scheduled(NOW + 3 * DAY, photo=photo)
    client.force_login(picture_editor)

    page = change_photo(client, photo, rights_until=NOW.date().isoformat())

    assert nothing_comes(post)
    assert len(warnings(page)) == 1


def test_a_fixture_that_moves_an_embargo_holds_back_what_was_scheduled(tmp_path, capsys):
    post = scheduled(source="demo", source_id="budget")
    row = {
        "source": "demo",
        "source_id": "budget",
        "headline": "Budget leaked",
        "section": ["politics"],
        "embargo_until": (NOW + 5 * HOUR).isoformat(),
    }
    path = tmp_path / "budget.json"
    path.write_text(json.dumps([{"model": "articles.post", "fields": row}]))

    call_command("loaddata", path)

    assert nothing_comes(post)
    assert "is held back" in capsys.readouterr().err


def test_a_story_is_not_scheduled_for_a_day_after_its_pictures_rights_end(editor):
    post = make_post(photo=make_photo(rights_until=NOW.date() + DAY))

    with pytest.raises(NotReady, match="rights"):
        schedule(post, by=editor, at=NOW + 3 * DAY)


def test_holding_back_twice_does_it_once(desk, editor):
    post = scheduled()
    Post.objects.filter(pk=post.pk).update(embargo_until=NOW + 5 * HOUR)

    first, second = (hold_back_refused(by=editor) for _ in range(2))

    assert (len(first), len(second)) == (1, 0)


def test_a_story_that_goes_back_is_kept_as_withdrawn_when_it_was(desk):
    post = make_story(at=NOW - 2 * HOUR)
    withdraw(post, by=None)
    Post.objects.filter(pk=post.pk).update(status=Post.Status.PUBLISHED)
    schedule(post, by=None, at=SOON)

    embargo(desk, post, NOW + 5 * HOUR)

    post.refresh_from_db()
    assert post.status == Post.Status.WITHDRAWN


@pytest.mark.parametrize("field", ["alt", "credit"])
def test_a_picture_without_alt_text_or_credit_keeps_its_story_off_the_site(editor, field):
    post = make_post(photo=make_photo(**{field: ""}))

    with pytest.raises(NotReady):
        publish(post, by=editor)

    assert not Edition.objects.exists()


def test_an_embargo_that_comes_too_late_is_refused(desk, clock):
    post = scheduled()
    clock.move_to(SOON - dt.timedelta(seconds=2))

    page = embargo(desk, post, NOW + 5 * HOUR)

    assert post.editions.get().live_from == SOON
    assert Post.objects.get().embargo_until is None
    assert "Withdraw it first." in page.text
