"""The page of a plan: made, changed, begun, dropped; and who may do which."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.desk.planning.begin import begin_draft
from articles.desk.planning.needs import mark_need
from articles.desk.planning.plan_story import plan_story
from articles.models import Plan, PlanNeed, Post, Transition
from articles.publishing.stops.legal_hold import lift_hold, place_hold
from tests.admin.forms import sent_from, shown
from tests.builders import make_link, make_post, make_section

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/plan/add/"


def page_of(plan):
    return f"/admin/articles/plan/{plan.pk}/change/"


def make_plan(**planned):
    return plan_story(slug_line="Harbour strike", by=None, **planned).plan


def plan(client, **typed):
    """Fill in the form of a new plan and send it."""
    data = sent_from(shown(client, ADD)) | {"slug_line": "Harbour strike"} | typed
    return client.post(ADD, data, follow=True)


def change(client, plan, **typed):
    return client.post(page_of(plan), sent_from(shown(client, page_of(plan))) | typed, follow=True)


def test_a_story_is_planned_with_what_it_needs(client, editor, reporter):
    section, tomorrow = make_section(), timezone.localdate() + dt.timedelta(days=1)
    client.force_login(editor)

    answer = plan(
        client,
        about="Dockers meet at noon.",
        section=section.pk,
        assigned_to=reporter.pk,
        due_at=f"{tomorrow}T14:00",
        length="600",
        need_picture="missing",
        missing_picture="No flight before Friday",
        need_graphic="there",
    )

    found = Plan.objects.get()
    assert (found.post.status, found.post.section) == (Post.Status.PLANNED, section)
    assert (found.assigned_to, found.length, found.about) == (
        reporter,
        600,
        "Dockers meet at noon.",
    )
    needs = {need.kind: (need.met, need.reason) for need in found.needs.all()}
    assert needs == {"picture": (False, "No flight before Friday"), "graphic": (True, "")}
    assert "“Harbour strike” is planned for" in answer.text
    assert "Dockers meet at noon." in answer.text  # the page of its day


def test_a_reporter_plans_for_themselves_whatever_is_sent_by_hand(client, reporter, editor):
    client.force_login(reporter)

    plan(client, assigned_to=editor.pk)

    assert Plan.objects.get().assigned_to == reporter


def test_a_reporter_is_not_asked_who_writes_a_story(client, reporter):
    found = make_plan(assigned_to=reporter)
    client.force_login(reporter)

    for address in (ADD, page_of(found)):
        assert "Who writes it" not in client.get(address).text
    change(client, found, length="600", assigned_to="")
    assert (Plan.objects.get().length, Plan.objects.get().assigned_to) == (600, reporter)


def test_a_plan_without_a_name_or_for_a_day_gone_by_is_refused(client, editor):
    client.force_login(editor)

    for typed in ({"slug_line": ""}, {"due_at": "2020-01-01T10:00"}, {"slug_line": "\x00"}):
        assert plan(client, **typed).status_code == 200
    for typed in ({"length": "0"}, {"length": "-5"}, {"length": "9" * 30}, {"due_at": "soon"}):
        assert plan(client, **typed).status_code == 200
    assert not Plan.objects.exists()


def test_the_form_starts_from_what_its_address_says(client, editor):
    section = make_section()
    client.force_login(editor)

    answer = client.get(f"{ADD}?due_at=2030-02-01T12:00&section={section.pk}")

    assert 'value="2030-02-01T12:00"' in answer.text
    assert f'<option value="{section.pk}" selected' in answer.text
    for hostile in ("?due_at=x%00&section=y", "?section=99999999999999999999", "?assigned_to=-1"):
        assert client.get(ADD + hostile).status_code == 200


def test_a_plan_that_is_changed_stands_in_the_history_of_its_story(client, editor):
    found = make_plan(length=400, needs=["picture"])
    client.force_login(editor)

    change(client, found, length="600", need_picture="")

    assert Plan.objects.get().length == 600
    assert not PlanNeed.objects.exists()
    history = client.get(f"/admin/articles/post/{found.post_id}/history/")
    assert "400" in history.text


def test_a_colleagues_change_is_not_written_over(client, editor, administrator):
    found = make_plan(length=400)
    client.force_login(editor)
    mine = sent_from(shown(client, page_of(found))) | {"length": "600"}
    client.force_login(administrator)
    change(client, found, length="800")
    client.force_login(editor)

    answer = client.post(page_of(found), mine)

    assert "A colleague saved this" in answer.text
    assert Plan.objects.get().length == 800


def test_starting_to_write_saves_the_plan_and_opens_the_draft(client, reporter):
    found = make_plan(assigned_to=reporter)
    client.force_login(reporter)

    answer = change(client, found, length="600", _begin="1")

    post = Post.objects.get()
    assert (post.status, post.created_by) == (Post.Status.DRAFT, reporter)
    assert Plan.objects.get().length == 600
    assert Transition.objects.get().action == "begin"
    assert answer.redirect_chain[-1][0].endswith(f"/admin/articles/post/{post.pk}/change/")
    assert 'id="story-form"' in answer.text


def test_the_plan_of_a_story_that_was_begun_leaves_its_section_alone(client, reporter):
    found = make_plan(assigned_to=reporter)
    begin_draft(found.post, by=reporter)
    Post.objects.update(status=Post.Status.PUBLISHED)
    client.force_login(reporter)

    change(client, found, length="600", section=make_section().pk)

    assert Plan.objects.get().length == 600
    assert Post.objects.get().section is None


def test_enter_in_a_field_begins_nothing(client, editor):
    client.force_login(editor)

    page = client.get(page_of(make_plan())).text

    assert page.index('name="_save"') < page.index('name="_begin"')


def test_a_planned_story_opens_as_its_plan_and_a_begun_one_as_a_story(client, editor):
    found = make_plan()
    address = f"/admin/articles/post/{found.post_id}/change/"
    client.force_login(editor)

    assert client.get(address).url == page_of(found)

    begin_draft(found.post, by=editor)
    assert client.get(address).status_code == 200


def test_nothing_is_saved_into_a_planned_story(client, editor):
    found = make_plan()
    client.force_login(editor)

    answer = client.post(
        f"/admin/articles/post/{found.post_id}/save/", {"headline": "Mine", "version": "1"}
    )

    assert answer.status_code == 403
    assert Post.objects.get().headline == ""


def test_who_may_not_change_a_plan_reads_it(client, reporter, picture_editor):
    found = make_plan(about="Dockers meet at noon.", needs=["picture"])

    for person in (reporter, picture_editor):
        client.force_login(person)
        page = client.get(page_of(found))
        assert "Dockers meet at noon." in page.text
        assert "Start writing" not in page.text
        assert "Save the plan" not in page.text
        assert client.post(page_of(found), {"slug_line": "Mine"}).status_code == 403
    assert Post.objects.get().slug_line == "Harbour strike"


def test_a_picture_editor_says_that_the_picture_is_there(client, picture_editor, reporter):
    need = make_plan(needs=["picture"]).needs.get()
    address = f"/admin/articles/plan/need/{need.pk}/"
    client.force_login(reporter)
    assert client.post(address, {"met": "1"}).status_code == 403
    client.force_login(picture_editor)

    answer = client.post(address, {"met": "1"}, headers={"Accept": "application/json"})

    assert "Picture: there" in answer.json()["plan"]
    assert PlanNeed.objects.get().met


def test_a_plan_is_dropped_after_asking(client, reporter, editor):
    found = make_plan(assigned_to=reporter)
    address = f"/admin/articles/plan/{found.pk}/delete/"
    client.force_login(reporter)

    assert "Drop this plan?" in client.get(address).text
    assert Post.objects.exists()
    answer = client.post(address, follow=True)

    assert not Post.objects.exists()
    assert "“Harbour strike” is no longer planned." in answer.text
    assert LogEntry.objects.filter(object_repr="Harbour strike").exists()


def hold(post, editor):
    place_hold(post, by=editor, note="Their lawyers wrote.")


def let_go(post, editor):
    hold(post, editor)
    lift_hold(post, by=None, note="They are content.")


def name_it(post, editor):
    make_link(make_post(), post)


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (hold, "On legal hold since"),
        (let_go, "tells what was done with it already"),
        (name_it, "Other stories name"),
    ],
)
def test_a_plan_that_cannot_be_dropped_offers_it_not_and_says_why(client, editor, done, said):
    found = make_plan()
    client.force_login(editor)
    assert "Drop this plan" in client.get(page_of(found)).text
    done(found.post, editor)
    assert "Drop this plan" not in client.get(page_of(found)).text

    for ask in (client.get, client.post):
        assert said in ask(f"/admin/articles/plan/{found.pk}/delete/", follow=True).text
    assert Plan.objects.filter(pk=found.pk).exists()


def test_a_reporter_drops_no_plan_of_a_colleague(client, reporter, editor):
    found = make_plan(assigned_to=editor)
    client.force_login(reporter)

    assert client.post(f"/admin/articles/plan/{found.pk}/delete/").status_code == 403
    assert Post.objects.exists()


def test_a_plan_costs_no_more_than_twelve_questions(client, editor, django_assert_max_num_queries):
    found = make_plan(assigned_to=editor, needs=["picture", "graphic"], length=300)
    client.force_login(editor)
    client.get(page_of(found))

    with django_assert_max_num_queries(12):
        client.get(page_of(found))


def test_a_draft_shows_what_was_planned_and_how_much_is_written(client, editor):
    found = make_plan(length=600, needs=["picture"])
    begin_draft(found.post, by=editor)
    client.force_login(editor)

    standing = client.get(f"/admin/articles/post/{found.post_id}/standing/").json()

    assert "0 of 600 words" in " ".join(standing["plan"].split())
    assert "Picture: missing" in standing["plan"]


def test_a_story_without_a_plan_shows_none(client, editor):
    from tests.builders import make_post

    post = make_post()
    client.force_login(editor)

    assert client.get(f"/admin/articles/post/{post.pk}/standing/").json()["plan"] == ""


def test_who_publishes_is_told_what_was_planned_and_is_not_there(client, editor):
    found = make_plan(needs=["picture", "legal_read"])
    begin_draft(found.post, by=editor)
    mark_need(found.needs.get(kind="picture"), met=True, by=editor)
    mark_need(found.needs.get(kind="legal_read"), met=False, reason="Ill until Friday", by=editor)
    Post.objects.update(status=Post.Status.READY)
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{found.post_id}/step/publish/").text

    assert "Legal read: missing (Ill until Friday)" in page
    assert "Picture: missing" not in page


def test_a_draft_opens_with_what_was_planned_of_it(client, reporter):
    due = timezone.make_aware(dt.datetime(2031, 3, 4, 17, 0))
    draft = begin_draft(
        make_plan(assigned_to=reporter, due_at=due, length=600, about="<b>Dockers</b> meet.").post,
        by=reporter,
    )
    client.force_login(reporter)

    page = client.get(f"/admin/articles/post/{draft.pk}/change/").text
    brief = page[page.index("writing-brief") : page.index("writing-field")]

    assert "Due 4 Mar 2031, 17:00" in brief
    assert "600 words" in brief
    assert "&lt;b&gt;Dockers&lt;/b&gt; meet." in brief
    assert page.index('id="side-story"') < page.index('id="story-plan"') < page.index("id_section")


def test_one_more_plan_is_begun_for_the_same_day_and_nothing_else(client, editor, reporter):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    client.force_login(editor)

    answer = plan(
        client,
        section=make_section().pk,
        assigned_to=reporter.pk,
        due_at=f"{tomorrow}T17:00",
        _addanother="1",
    )

    next_one = sent_from(answer.context_data)
    assert next_one["due_at"] == f"{tomorrow}T12:00"
    assert not next_one.get("section")
    assert not next_one.get("assigned_to")


def test_a_plan_that_was_begun_by_mistake_is_opened_as_a_plan_again(client, editor):
    post = plan_story(slug_line="Harbour strike", by=editor)
    begin_draft(post, by=editor)
    client.force_login(editor)
    step = f"/admin/articles/post/{post.pk}/step/back_to_plan/"
    asked = client.get(step)

    page = client.post(step, {"seen": asked.context["seen"]}, follow=True)

    assert "Nothing is written in it yet" in asked.text
    assert "It is a plan again." in page.text
    assert page.redirect_chain[-1][0] == f"/admin/articles/plan/{post.plan.pk}/change/"
