"""Today, the start page: what waits for whom, the day's line, and what is wrong."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import roles
from articles.desk.notes.leave_note import leave_note, mark_done
from articles.desk.workflow import move
from articles.models import (
    Alternative,
    LinkProblem,
    Note,
    Photo,
    Plan,
    PlanNeed,
    Post,
    Presence,
    Task,
    Transition,
)
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post, make_stories, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 25, 16, 52, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
Action = Transition.Action


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def today(client):
    return client.get("/admin/").context_data["today"]


def named(groups, key):
    """The headlines in one of the groups; none when there is no such group."""
    rows = [row for group in groups if group.key == key for row in group.rows]
    return [str(row.story.post) for row in rows]


def headlines(rows):
    return [str(row.story.post) for row in rows]


def sent_back(writer, editor, note="Who says so?", **fields):
    post = make_post("Floods", status="draft", created_by=writer, **fields)
    move(post, Action.SEND_TO_REVIEW, by=writer)
    move(post, Action.SEND_BACK, by=editor, note=note)
    return post


def test_a_story_that_was_sent_back_waits_for_its_writer_with_the_note(client, reporter, editor):
    editor.first_name, editor.last_name = "Edith", "Orr"
    editor.save()
    sent_back(reporter, editor)
    client.force_login(reporter)

    page = client.get("/admin/")

    [group] = page.context_data["today"].waits()
    assert (group.key, headlines(group.rows)) == ("sent_back", ["Floods"])
    assert "Edith Orr" in page.text
    assert "Who says so?" in page.text


def test_what_was_sent_back_waits_for_nobody_else_and_no_longer_than_it_has_to(
    client, reporter, editor
):
    post = sent_back(reporter, editor)
    client.force_login(make_user(roles.REPORTER))
    assert not today(client).waits()

    move(post, Action.SEND_TO_REVIEW, by=reporter)

    client.force_login(reporter)
    assert not today(client).waits()
    client.force_login(editor)
    assert named(today(client).waits(), "review") == ["Floods"]


def test_only_those_who_approve_are_asked_to_review_the_longest_waiting_first(
    client, reporter, editor
):
    make_post("Young", status="in_review", saved_at=NOW - MINUTE)
    make_post("Old", status="in_review", saved_at=NOW - HOUR)
    client.force_login(reporter)
    assert named(today(client).waits(), "review") == []

    client.force_login(editor)

    assert named(today(client).waits(), "review") == ["Old", "Young"]


def test_changes_that_want_a_second_reader_wait_too(desk, reporter, settings):
    settings.SECOND_READER = True
    post = make_story("Out")
    rewrite(post, "Other words.")
    Transition.objects.create(
        post=post, action=Action.SEND_TO_REVIEW, by=reporter, at=NOW, version=post.version,
        from_status="published", to_status="published",
    )  # fmt: skip

    assert named(today(desk).waits(), "reread") == ["Out"]


def make_plan(headline, *, status="planned", **fields):
    post = make_post(headline, status=status)
    return Plan.objects.create(post=post, **fields)


def test_what_somebody_is_to_write_waits_from_the_day_before(client, reporter, editor):
    make_plan("Late", assigned_to=reporter, due_at=NOW - HOUR, about="How the wall held.")
    make_plan("Tomorrow", assigned_to=reporter, due_at=NOW + DAY)
    make_plan("Next week", assigned_to=reporter, due_at=NOW + 7 * DAY)
    make_plan("Some day", assigned_to=reporter)
    make_plan("Handed in", assigned_to=reporter, due_at=NOW, status="in_review")
    make_plan("Theirs", assigned_to=editor, due_at=NOW)
    client.force_login(reporter)

    page = client.get("/admin/")

    shown = page.context_data["today"]
    assert named(shown.waits(), "due") == ["Late", "Tomorrow"]
    assert headlines(shown.planned()) == ["Next week", "Some day"]
    # Where it waits, and at its hour.
    assert page.text.count("Overdue") == 2
    assert "How the wall held." in page.text


def test_notes_wait_for_whom_they_are_addressed_to_until_they_are_done(client, reporter, editor):
    post = make_post("Floods")
    first = leave_note(post, "Call the mayor.", by=editor, to=reporter)
    leave_note(post, "And the harbour.", by=editor, to=reporter)
    leave_note(post, "For everybody.", by=editor)
    client.force_login(reporter)

    def told():
        [group] = today(client).waits()
        return [row.words for row in group.rows]

    assert told() == ["And the harbour.", "Call the mayor."]
    mark_done(first, by=reporter)
    assert told() == ["And the harbour."]


def test_a_note_is_done_from_the_start_page(client, reporter, editor):
    note = leave_note(make_post("Floods"), "Call the mayor.", by=editor, to=reporter)
    client.force_login(reporter)

    sent = {"done": note.pk, "from": "today"}
    page = client.post(f"/admin/articles/post/{note.post_id}/notes/", sent, follow=True)

    assert page.request["PATH_INFO"] == "/admin/"
    assert page.context_data["today"].waits() == []


def test_who_has_a_story_open_is_named_at_it(desk, reporter):
    post = make_post("Floods", status="in_review")
    here = {"post": post, "user": reporter, "tab": "1"}
    Presence.objects.create(**here, seen_at=NOW)
    Presence.objects.create(**here | {"tab": "2"}, seen_at=NOW)

    assert desk.get("/admin/").text.count("reporter is on it") == 2
    Presence.objects.update(seen_at=NOW - MINUTE)
    assert "is on it" not in desk.get("/admin/").text


def test_what_is_due_today_stands_at_its_hour_and_once(desk, editor):
    make_plan("Planned", due_at=NOW + HOUR)
    make_plan("In work", due_at=NOW - HOUR, status="draft")
    make_plan("Due tomorrow", due_at=NOW + DAY)
    make_story("Out")
    Plan.objects.create(post=Post.objects.get(headline="Out"), due_at=NOW)
    plan = make_plan("Scheduled", due_at=NOW + HOUR, status="ready")
    schedule(plan.post, by=editor, at=NOW + 2 * HOUR)

    shown = today(desk)

    assert [(str(row.story.post), row.mark) for row in shown.day().rows] == [
        ("In work", "late"),
        ("Out", "live"),
        ("Planned", "due"),
        ("Scheduled", "coming"),
    ]
    assert named(shown.in_hand(), "in_work") == []


def test_picture_editors_see_what_is_due_soon_and_lacks_its_picture(client, editor):
    for name, due, met in (
        ("Today", NOW + HOUR, False),
        ("Tomorrow", NOW + DAY, False),
        ("There", NOW + HOUR, True),
        ("Later", NOW + 3 * DAY, False),
    ):
        plan = make_plan(name, due_at=due)
        PlanNeed.objects.create(plan=plan, kind="picture", met=met, reason="It rained.")
    text_only = make_plan("Text only", due_at=NOW + HOUR)
    PlanNeed.objects.create(plan=text_only, kind="legal_read")

    client.force_login(make_user(roles.PICTURE_EDITOR))
    waits = today(client).waits()
    assert named(waits, "no_picture") == ["Today", "Tomorrow"]
    assert waits[0].rows[0].words == "It rained."
    client.force_login(editor)
    assert named(today(client).waits(), "no_picture") == []


def test_tomorrow_stands_below_today_with_what_its_stories_need(desk, editor):
    plan = make_plan("Due tomorrow", due_at=NOW + DAY)
    PlanNeed.objects.create(plan=plan, kind="picture", reason="no flight")
    PlanNeed.objects.create(plan=plan, kind="graphic", met=True)
    make_plan("Due after tomorrow", due_at=NOW + 2 * DAY)
    schedule(make_post("At nine"), by=editor, at=NOW + DAY - 7 * HOUR)
    schedule(make_post("Next week"), by=editor, at=NOW + 7 * DAY)
    withdraw(make_story("Leaves", at=NOW - DAY), by=editor, at=NOW + DAY + HOUR)

    page = desk.get("/admin/")

    day = page.context_data["today"].day()
    assert headlines(day.tomorrow) == ["At nine", "Due tomorrow", "Leaves"]
    assert headlines(day.later) == ["Next week"]
    assert day.coming == []
    assert "Picture: missing (no flight)" in page.text
    assert "Graphic" not in page.text


def test_changes_of_a_live_story_that_were_sent_back_wait_for_its_writer(
    client, reporter, editor, settings
):
    settings.SECOND_READER = True
    for headline, writer in (("Mine", reporter), ("Theirs", editor)):
        post = make_story(headline, created_by=writer)
        rewrite(post, "Other words.")
        Transition.objects.create(
            post=post, action=Action.SEND_BACK, by=editor, at=NOW, version=post.version,
            from_status="published", to_status="published", note="No.",
        )  # fmt: skip
    client.force_login(reporter)

    assert named(today(client).waits(), "sent_back") == ["Mine"]


def test_my_stories_are_those_that_i_began_in_every_state(client, reporter):
    make_post("Theirs", status="draft")
    make_post("Draft", status="draft", created_by=reporter, saved_at=NOW)
    make_post("Given away", status="in_review", created_by=reporter, saved_at=NOW - MINUTE)
    make_story("Out", created_by=reporter, saved_at=NOW - HOUR)
    client.force_login(reporter)

    assert headlines(today(client).mine()) == ["Draft", "Given away", "Out"]


def test_the_day_stands_in_the_order_of_its_hours(desk, editor):
    make_stories([{"headline": "Morning", "at": NOW - 8 * HOUR}, {"headline": "Yesterday",
                 "at": NOW - DAY}])  # fmt: skip
    schedule(make_post("Evening"), by=editor, at=NOW + 2 * HOUR)
    schedule(make_post("Later"), by=editor, at=NOW + 2 * DAY)
    withdraw(make_story("Leaves", at=NOW - DAY), by=editor, at=NOW + 3 * HOUR)

    line = today(desk).day()

    assert headlines(line.lately) == ["Morning"]
    assert headlines(line.coming) == ["Evening", "Leaves"]
    assert headlines(line.later) == ["Later"]
    assert [row.mark for row in line.coming] == ["coming", "leaving"]
    assert "Leaves the site" in desk.get("/admin/").text


def test_an_update_at_an_hour_is_no_leaving(desk, editor):
    post = make_story("Out", at=NOW - HOUR)
    schedule(post, by=editor, at=NOW + HOUR)

    line = today(desk).day()

    assert [(str(row.story.post), row.mark) for row in line.rows] == [
        ("Out", "live"),
        ("Out", "coming"),
    ]


def test_the_earlier_part_of_a_full_day_is_folded(desk):
    make_stories({"headline": f"No {n}", "at": NOW - (n + 1) * MINUTE} for n in range(9))

    line = today(desk).day()

    assert headlines(line.earlier) == ["No 8", "No 7", "No 6"]
    assert headlines(line.lately) == ["No 5", "No 4", "No 3", "No 2", "No 1", "No 0"]


def test_what_is_in_hand_stands_by_its_state(desk, editor, clock):
    make_post("Begun", status="draft", saved_at=NOW - MINUTE)
    make_post("Old draft", status="draft", saved_at=NOW - 2 * DAY)
    make_post("Being read", status="in_review")
    make_post("Good", status="ready")
    rewrite(make_story("Out"), "Other words.")
    rewrite(gone := make_story("Gone"), "Other words.")
    withdraw(gone, by=editor)
    clock.shift(MINUTE)

    groups = today(desk).in_hand()

    assert [(group.key, headlines(group.rows)) for group in groups] == [
        ("in_work", ["Begun"]),
        ("in_review", ["Being read"]),
        ("ready", ["Good"]),
        ("changed", ["Out"]),
    ]


def test_what_has_no_room_is_listed_elsewhere(desk):
    for number in range(9):
        make_post(f"Good {number}", status="ready")

    page = desk.get("/admin/")

    ready = page.context_data["today"].in_hand()[2]
    assert (len(ready.rows), len(ready.all_rows)) == (8, 9)
    [address] = re.findall(r'href="([^"]*state=ready)"', page.text)
    assert desk.get(address).text.count("Good ") >= 9


def test_two_wordings_and_corrections_are_to_be_put_right(desk, editor):
    post = make_post("Torn", status="draft")
    for text in ("One", "Two"):
        Alternative.objects.create(parent=post, region="body", ordering=20, text=text, who="Anna")
    wrong = make_story("Wrong")
    Post.objects.filter(pk=wrong.pk).update(
        change_kind="correction", change_note="It was Tuesday.", version=2
    )

    groups = today(desk).wrong()

    assert named(groups, "wordings") == ["Torn"]
    assert named(groups, "correction") == ["Wrong"]
    assert "It was Tuesday." in desk.get("/admin/").text
    wrong.refresh_from_db()
    publish(wrong, by=editor)
    assert named(today(desk).wrong(), "correction") == []


def test_a_reporter_is_told_of_their_own_mistakes_only(client, reporter):
    for headline, writer in (("Mine", reporter), ("Theirs", None)):
        post = make_post(headline, status="draft", created_by=writer)
        Alternative.objects.create(parent=post, region="body", ordering=20, text="x", who="Anna")
        make_post(f"{headline} amended", created_by=writer, change_kind="correction")
    client.force_login(reporter)

    groups = today(client).wrong()

    assert named(groups, "wordings") == ["Mine"]
    assert named(groups, "correction") == ["Mine amended"]


def test_dead_links_of_live_stories_are_to_be_put_right(desk):
    post, gone = make_story("Out"), make_story("Gone")
    for number in range(2):
        LinkProblem.objects.create(
            post=post, kind="missing", address=f"/2016/01/0{number + 1}/x/", found_at=NOW
        )
    LinkProblem.objects.create(post=gone, kind="withdrawn", target=post, found_at=NOW)

    page = desk.get("/admin/")

    assert named(page.context_data["today"].wrong(), "dead_links") == ["Gone", "Out"]
    assert "/2016/01/02/x/" in page.text


def test_pictures_in_use_whose_rights_end_are_to_be_put_right(client, editor, reporter):
    today_ends, soon = NOW.date(), NOW.date() + 8 * DAY
    make_story("Out", photo=make_photo(caption="Ends today", rights_until=today_ends))
    make_story("Later", photo=make_photo(caption="Ends later", rights_until=soon))
    photo = make_photo(caption="Over")
    make_story("Late", photo=photo)
    Photo.objects.filter(pk=photo.pk).update(rights_until=today_ends - DAY)
    make_photo(caption="Unused", rights_until=today_ends)
    client.force_login(reporter)
    assert today(client).pictures() == []
    client.force_login(editor)

    page = client.get("/admin/")

    told = [(each["caption"], each["has_ended"]) for each in page.context_data["today"].pictures()]
    assert told == [("Over", True), ("Ends today", False)]
    assert "Ended on 24 November 2026, and readers still see it" in page.text


def test_only_administrators_are_told_of_an_overdue_task(client, editor, administrator):
    Task.objects.create(name=Task.Name.DELIVER, due_at=NOW - HOUR)
    client.force_login(editor)
    assert "Overdue" not in client.get("/admin/").text

    client.force_login(administrator)

    assert "Overdue" in client.get("/admin/").text


def test_who_may_see_no_stories_is_shown_none(client):
    make_post("Secret", status="in_review")
    client.force_login(make_user(None))

    page = client.get("/admin/")

    assert page.status_code == 200
    assert "Secret" not in page.text


def test_hostile_words_are_shown_as_they_were_typed(client, reporter, editor):
    sent_back(reporter, editor, note="<script>alert(1)</script>")
    client.force_login(reporter)

    assert "&lt;script&gt;alert(1)" in client.get("/admin/").text


@pytest.mark.parametrize("role", roles.PERMISSIONS)
def test_the_page_costs_the_same_for_one_story_and_for_thirty(client, role, settings):
    settings.SECOND_READER = True
    person = make_user(role)
    client.force_login(person)

    def fill(number):
        make_stories(
            {"headline": f"{number}-{n}", "created_by": person, "at": NOW - n * MINUTE}
            for n in range(number)
        )
        for status in ("draft", "in_review", "ready"):
            for _n in range(number):
                post = make_post(status=status, created_by=person)
                Plan.objects.create(post=post, assigned_to=person, due_at=NOW)
                PlanNeed.objects.create(plan=post.plan, kind="picture")
                Note.objects.create(post=post, by=person, to=person, text="Look")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/admin/").status_code == 200
        return len(seen)

    fill(1)
    queries()  # once in a process Django asks what SQLite can do with JSON
    one = queries()
    fill(29)
    assert queries() == one <= 8
