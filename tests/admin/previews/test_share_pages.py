"""Sharing a preview from the desk: who may, what the panel shows, and what is logged."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.desk import roles
from articles.desk.workflow import Refusal
from articles.models import DeskRight, LoggedAction, PreviewLink
from articles.publishing.preview_links.make import MOST_LINKS, make_link, revoke_link
from tests.builders import make_photo, make_post, make_section, make_user, rewrite
from tests.guests.links import address as outside
from tests.guests.links import send, shared

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


def panel(post):
    return f"/admin/articles/post/{post.pk}/previews/"


def test_one_press_makes_a_link_that_ends_in_a_week_and_takes_notes(client, editor):
    post = make_post()
    client.force_login(editor)

    answer = client.post(panel(post), {"days": "7", "may_note": "on"}, headers=JSON).json()

    link = PreviewLink.objects.get()
    assert answer["address"].endswith(outside(link))
    assert answer["address"].startswith("http://testserver/")
    assert (link.ends_at - link.made_at).days == 7
    assert (link.may_note, link.may_approve, link.version) == (True, False, None)
    assert client.get(answer["address"]).status_code == 200


def test_the_choices_of_the_form_are_those_of_the_link(client, editor):
    post = make_post()
    client.force_login(editor)
    chosen = {"for_whom": " Jane  Smith ", "days": "90", "this_version": "1", "may_approve": "on"}

    client.post(panel(post), chosen)

    link = PreviewLink.objects.get()
    assert (link.for_whom, link.version, (link.ends_at - link.made_at).days) == (
        "Jane Smith",
        post.version,
        90,
    )
    assert (link.may_note, link.may_approve) == (False, True)


@pytest.mark.parametrize("days", ["", "0", "91", "-1", "9" * 30, "x"])
def test_an_end_that_is_not_offered_is_refused(client, editor, days):
    post = make_post()
    client.force_login(editor)

    page = client.post(panel(post), {"days": days})

    assert page.status_code == 200
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("days", [0, 91])
def test_no_link_is_made_for_longer_than_links_may_last(editor, days):
    with pytest.raises(Refusal):
        make_link(make_post(), by=editor, days=days)


def test_a_name_that_is_too_long_is_refused(client, editor):
    post = make_post()
    client.force_login(editor)

    assert "120" in client.post(panel(post), {"days": "7", "for_whom": "x" * 121}).text
    with pytest.raises(Refusal):
        make_link(post, by=editor, for_whom="x" * 121)
    assert not PreviewLink.objects.exists()


def test_the_links_of_a_story_are_bounded(client, editor):
    post = make_post()
    for _number in range(MOST_LINKS):
        make_link(post, by=editor)
    client.force_login(editor)

    page = client.post(panel(post), {"days": "7"})

    assert "Revoke some first." in page.text
    assert PreviewLink.objects.count() == MOST_LINKS


def test_a_reporter_shares_no_story_that_they_may_not_change(client, reporter, editor):
    theirs = make_post(status="draft", created_by=editor)
    client.force_login(reporter)

    assert "Make a link" not in client.get(panel(theirs)).text
    assert client.post(panel(theirs), {"days": "7"}).status_code == 403
    with pytest.raises(PermissionDenied):
        make_link(theirs, by=reporter)
    assert not PreviewLink.objects.exists()


def test_who_may_share_no_previews_shares_not_even_their_own(client):
    reporter = make_user(roles.REPORTER)
    post = make_post(status="draft", created_by=reporter)
    reporter.groups.get().permissions.remove(
        *reporter.groups.get().permissions.filter(codename="share_preview")
    )
    client.force_login(reporter)

    assert client.get(panel(post)).status_code == 403
    assert client.post(panel(post), {"days": "7"}).status_code == 403
    assert not PreviewLink.objects.exists()


def test_rights_at_another_desk_share_nothing_of_this_one(client, editor):
    DeskRight.objects.create(user=editor, section=make_section("Sport"))
    post = make_post(section="Politics")
    client.force_login(editor)

    assert client.post(panel(post), {"days": "7"}).status_code == 403
    assert client.post(panel(make_post(section="Sport")), {"days": "7"}).status_code == 200
    assert [link.post.section.name for link in PreviewLink.objects.all()] == ["Sport"]


@pytest.mark.parametrize("fields", [{"embargo_open_ended": True}, {"status": "killed"}])
def test_what_nobody_may_see_cannot_be_shared(client, editor, fields):
    post = make_post(**fields)
    client.force_login(editor)

    page = client.post(panel(post), {"days": "7"})

    assert not PreviewLink.objects.exists()
    assert page.status_code in {200, 403, 404}


def test_a_colleague_sees_addresses_and_revokes_what_they_may_change(client, editor, reporter):
    post = make_post(status="draft", created_by=reporter)
    _post, link = shared(reporter, post)
    client.force_login(editor)
    assert link.token in client.get(panel(post)).text

    answer = client.post(panel(post), {"revoke": link.pk}, headers=JSON).json()

    link.refresh_from_db()
    assert link.revoked_by == editor
    assert "opens for nobody" in answer["said"]
    assert link.token not in client.get(panel(post)).text
    assert client.get(outside(link)).status_code == 410


def test_a_stranger_to_the_story_sees_no_address_and_revokes_nothing(client, reporter, editor):
    post, link = shared(editor)
    client.force_login(reporter)

    assert link.token not in client.get(panel(post)).text
    assert client.post(panel(post), {"revoke": link.pk}).status_code == 403
    link.refresh_from_db()
    assert link.revoked_at is None


def test_who_made_a_link_revokes_it_when_the_story_has_moved_on(client, reporter):
    post = make_post(status="draft", created_by=reporter)
    _post, link = shared(reporter, post)
    post.status = "in_review"
    post.save()
    client.force_login(reporter)

    client.post(panel(post), {"revoke": link.pk})

    link.refresh_from_db()
    assert link.revoked_by == reporter


def test_the_panel_knows_a_makers_rights_at_desks(client, editor):
    maker = make_user(roles.EDITOR)
    post, _link = shared(maker, make_post(section="Politics"))
    DeskRight.objects.create(user=maker, section=make_section("Sport"))
    client.force_login(editor)

    assert "Its maker may share no previews of this story any more." in client.get(panel(post)).text


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, ""])
def test_a_link_of_another_story_is_not_revoked_here(client, editor, key):
    _post, link = shared(editor)
    client.force_login(editor)

    for number in (key, link.pk):
        assert client.post(panel(make_post()), {"revoke": number}).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_revoking_twice_keeps_the_first(editor, administrator):
    _post, link = shared(editor)

    first = revoke_link(link, by=editor)
    again = revoke_link(link, by=administrator)

    assert (again.revoked_at, again.revoked_by) == (first.revoked_at, editor)


def test_the_panel_says_why_a_link_opens_for_nobody(client, editor):
    maker = make_user(roles.EDITOR)
    post, _link = shared(maker)
    maker.is_active = False
    maker.save()
    client.force_login(editor)

    assert "The account of its maker is closed." in client.get(panel(post)).text


def test_openings_and_approvals_are_listed(client, editor):
    post, link = shared(editor, for_whom="Jane Smith", may_approve=True)
    client.get(outside(link), headers={"User-Agent": "Mozilla/5.0 (iPhone) Version/18 Safari/1"})
    client.get(outside(link), headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    send(client, link, "approval", client.get(outside(link)), name="J. Smith")
    rewrite(post, "Second words.")
    client.force_login(editor)

    page = " ".join(client.get(panel(post)).text.split())

    assert "Opened 3 times" in page
    assert "Safari, iPhone" in page
    assert "by a program, such as a mail filter" in page
    assert "J. Smith approved version 1" in page
    assert "the newest version is 2" in page


def test_what_was_done_is_logged_and_stands_in_the_history(client, editor):
    post, link = shared(editor, for_whom="Jane Smith", may_approve=True)
    send(client, link, "approval", name="J. Smith")
    revoke_link(link, by=editor)
    client.force_login(editor)

    page = client.get(f"/admin/articles/post/{post.pk}/history/").text

    logged = LoggedAction.objects.filter(kind__startswith="articles.preview").order_by("pk")
    assert [(line.verb, line.by_name) for line in logged] == [
        ("share", "editor"),
        ("approve", "J. Smith"),
        ("revoke", "editor"),
    ]
    for words in ("Preview shared", "Approved by preview link", "Preview link revoked"):
        assert words in page


def test_the_pages_of_steps_tell_of_an_approval_and_of_changes_since(client, editor):
    photo = make_photo()
    post, link = shared(editor, make_post(photo=photo), may_approve=True, for_whom="The lawyer")
    send(client, link, "approval")
    client.force_login(editor)
    pages = [f"/admin/articles/post/{post.pk}/{page}/" for page in ("step/publish", "standing")]
    for page in pages:
        said = client.get(page).text
        assert "Jane Smith approved version 1 by preview link" in said
        assert "The link was made for The lawyer." in said
        assert "The words were changed since." not in said

    photo.caption = "Another street."
    photo.save()

    for page in pages:
        assert "The words were changed since." in client.get(page).text


def test_an_approval_from_outside_takes_the_place_of_none_of_the_newsroom(client, settings, editor):
    settings.SECOND_READER = True
    post = make_post(status="in_review", created_by=editor)
    _post, link = shared(editor, post, may_approve=True)

    send(client, link, "approval")

    client.force_login(editor)
    client.post(f"/admin/articles/post/{post.pk}/step/publish/", {"seen": "1/in_review/0/"})
    post.refresh_from_db()
    assert post.status == "in_review"
    assert not post.editions.exists()


def test_all_open_links_of_the_desk_are_on_one_page_and_reporters_see_their_own(
    client, editor, reporter
):
    mine = make_post("Mine", status="draft", created_by=reporter)
    shared(reporter, mine)
    _post, link = shared(editor, make_post("Theirs"))
    _ended, gone = shared(editor, make_post("Gone"))
    revoke_link(gone, by=editor)

    client.force_login(reporter)
    page = client.get("/admin/previews/").text
    assert ("Mine" in page, "Theirs" in page) == (True, False)

    client.force_login(editor)
    page = client.get("/admin/previews/").text
    assert ("Mine" in page, "Theirs" in page, "Gone" in page) == (True, True, False)
    client.post(panel(link.post), {"revoke": link.pk, "from": "all"}, follow=True)
    assert "Theirs" not in client.get("/admin/previews/").text.partition('class="share-list"')[2]


def test_the_page_of_all_links_says_what_stops_a_story_and_offers_no_button_that_refuses(
    client, editor, administrator
):
    DeskRight.objects.create(user=editor, section=make_section("Sport"))
    _post, link = shared(administrator, make_post("Theirs", section="Politics"))
    client.force_login(editor)
    page = client.get("/admin/previews/").text
    assert ("Theirs" in page, 'name="revoke"' in page, "Embargoed" in page) == (True, False, False)

    _post, ours = shared(administrator, make_post("Ours", section="Sport"))
    type(link.post).objects.filter(pk=link.post_id).update(embargo_open_ended=True)

    page = client.get("/admin/previews/").text
    assert "Embargoed until further notice" in page
    assert page.count('name="revoke"') == 1
    assert f'name="revoke" value="{ours.pk}"' in page.replace("\n", " ")


def test_the_panel_costs_the_same_for_many_links_of_many_makers(
    client, editor, django_assert_max_num_queries
):
    post = make_post()
    for _number in range(5):
        maker = make_user(roles.EDITOR)
        for _link in range(5):
            make_link(post, by=maker)
    client.force_login(editor)
    client.get(panel(post))

    with django_assert_max_num_queries(12):
        client.get(panel(post))


def test_under_an_embargo_it_is_said_who_may_share_at_the_desk(client, reporter):
    grace = make_user(roles.ADMINISTRATOR, "grace", first_name="Grace", last_name="Elsewhere")
    DeskRight.objects.create(user=grace, section=make_section("Sport"))
    make_user(roles.ADMINISTRATOR, "anna", first_name="Anna", last_name="Brown")
    post = make_post(section="Politics", status="draft", created_by=reporter)
    type(post).objects.filter(pk=post.pk).update(embargo_open_ended=True)
    client.force_login(reporter)

    page = client.get(panel(post)).text

    assert "only those who may break the embargo can share a preview: Anna Brown." in page
    with pytest.raises(Refusal, match="Anna Brown"):
        make_link(post, by=reporter)
