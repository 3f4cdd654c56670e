"""The steps of a post's life, taken in the admin."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles.desk.planning.begin import begin_draft
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import move
from articles.library.date_formats import format_day
from articles.models import Caption, Edition, Post, Transition
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from tests.admin.forms import change_url, filled
from tests.admin.steps.steps import AS_SCRIPT, confirm, offered, press, standing, step_url, write
from tests.builders import make_photo, make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 11, tzinfo=dt.UTC)  # 12:00 in London
HOUR = dt.timedelta(hours=1)


def status(post):
    return Post.objects.get(pk=post.pk).status


def test_a_reporter_saves_and_sends_to_review_with_one_button(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)

    told = press(client, post, "send_to_review", headline="The newest headline")

    post.refresh_from_db()
    assert told == {"done": "Sent to review."}
    assert (post.headline, post.status) == ("The newest headline", "in_review")
    assert Transition.objects.get().by == reporter


def test_a_story_without_a_headline_is_not_sent_to_review(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    Post.objects.update(headline="")
    client.force_login(reporter)

    told = press(client, post, "send_to_review")

    assert told["refused"].startswith("The headline is missing: write one")
    assert status(post) == "draft"


def test_who_sends_a_story_to_review_is_told_what_else_it_lacks(client, reporter):
    post = make_post(status="draft", created_by=reporter, section=None)
    client.force_login(reporter)

    told = press(client, post, "send_to_review")

    said = "Sent to review. Before it is published: The section is missing."
    assert told == {"done": said}
    assert status(post) == "in_review"


def test_the_page_of_a_step_has_its_name_on_the_button(client, editor):
    client.force_login(editor)

    page = client.get(step_url(make_post(status="ready"), "publish"))

    assert "autofocus>Publish now</button>" in page.text


def test_an_editor_sends_back_with_a_note(client, editor):
    post = make_post(status="in_review")
    client.force_login(editor)
    asked = press(client, post, "send_back")

    refused = confirm(client, post, "send_back")
    assert "Say in a note why" in refused.text
    assert status(post) == "in_review"
    confirm(client, post, "send_back", note="Who says so?")

    assert asked == {"page": step_url(post, "send_back")}
    assert status(post) == "draft"
    assert "Who says so?" in standing(client, post)["notes"]


def test_an_editor_approves_and_publishes(client, editor):
    post = make_post(status="in_review")
    client.force_login(editor)

    press(client, post, "approve")
    assert status(post) == "ready"
    press(client, post, "publish", headline="As it is printed")
    page = confirm(client, post, "publish")

    assert Edition.objects.live().get().headline == "As it is printed"
    assert "Published: readers see it now." in page.text
    now = standing(client, post)
    assert "Readers see edition 1" in now["notes"]
    assert "Live" in now["state"]
    assert "changes that are in no edition" not in now["notes"]
    assert now["live_url"] == post.editions.get().get_absolute_url()


def test_a_button_saves_even_when_the_step_is_refused(client, editor):
    post = make_post(section=None)
    client.force_login(editor)

    page = client.get(press(client, post, "publish", headline="Typed just now")["page"])

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
    assert "Scheduled for 1 Jun 2026, 18:30" in standing(client, post)["state"]
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

    notes = standing(client, post)["notes"]

    assert "You have changes that are in no edition yet." in notes
    assert post.editions.get().get_absolute_url() in notes


def test_a_reporter_made_by_hand_cannot_publish(client, reporter):
    post = make_post(created_by=reporter)
    client.force_login(reporter)

    of_editors = ("publish", "schedule", "approve", "withdraw", "cancel", "put_back", "place_hold")
    for action in (*of_editors, "break_embargo", "lift_hold", "hold", "nonsense"):
        for headers in ({}, AS_SCRIPT):
            answer = client.post(step_url(post, action), {"seen": "1/ready/0/"}, headers=headers)
            assert answer.status_code == 403

    assert status(post) == "ready"
    assert not Transition.objects.exists()


def test_a_reporter_sets_neither_embargo_nor_date_by_a_save(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)
    data = filled(client, post) | {
        "published_at": "2001-01-01T10:00",
        "initial-published_at": "",
        "embargo_until": "2001-01-01T10:00",
        "embargo_note": "Mine",
        "status": "published",
        "created_by": "1",
    }

    client.post(change_url(post), data | {"headline": "Mine to change"})

    post.refresh_from_db()
    assert post.headline == "Mine to change"
    assert (post.published_at, post.embargo_until, post.embargo_note) == (None, None, "")
    assert post.status == "draft"


def test_a_page_that_is_open_while_a_colleague_takes_the_step_is_told(client, editor):
    post = make_post(status="in_review")
    client.force_login(editor)
    [step] = [each for each in standing(client, post)["steps"] if each["action"] == "approve"]
    move(post, "send_back", by=make_user(), note="Who says so?")

    answer = client.post(step["url"], {"seen": step["seen"]}, headers=AS_SCRIPT)

    assert "refused" in answer.json()
    assert "page" not in answer.json()
    assert status(post) == "draft"


@pytest.mark.parametrize("seen", ["", "x", "1/ready/0/", "/".join("9" * 30), "\x00"])
def test_a_step_is_taken_only_with_what_was_seen(client, editor, seen):
    post = make_post(status="in_review")
    client.force_login(editor)

    for data in ({"seen": seen}, {}):
        answer = client.post(step_url(post, "approve"), data, headers=AS_SCRIPT)
        assert answer.json()["refused"]

    assert status(post) == "in_review"


def test_the_steps_on_the_writing_screen_are_those_of_the_role(client, reporter, editor):
    post = make_post(status="draft", created_by=reporter)
    aside = ["embargo", "place_hold", "ask_kill"]
    for person, state, steps in (
        (reporter, "draft", ["send_to_review", "embargo"]),
        (reporter, "in_review", []),
        (reporter, "ready", []),
        (editor, "in_review", ["approve", "send_back", *aside]),
        (
            editor,
            "ready",
            ["publish", "schedule", "send_back", "embargo", "place_hold", "ask_kill"],
        ),
    ):
        Post.objects.update(status=state)
        client.force_login(person)

        assert offered(client, post) == steps, (person, state)


def next_of(client, post):
    """The step with the button of its own."""
    return [step["action"] for step in standing(client, post)["steps"] if step["next"]]


def test_the_one_button_of_the_writing_screen_leads_on_or_is_not_there(client, administrator):
    client.force_login(administrator)
    assert next_of(client, make_post(status="in_review")) == ["approve"]
    ready, embargoed, held, live = make_post(), make_post(), make_post(), make_story()
    assert next_of(client, ready) == ["publish"]

    Post.objects.filter(pk=embargoed.pk).update(embargo_open_ended=True)
    Post.objects.filter(pk=held.pk).update(held_at=timezone.now())
    for post in (embargoed, held, live):
        assert offered(client, post)
        assert next_of(client, post) == []
    assert not any(step["beside"] for step in standing(client, live)["steps"])

    write(client, live, headline="Another")
    assert next_of(client, live) == ["publish"]

    confirm(client, live, "ask_kill", note="A letter.", words="Removed.")
    assert offered(client, live) == ["decline_kill"]
    assert next_of(client, live) == []


def test_what_is_missing_is_told_with_its_place_before_anything_is_published(client, editor):
    post = make_post(section=None, photo=make_photo(credit=""))
    Post.objects.update(headline="")
    client.force_login(editor)

    missing = {line["place"]: line["sentence"] for line in standing(client, post)["missing"]}

    assert missing["section"] == "The section is missing."
    assert "headline" in missing
    picture = Caption.objects.get().first_node
    assert "has no credit" in missing[picture]


def test_a_reader_of_a_story_is_told_where_it_stands_and_offered_nothing(client, reporter):
    post = make_post("Theirs", status="in_review")
    client.force_login(reporter)

    now = standing(client, post)

    assert (now["readonly"], now["steps"]) == (True, [])
    assert "In review" in now["state"]


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


def test_what_is_well_to_have_is_told_and_keeps_nobody_from_publishing(client, editor):
    post = plan_story(slug_line="Strike", by=editor, assigned_to=editor, needs=["picture"])
    begin_draft(post, by=editor)
    bare = make_post(standfirst="")
    post.refresh_from_db()
    client.force_login(editor)

    told = standing(client, post)["checks"]
    asked = client.get(step_url(bare, "publish")).text

    for sentence in (
        "Picture: missing",
        "Nobody is named in the byline",
        "The standfirst is empty",
    ):
        assert sentence in told
    assert "Nobody is named in the byline" in asked
    confirm(client, bare, "publish")
    assert status(bare) == "published"


def test_a_story_with_byline_and_standfirst_gets_no_advice(client, editor):
    post = make_post(standfirst="They meet at noon.", byline="By our agency", topics=["Syria"])
    client.force_login(editor)

    told = standing(client, post)["checks"]

    assert "Nothing keeps the story from being published." in told
    assert "Also worth a look" not in told


def test_schedule_stands_beside_publish_until_there_is_an_hour_to_change(client, editor):
    post = make_post(status="ready")
    client.force_login(editor)
    before = [(step["label"], step["beside"]) for step in standing(client, post)["steps"][:2]]
    schedule(post, by=editor, at=timezone.now() + 24 * HOUR)

    [first, *others] = standing(client, post)["steps"]
    page = client.get(step_url(post, "schedule"))

    assert before == [("Publish now", False), ("Schedule", True)]
    assert (first["action"], first["label"]) == ("schedule", "Change the hour")
    assert not any(step["beside"] for step in others)
    due = timezone.localtime(Edition.objects.get().live_from)
    assert f'value="{due:%H:%M}' in page.text
    rewrite(post, "Other words.")
    assert standing(client, post)["steps"][0]["label"] == "Schedule again"


@pytest.mark.parametrize("action", ["ease_embargo", "hold", "nonsense"])
def test_what_is_no_step_of_people_has_no_page(client, administrator, action):
    client.force_login(administrator)
    page = step_url(make_post(embargo_open_ended=True), action)

    assert client.get(page).status_code == 403
    assert client.post(page, {"note": "Because."}).status_code == 403
