"""What belongs to stories is theirs whose desk they are at: notes, banners, dead links, plans."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk import roles
from articles.desk.notes.leave_note import leave_note, mark_done
from articles.desk.planning.plan_story import plan_story
from articles.desk.workflow import Refusal
from articles.models import Breaking, DeskRight, Plan, Post, TopicPin
from articles.publishing.endings.replace_links import replace_links
from articles.publishing.steps.banners import put_up, take_down
from tests.admin.forms import sent_from, shown
from tests.admin.machine.test_dead_links import dead
from tests.builders import make_section, make_story, make_topic, make_user

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
BANNER = "/admin/articles/breaking/"
FORBIDDEN = "You have no rights in the section “Politics”."


@pytest.fixture
def ours(db):
    return make_story("Ours", section="Sport")


@pytest.fixture
def theirs(db):
    return make_story("Theirs", section="Politics")


def banner_of(post, by=None):
    now = timezone.now()
    return Breaking.objects.create(
        text="It happened",
        post=post,
        owner=by or make_user(),
        live_from=now - HOUR,
        live_until=now + HOUR,
    )


def typed(post):
    until = timezone.localtime(timezone.now() + HOUR)
    return {"text": "Goal", "post": post.pk, "live_until": f"{until:%Y-%m-%dT%H:%M}"}


def test_a_note_to_a_colleague_is_done_by_an_editor_of_its_desk_alone(ours, theirs, of_sport):
    one, other = make_user(), make_user()
    here, there = (leave_note(post, "Ask again.", by=one, to=other) for post in (ours, theirs))

    assert mark_done(here, by=of_sport).done_by == of_sport
    with pytest.raises(Refusal):
        mark_done(there, by=of_sport)


def test_banners_lead_to_stories_of_their_desk(desk, ours, theirs):
    assert FORBIDDEN in desk.post(f"{BANNER}add/", typed(theirs)).text
    assert not Breaking.objects.exists()

    desk.post(f"{BANNER}add/", typed(ours))
    row = Breaking.objects.get()
    assert FORBIDDEN in desk.post(f"{BANNER}{row.pk}/change/", typed(theirs)).text
    row.refresh_from_db()
    assert row.post == ours


def test_a_banner_of_another_desk_is_not_changed_or_taken_down(desk, of_sport, ours, theirs):
    row = banner_of(theirs)

    assert "It happened" in desk.get(f"{BANNER}{row.pk}/change/").text
    assert "End it now" not in desk.get(f"{BANNER}{row.pk}/change/").text
    assert desk.post(f"{BANNER}{row.pk}/change/", typed(ours)).status_code == 403
    assert desk.post(f"{BANNER}{row.pk}/end/").status_code == 403
    now = timezone.now()
    with pytest.raises(PermissionDenied):
        take_down(row, by=of_sport, now=now)
    row.post = ours
    with pytest.raises(PermissionDenied):
        put_up(row, by=of_sport, now=now)
    row.refresh_from_db()
    assert (row.post, row.live_until > now) == (theirs, True)


def test_a_banner_moves_with_the_links_where_both_stories_are_theirs(of_sport, ours, theirs):
    row, elsewhere = banner_of(ours), make_story("Next", section="Sport")

    replace_links(ours, theirs, by=of_sport, publish_again=False)
    row.refresh_from_db()
    assert row.post == ours
    replace_links(ours, elsewhere, by=of_sport, publish_again=False)
    row.refresh_from_db()
    assert row.post == elsewhere


def test_dead_links_are_shown_of_their_desk_and_of_their_own_stories(desk, of_sport, ours, theirs):
    begun = make_story("Begun by them", section="Politics", created_by=of_sport)
    for post in (ours, theirs, begun):
        dead(post, f"/gone/{post.pk}/")

    page = desk.get("/admin/dead-links/").text
    assert ("Ours" in page, "Begun by them" in page, "Theirs" in page) == (True, True, False)
    wrong = desk.get("/admin/").context["today"].wrong()
    assert {str(row.story.post) for group in wrong for row in group.rows} == {
        "Ours",
        "Begun by them",
    }


def test_today_says_what_is_wrong_at_their_desk(desk, ours, theirs):
    Post.objects.update(held_at=timezone.now(), hold_reason="Their lawyers wrote.")
    wrong = desk.get("/admin/").context["today"].wrong()
    assert [str(row.story.post) for group in wrong for row in group.rows] == ["Ours"]


def test_the_lists_of_topics_are_at_nobodys_desk(desk, ours):
    topic = make_topic()
    page = f"/admin/articles/topic/{topic.pk}/change/"
    line = {"topic_pins-TOTAL_FORMS": 1, "topic_pins-0-post": ours.pk, "topic_pins-0-position": 1}

    desk.post(page, sent_from(shown(desk, page)) | line)

    assert not TopicPin.objects.exists()


def plan_page(post):
    return f"/admin/articles/plan/{post.plan.pk}/change/"


def test_a_story_is_planned_for_who_may_write_in_its_section(desk, sport, of_sport):
    politics = make_section("Politics")
    stranger = make_user(roles.REPORTER, "stranger")
    DeskRight.objects.create(user=stranger, section=politics)
    add = "/admin/articles/plan/add/"
    data = {"slug_line": "The match", "section": sport.pk}

    sent = sent_from(shown(desk, add))
    answer = desk.post(add, sent | data | {"assigned_to": stranger.pk})
    assert "stranger may not write in the section “Sport”." in answer.text
    assert not Plan.objects.exists()

    desk.post(add, sent | data | {"assigned_to": of_sport.pk})
    post = Plan.objects.get().post
    sent = sent_from(shown(desk, plan_page(post)))
    answer = desk.post(plan_page(post), sent | {"assigned_to": stranger.pk})
    assert "may not write in the section" in answer.text
    assert Plan.objects.get().assigned_to == of_sport


def test_a_plan_is_moved_to_no_section_where_its_writer_may_not_write(client, editor, of_sport):
    politics = make_section("Politics")
    post = plan_story(
        slug_line="Match", section=make_section("Sport"), assigned_to=of_sport, by=None
    )
    client.force_login(editor)

    sent = sent_from(shown(client, plan_page(post)))
    answer = client.post(plan_page(post), sent | {"section": politics.pk})
    assert "of-sport may not write in the section “Politics”." in answer.text

    client.post(plan_page(post), sent | {"section": politics.pk, "assigned_to": editor.pk})
    post.refresh_from_db()
    assert (post.section, post.plan.assigned_to) == (politics, editor)


def test_what_a_plan_may_not_become_is_said_at_its_field(client, sport):
    stopped = plan_story(slug_line="Stopped", section=make_section("Politics"), by=None)
    Post.objects.filter(pk=stopped.pk).update(held_at=timezone.now(), hold_reason="Lawyers.")
    chief = make_user(roles.REPORTER, "chief")
    for section, role in ((sport, roles.ADMINISTRATOR), (stopped.section, roles.EDITOR)):
        group = make_user(role).groups.get()
        DeskRight.objects.create(user=chief, section=section, role=group)
    client.force_login(chief)

    sent = sent_from(shown(client, plan_page(stopped)))
    answer = client.post(plan_page(stopped), sent | {"section": sport.pk})

    assert answer.status_code == 200
    assert "this story stays in its section for you" in answer.text
