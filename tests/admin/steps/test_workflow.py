"""The steps of a post's life, taken in the admin."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles.library.date_formats import format_day
from articles.models import Edition, Post, Transition
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from tests.admin.forms import change_url, filled, shown
from tests.builders import make_photo, make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 11, tzinfo=dt.UTC)  # 12:00 in London
HOUR = dt.timedelta(hours=1)


def step_url(post, action):
    return f"/admin/articles/post/{post.pk}/step/{action}/"


def press(client, post, button, **changes):
    """Press a step's button in the post's form, as it is shown."""
    return client.post(change_url(post), filled(client, post) | changes | {"_step": button})


def confirm(client, post, action, *, follow=True, **answers):
    """Open the page of a step, answer it, and press its button."""
    seen = shown(client, step_url(post, action))["seen"]
    return client.post(step_url(post, action), {"seen": seen, "note": ""} | answers, follow=follow)


def status(post):
    return Post.objects.get(pk=post.pk).status


def test_a_reporter_saves_and_sends_to_review_with_one_button(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)

    press(client, post, "send_to_review", headline="The newest headline")

    post.refresh_from_db()
    assert (post.headline, post.status) == ("The newest headline", "in_review")
    assert Transition.objects.get().by == reporter


def test_the_page_of_a_step_has_its_name_on_the_button(client, editor):
    client.force_login(editor)

    page = client.get(step_url(make_post(status="ready"), "publish"))

    assert '<button type="submit" class="button default">Publish now</button>' in page.text


def test_an_editor_sends_back_with_a_note(client, editor):
    post = make_post(status="in_review")
    client.force_login(editor)
    page = press(client, post, "send_back")

    refused = confirm(client, post, "send_back")
    assert "Say in a note why" in refused.text
    assert status(post) == "in_review"
    confirm(client, post, "send_back", note="Who says so?")

    assert page.url == step_url(post, "send_back")
    assert status(post) == "draft"
    assert "Who says so?" in client.get(change_url(post)).text


def test_an_editor_approves_and_publishes(client, editor):
    post = make_post(status="in_review")
    client.force_login(editor)

    press(client, post, "approve")
    assert status(post) == "ready"
    press(client, post, "publish", headline="As it is printed")
    page = confirm(client, post, "publish")

    assert Edition.objects.live().get().headline == "As it is printed"
    assert "Readers see edition 1" in page.text
    assert "unpublished changes" not in page.text


def test_a_button_saves_even_when_the_step_is_refused(client, editor):
    post = make_post(section=None)
    client.force_login(editor)

    page = client.get(press(client, post, "publish", headline="Typed just now").url)

    assert "The section is missing." in page.text
    assert Post.objects.get(pk=post.pk).headline == "Typed just now"
    confirm(client, post, "publish")
    assert not Edition.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_a_story_is_scheduled_in_the_newsrooms_time(client, editor):
    post = make_post()
    client.force_login(editor)

    page = confirm(client, post, "schedule", day="2026-06-01", time="18:30")

    assert Edition.objects.get().live_from == dt.datetime(2026, 6, 1, 17, 30, tzinfo=dt.UTC)
    assert "Scheduled for 1 Jun 2026, 18:30" in page.text
    assert "Europe/London (BST)" in client.get(step_url(post, "schedule")).text


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2026-06-01", "11:59", "has passed"),
        ("2027-03-28", "01:30", "The clocks go forward"),
        ("2026-10-25", "01:30", "happens twice"),
        ("2026-06-02", "", "both a day and a time"),
        ("2026-02-30", "10:00", "Enter a valid date"),
        ("9999-12-31", "23:59", "No story has such a day"),
        ("2026-06-02", "25:99", "Enter a valid time"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_a_moment_that_cannot_be_is_explained(client, editor, day, time, said):
    post = make_post()
    client.force_login(editor)

    page = confirm(client, post, "schedule", day=day, time=time)

    assert said in page.text
    assert not Edition.objects.exists()


def test_a_schedule_is_cancelled(client, editor):
    post = make_post()
    schedule(post, by=editor, at=timezone.now() + HOUR)
    client.force_login(editor)

    confirm(client, post, "cancel")

    assert status(post) == "ready"
    assert not Edition.objects.exists()


def test_a_story_is_withdrawn_and_put_back(client, editor):
    post = make_story()
    client.force_login(editor)

    page = confirm(client, post, "withdraw", note="The lawyer rang.")
    assert "Withdrawn" in page.text
    assert not Edition.objects.live().exists()
    confirm(client, post, "put_back")

    assert Edition.objects.live().get().number == 2


@time_machine.travel(NOON, tick=False)
def test_a_withdrawal_can_wait_for_its_moment(client, editor):
    post = make_story()
    client.force_login(editor)

    page = confirm(client, post, "withdraw", day="2026-06-01", time="18:00")

    assert "It will be withdrawn on 1 Jun 2026, 18:00." in page.text
    assert Edition.objects.live(NOON + HOUR).exists()
    assert not Edition.objects.live(NOON + 6 * HOUR).exists()


def test_what_a_colleague_saved_meanwhile_is_not_published_unseen(client, editor):
    post = make_post()
    client.force_login(editor)
    seen = client.get(step_url(post, "publish")).context["seen"]
    rewrite(post, "Second words.")

    page = client.post(step_url(post, "publish"), {"seen": seen})

    assert "after you opened this page" in page.text
    assert not Edition.objects.exists()


def test_a_button_of_an_old_page_says_what_happened_meanwhile(client, editor):
    post = make_post()
    client.force_login(editor)
    seen = client.get(step_url(post, "publish")).context["seen"]
    publish(post, by=make_user())

    page = client.post(step_url(post, "publish"), {"seen": seen})

    assert "A colleague moved this story meanwhile" in page.text
    assert Edition.objects.count() == 1


def test_the_panel_says_that_there_are_changes_nobody_sees(client, editor):
    post = make_story()
    rewrite(post, "Second words.")
    client.force_login(editor)

    page = client.get(change_url(post))

    assert "You have changes that are in no edition yet." in page.text
    assert post.editions.get().get_absolute_url() in page.text


def test_a_reporter_made_by_hand_cannot_publish(client, reporter):
    post = make_post(created_by=reporter)
    client.force_login(reporter)

    for action in ("publish", "schedule", "approve", "withdraw", "cancel", "put_back", "nonsense"):
        assert client.post(step_url(post, action), {"seen": "1/ready/0/"}).status_code == 403
        assert client.post(change_url(post), {"_step": action}).status_code == 403

    assert status(post) == "ready"
    assert not Transition.objects.exists()


def test_a_reporter_sets_neither_embargo_nor_date(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)
    data = filled(client, post) | {
        "published_at_0": "2001-01-01",
        "published_at_1": "10:00",
        "embargo_until_0": "2001-01-01",
        "embargo_until_1": "10:00",
        "embargo_note": "Mine",
        "status": "published",
        "created_by": "1",
    }

    client.post(change_url(post), data | {"headline": "Mine to change"})

    post.refresh_from_db()
    assert post.headline == "Mine to change"
    assert (post.published_at, post.embargo_until, post.embargo_note) == (None, None, "")
    assert post.status == "draft"


def test_the_history_shows_the_log_to_those_who_may_see_it(client, editor):
    post = make_story(by=editor)
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{post.pk}/history/")

    assert "Published" in page.text
    assert "Edition 1" in page.text


def test_the_page_of_a_step_says_that_a_pictures_rights_have_ended(client, editor):
    photo = make_photo(rights_until=timezone.localdate() - dt.timedelta(days=1))
    post = make_post(photo=photo)
    client.force_login(editor)

    assert format_day(photo.rights_until) in client.get(step_url(post, "publish")).text
