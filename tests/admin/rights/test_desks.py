"""What somebody with rights at one desk may do there, and does not at the desks of others."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import roles
from articles.desk.accounts.second_factor.set_up import may_require_second_factor
from articles.desk.planning.change_plan import change_plan
from articles.desk.planning.copy_day import copy_day
from articles.desk.planning.plan_story import plan_story
from articles.models import DeskRight, Edition, Plan, Post, Section
from articles.publishing.steps.filing import put_into_section
from articles.publishing.steps.publish import publish
from articles.publishing.steps.reschedule import reschedule
from articles.publishing.steps.schedule import schedule
from tests.admin.forms import change_url, filled, sent_from, shown
from tests.admin.steps.steps import AS_SCRIPT, by_hand, offered, step_url
from tests.admin.writing.sending import send
from tests.builders import make_post, make_section, make_user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_they_write_review_and_publish_at_their_desk(desk):
    ours = make_post(section="Sport", status="in_review")

    assert offered(desk, ours) == ["approve", "send_back", "embargo", "place_hold", "ask_kill"]
    assert by_hand(desk, ours, "approve")["done"]
    assert send(desk, ours, headline="Ours").status_code == 200


@pytest.mark.parametrize("status", ["draft", "in_review", "ready", "published", "withdrawn"])
def test_they_have_no_buttons_at_another_desk(desk, status):
    theirs = make_post(section="Politics", status=status)

    assert offered(desk, theirs) == []


@pytest.mark.parametrize("action", ["approve", "publish", "place_hold", "embargo", "send_back"])
def test_a_step_by_hand_at_another_desk_is_forbidden(desk, action):
    theirs = make_post(section="Politics", status="ready" if action == "publish" else "in_review")
    data = {"seen": "1/in_review/0/", "note": "x", "kind": "open"}

    answer = desk.post(step_url(theirs, action), data, headers=AS_SCRIPT)

    assert answer.status_code == 403 or "refused" in answer.json()
    assert not Edition.objects.exists()
    assert not theirs.transitions.exists()


def test_they_read_a_story_of_another_desk_and_do_not_change_it(desk):
    theirs = make_post("Theirs", section="Politics")

    assert "Theirs" in desk.get(change_url(theirs)).text
    assert send(desk, theirs, headline="Ours").status_code == 403
    assert Post.objects.get().headline == "Theirs"


def test_they_file_no_story_at_another_desk(desk, sport):
    ours, politics = make_post(section="Sport"), make_section("Politics")

    answer = send(desk, ours, auto=False, section=politics.pk, **{"initial-section": sport.pk})

    assert "section" in answer.json()["errors"]
    assert Post.objects.get().section == sport
    page = desk.get(change_url(ours))
    offered_sections = page.context["form"].fields["section"].queryset
    assert list(offered_sections) == [sport]


def test_they_begin_no_story_at_another_desk(desk, sport):
    politics = make_section("Politics")

    theirs = send(desk, headline="New", section=politics.pk, form_token="")
    ours = send(desk, headline="New", section=sport.pk)

    assert "section" in theirs.json()["errors"]
    assert ours.status_code == 200
    assert set(Post.objects.values_list("section__name", flat=True)) == {None, "Sport"}


def test_actions_for_many_do_only_what_is_theirs(desk, sport):
    posts = make_post("Ours", section="Sport"), make_post("Theirs", section="Politics")
    seen = [f"{post.pk}/{post.version}/{post.status}" for post in posts]
    sent = {"_selected_action": [post.pk for post in posts], "seen": seen}

    page = desk.post(
        "/admin/articles/post/", sent | {"action": "publish", "confirmed": "1"}, follow=True
    )

    assert "Done with 1 story" in page.text
    assert [edition.headline for edition in Edition.objects.all()] == ["Ours"]
    make_section("Politics")
    desk.post("/admin/articles/post/", sent | {"action": "section", "section": "politics"})
    assert Post.objects.get(headline="Ours").section == sport


def test_what_is_scheduled_at_another_desk_is_not_moved(of_sport):
    post, at = make_post(section="Politics"), timezone.now() + DAY
    edition = schedule(post, by=None, at=at)

    with pytest.raises(Exception, match="no rights in the section “Politics”"):
        reschedule(post, was=edition.live_from, at=at + DAY, by=of_sport)
    with pytest.raises(Exception, match="no rights in the section “Politics”"):
        publish(post, by=of_sport)


def test_they_plan_at_their_desk_only(of_sport, sport):
    politics = make_section("Politics")
    ours = plan_story(slug_line="Ours", section=sport, by=of_sport)
    theirs = plan_story(slug_line="Theirs", section=politics, by=None)

    for attempt in (
        lambda: plan_story(slug_line="New", section=politics, by=of_sport),
        lambda: change_plan(ours, {"section": politics}, by=of_sport),
        lambda: change_plan(theirs, {"slug_line": "Ours"}, by=of_sport),
    ):
        with pytest.raises(Exception, match=r"no rights|planned for a colleague"):
            attempt()

    assert Post.objects.get(pk=ours.pk).section == sport


def test_a_day_is_copied_for_their_desk_only(of_sport, sport):
    now = timezone.now()
    for section in (sport, make_section("Politics")):
        plan_story(slug_line=section.name, section=section, by=None, due_at=now + DAY)
    day = timezone.localdate(now + DAY, timezone.get_default_timezone())

    copy_day(day, day + DAY, by=of_sport, now=now)

    assert [plan.post.slug_line for plan in Plan.objects.filter(copied_from__isnull=False)] == [
        "Sport"
    ]


def test_the_front_of_their_section_is_theirs_and_no_other(desk, sport):
    politics = make_section("Politics")

    assert desk.get(f"/admin/articles/placement/{sport.pk}/").status_code == 200
    assert desk.get(f"/admin/articles/placement/{politics.pk}/").status_code == 403
    assert desk.get("/admin/articles/placement/home/").status_code == 403
    assert "Politics" not in desk.get("/admin/articles/placement/").context["fronts"].__repr__()


def test_today_asks_them_to_review_what_is_theirs(desk):
    make_post("Ours", section="Sport", status="in_review")
    make_post("Theirs", section="Politics", status="in_review")

    waits = desk.get("/admin/").context["today"].waits()

    assert [[str(row.story.post) for row in group.rows] for group in waits] == [["Ours"]]


def test_a_reporter_is_an_editor_at_one_desk(client, sport):
    reporter = make_user(roles.REPORTER)
    editor_role = Group.objects.get(name=roles.EDITOR)
    DeskRight.objects.create(user=reporter, section=sport, role=editor_role)
    DeskRight.objects.create(user=reporter)
    client.force_login(reporter)
    ours = make_post(section="Sport", status="in_review")
    theirs = make_post(section="Politics", status="in_review")

    assert by_hand(client, ours, "approve")["done"]
    assert offered(client, theirs) == []


def test_who_has_no_lines_costs_no_query_more(client, editor, sport):
    post = make_post(section="Sport")

    def cost():
        client.get("/admin/password_change/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/admin/articles/post/{post.pk}/standing/")
        return [query["sql"] for query in asked if "deskright" in query["sql"]]

    client.force_login(editor)
    [with_the_account] = cost()
    assert "EXISTS" in with_the_account
    DeskRight.objects.create(user=editor, section=sport)
    assert len(cost()) == 2


def lines_sent(client, user):
    """What the page of an account sends, with a new line below its others."""
    data = sent_from(shown(client, f"/admin/auth/user/{user.pk}/change/"))
    number = int(data["desk_rights-TOTAL_FORMS"])
    line = f"desk_rights-{number}"
    return data | {"desk_rights-TOTAL_FORMS": number + 1, f"{line}-id": "", f"{line}-user": user.pk}


def add_line(client, user, section="", role=""):
    data = lines_sent(client, user)
    line = f"desk_rights-{int(data['desk_rights-TOTAL_FORMS']) - 1}"
    address = f"/admin/auth/user/{user.pk}/change/"
    return client.post(address, data | {f"{line}-section": section, f"{line}-role": role})


def test_an_administrator_gives_rights_at_a_desk_on_the_accounts_page(
    client, administrator, reporter, sport
):
    client.force_login(administrator)
    editor_role = Group.objects.get(name=roles.EDITOR)

    answer = add_line(client, reporter, sport.pk, editor_role.pk)

    assert answer.status_code == 302
    assert list(reporter.desk_rights.values_list("section", "role")) == [(sport.pk, editor_role.pk)]
    assert "Sport" in client.get(f"/admin/auth/user/{reporter.pk}/change/").text


def test_nobody_gives_a_role_that_may_do_more_than_they(client, administrator, reporter, sport):
    wide = Group.objects.create(name="Wide")
    wide.permissions.set(
        type(wide.permissions.model.objects.first()).objects.filter(content_type__app_label="axes")
    )
    client.force_login(administrator)

    answer = add_line(client, reporter, sport.pk, wide.pk)

    assert answer.status_code == 200
    assert not DeskRight.objects.exists()
    DeskRight.objects.create(user=reporter, section=sport, role=wide)
    assert client.post(f"/admin/auth/user/{reporter.pk}/change/", {}).status_code == 403


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REPORTER, roles.LAWYER])
def test_nobody_else_sees_the_page(client, reporter, role):
    client.force_login(make_user(role))

    assert client.get(f"/admin/auth/user/{reporter.pk}/change/").status_code == 403


def test_the_page_costs_the_same_for_one_line_and_for_ten(client, administrator, reporter):
    client.force_login(administrator)
    for number in range(10):
        make_section(f"Section {number}")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/admin/auth/user/{reporter.pk}/change/")
        return len(asked)

    DeskRight.objects.create(user=reporter, section=Section.objects.first())
    cost()
    one = cost()
    for section in Section.objects.all()[1:]:
        DeskRight.objects.create(user=reporter, section=section)
    assert cost() == one <= 12


def test_a_plain_form_moves_nothing_to_another_desk(desk, sport):
    ours, politics = make_post(section="Sport"), make_section("Politics")

    desk.post(change_url(ours), filled(desk, ours) | {"section": politics.pk})

    assert Post.objects.get().section == sport


@pytest.fixture
def of_two_desks(sport):
    """A reporter who is an administrator in Sport."""
    user = make_user(roles.REPORTER)
    DeskRight.objects.create(user=user, section=make_section("Politics"))
    role = Group.objects.get(name=roles.ADMINISTRATOR)
    DeskRight.objects.create(user=user, section=sport, role=role)
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize("stop", [{"held_at": timezone.now}, {"embargo_open_ended": lambda: True}])
@pytest.mark.parametrize("to", ["Sport", None])
def test_a_stopped_story_is_moved_to_no_desk_where_its_mover_lets_it_go_on(
    client, of_two_desks, stop, to
):
    fields = {"status": "draft", "created_by": of_two_desks}
    stopped = make_post(**fields, **{name: value() for name, value in stop.items()})
    free, to = make_post(**fields), make_section(to) if to else None
    client.force_login(of_two_desks)
    sent = {"section": to.pk if to else "", "initial-section": stopped.section_id}

    answer = send(client, stopped, auto=False, headline="New", **sent)
    send(client, free, auto=False, **sent)

    assert "stays in its section" in answer.json()["errors"]["section"][0]
    stopped.refresh_from_db()
    assert (stopped.section.name, stopped.headline) == ("Politics", "New")
    free.refresh_from_db()
    assert free.section == to
    with pytest.raises(PermissionDenied):
        put_into_section(stopped, make_section("Sport"), by=of_two_desks)


def test_who_could_let_a_stopped_story_go_on_where_it_is_moves_it(administrator):
    stopped = make_post(held_at=timezone.now(), embargo_open_ended=True)

    assert put_into_section(stopped, make_section("Sport"), by=administrator)


def test_the_lines_of_an_account_are_shown_changed_and_taken_away(client, administrator, sport):
    colleague = make_user(roles.REPORTER)
    DeskRight.objects.create(user=colleague, section=sport)
    elsewhere = DeskRight.objects.create(user=colleague)
    client.force_login(administrator)
    page = f"/admin/auth/user/{colleague.pk}/change/"

    sent = sent_from(shown(client, page))
    editors = Group.objects.get(name=roles.EDITOR)
    client.post(page, sent | {"desk_rights-0-role": editors.pk, "desk_rights-1-DELETE": "on"})

    assert sent["desk_rights-1-id"] == str(elsewhere.pk)
    assert DeskRight.objects.get().role == editors


def test_an_administrator_of_one_desk_gives_nobody_rights_at_others(client, administrator, sport):
    colleague = make_user(roles.REPORTER)
    own, theirs = (f"/admin/auth/user/{user.pk}/change/" for user in (administrator, colleague))
    client.force_login(administrator)
    assert "desk_rights-TOTAL_FORMS" in client.get(own).text
    assert client.get("/admin/auth/user/add/").status_code == 200
    assert may_require_second_factor(administrator, administrator.groups.get())
    DeskRight.objects.create(user=administrator, section=sport)
    administrator = type(administrator).objects.get(pk=administrator.pk)

    sent = sent_from(shown(client, own)) | {"first_name": "Ada"}
    line = DeskRight.objects.get()
    lines = {"desk_rights-TOTAL_FORMS": 1, "desk_rights-INITIAL_FORMS": 1}
    lines |= {"desk_rights-0-id": line.pk, "desk_rights-0-DELETE": "on"}
    client.post(own, sent | lines)

    assert DeskRight.objects.get() == line
    administrator.refresh_from_db()
    assert (administrator.first_name, administrator.groups.count()) == ("Ada", 1)
    assert client.post(theirs, {"first_name": "Eve"}).status_code == 403
    assert not may_require_second_factor(administrator, administrator.groups.get())
    assert client.get("/admin/auth/user/add/").status_code == 403


@pytest.mark.parametrize("by_way_of", ["Sport", None])
def test_who_approves_at_one_desk_approves_nothing_for_another(of_two_desks, by_way_of):
    section = by_way_of and make_section(by_way_of)
    approved, unread = (
        make_post(section=by_way_of, status=status, created_by=of_two_desks)
        for status in ("ready", "draft")
    )

    with pytest.raises(PermissionDenied):
        put_into_section(approved, make_section("Politics"), by=of_two_desks)
    assert put_into_section(unread, make_section("Politics"), by=of_two_desks)

    approved.refresh_from_db()
    assert approved.section == section


@pytest.mark.parametrize("by_way_of", ["Sport", None])
def test_who_dates_stories_at_one_desk_dates_none_of_another(client, of_two_desks, by_way_of):
    client.force_login(of_two_desks)
    politics, date = make_section("Politics"), "2016-12-13T10:00"
    section = by_way_of and make_section(by_way_of).pk

    at_once = send(client, headline="One", section=politics.pk, published_at=date)
    dated = send(client, headline="Two", section=section or "", published_at=date).json()
    story = Post.objects.get(pk=dated["post"])
    moved = send(client, story, section=politics.pk, **{"initial-section": section or ""})

    assert "published_at" in at_once.json()["errors"]
    assert "section" in moved.json()["errors"]
    assert {post.section_id: bool(post.published_at) for post in Post.objects.all()} == {
        politics.pk: False,
        section: True,
    }
