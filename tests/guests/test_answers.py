"""What a guest sends from the page of a preview link: notes and approvals."""

from types import SimpleNamespace

import pytest
from django.test import Client

from articles.models import Note, PreviewApproval, PreviewLink
from articles.publishing.preview_links.answer import MOST_NOTES, Shown
from articles.publishing.preview_links.make import revoke_link
from tests.builders import make_photo, make_post, rewrite
from tests.guests.links import address, send, shared, shown

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def test_a_note_reaches_the_maker_at_the_story_and_on_today(client, editor):
    post, link = shared(editor, for_whom="Jane Smith")

    page = send(client, link, "note", text="It was Tuesday, not Monday.")

    note = Note.objects.get()
    assert "Your note has reached the newsroom." in page.text
    assert (note.post, note.to, note.by, note.outside_name) == (post, editor, None, "Jane Smith")
    client.force_login(editor)
    today = client.get("/admin/").text
    assert "It was Tuesday" in today
    assert "Jane Smith" in today
    beside = client.get(f"/admin/articles/post/{post.pk}/standing/").json()
    assert "Jane Smith (by preview link)" in beside["colleagues"]["notes"]


def test_markup_in_notes_and_names_is_shown_as_it_was_typed(client, editor):
    post, link = shared(editor, for_whom="<i>Jane</i>", may_approve=True)

    mark = "<script>alert(1)</script>"
    send(client, link, "note", text=mark, name=f"{mark}&")
    page = send(client, link, "approval", name=mark)

    assert mark not in page.text
    assert "&lt;script&gt;" in page.text
    client.force_login(editor)
    panel = client.get(f"/admin/articles/post/{post.pk}/previews/").text
    notes = client.get(f"/admin/articles/post/{post.pk}/standing/").json()["colleagues"]["notes"]
    assert mark not in panel + notes + client.get("/admin/").text
    assert "&lt;i&gt;Jane" in panel


def test_a_note_that_is_sent_twice_is_left_once(client, editor):
    _post, link = shared(editor)
    page = client.get(address(link))

    for _time in range(2):
        send(client, link, "note", page, text="Look at paragraph 3.")

    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "The note is empty."),
        ({"text": " \u200b "}, "The note is empty."),
        ({"text": "x" * 5_001}, "5000"),
        ({"text": "Fine.", "name": ""}, "Write your name"),
        ({"text": "Fine.", "name": "x" * 121}, "120"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_and_its_words_stay(client, editor, fields, said):
    _post, link = shared(editor)

    page = send(client, link, "note", **fields)

    assert page.status_code == 400
    assert said in page.text
    assert fields["text"].strip("\u200b ")[:100] in page.text
    assert not Note.objects.exists()


def test_more_notes_than_anybody_writes_are_held_off_and_the_words_stay(client, editor):
    _post, link = shared(editor)
    page = client.get(address(link))
    for number in range(MOST_NOTES):
        assert send(client, link, "note", page, text=f"Note {number}").status_code == 200

    refused = send(client, link, "note", page, text="One more")

    assert refused.status_code == 429
    assert "One more" in refused.text
    assert Note.objects.count() == MOST_NOTES


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", FORM])
def test_what_is_larger_than_a_note_or_no_form_is_not_read(client, editor, kind):
    _post, link = shared(editor)
    body = b"x" * (70_000 if kind == FORM else 10)

    assert client.post(address(link), body, content_type=kind).status_code == 413


def test_an_approval_is_recorded_with_name_version_and_time_and_its_maker_is_told(client, editor):
    post, link = shared(editor, for_whom="Jane Smith, lawyer", may_approve=True)

    page = send(client, link, "approval", name="Jane Smith")

    approval = PreviewApproval.objects.get()
    assert "you approve version 1" in page.text
    assert (approval.post, approval.name, approval.version) == (post, "Jane Smith", 1)
    assert Note.objects.get(to=editor).text == "Approved version 1 by the preview link."
    post.refresh_from_db()
    assert post.status == "draft"
    assert not post.transitions.exists()


def test_an_approval_is_of_what_was_read_and_says_that_the_words_changed_since(client, editor):
    post, link = shared(editor, may_approve=True)
    page = client.get(address(link))
    rewrite(post, "Second words.")

    answer = send(client, link, "approval", page)

    assert PreviewApproval.objects.get().version == 1
    assert "Jane Smith approved version 1" in answer.text
    assert "The words were changed since." in answer.text
    assert post.checkpoints.filter(version=1).exists()
    assert not post.checkpoints.free_to_go().filter(version=1).exists()


def test_a_caption_changed_in_the_library_changes_what_was_approved(client, editor):
    photo = make_photo()
    _post, link = shared(editor, make_post(photo=photo), may_approve=True)
    send(client, link, "approval")
    assert "The words were changed since." not in client.get(address(link)).text

    photo.caption = "Another street."
    photo.save()

    assert "The words were changed since." in client.get(address(link)).text


def test_an_approval_that_is_sent_twice_counts_once(client, editor):
    _post, link = shared(editor, may_approve=True)
    page = client.get(address(link))

    for _time in range(2):
        send(client, link, "approval", page)

    assert PreviewApproval.objects.count() == 1
    assert Note.objects.count() == 1


def test_opening_a_link_approves_nothing(client, editor):
    _post, link = shared(editor, may_approve=True)

    for open_it in (client.get, client.head):
        open_it(address(link), {"sends": "approval", "name": "A mail filter", "shown": "x"})

    assert not PreviewApproval.objects.exists()


def test_a_link_takes_only_what_it_asks_for(client, editor):
    post, asks_nothing = shared(editor, may_note=False)
    _post, asks = shared(editor, post, may_approve=True)
    page = client.get(address(asks))
    silent = client.get(address(asks_nothing))

    assert "<form" not in silent.text.partition("<main")[2].partition("</main")[0]
    for sends in ("note", "approval"):
        answer = send(client, asks_nothing, sends, page, text="x")
        assert answer.status_code == 400
    # With a form of its own, which such a link never shows.
    signed = SimpleNamespace(text=f'name="shown" value="{Shown(asks_nothing.key, 1, "").signed()}"')
    for sends in ("note", "approval"):
        assert send(client, asks_nothing, sends, signed, text="x").status_code == 400
    assert not Note.objects.exists()
    assert not PreviewApproval.objects.exists()


@pytest.mark.parametrize("shown_there", ["", "x", "W10:1vO:x", "x" * 9_000])
def test_a_form_that_the_page_did_not_make_is_refused(client, editor, shown_there):
    _post, link = shared(editor, may_approve=True)

    answer = send(client, link, "approval", client.get(address(link)), shown=shown_there)

    assert answer.status_code == 400
    assert not PreviewApproval.objects.exists()


def test_a_form_of_another_storys_page_is_refused(client, editor):
    _one, link = shared(editor, may_approve=True)
    _other, others = shared(editor, may_approve=True)

    answer = send(client, link, "approval", client.get(address(others)))

    assert answer.status_code == 400
    assert not PreviewApproval.objects.exists()


@pytest.mark.parametrize("sends", ["", "revoke", "note\x00"])
def test_an_unknown_form_is_refused(client, editor, sends):
    _post, link = shared(editor, may_approve=True)

    assert send(client, link, sends).status_code == 400


@pytest.mark.parametrize("sends", ["note", "approval"])
def test_a_link_that_was_closed_while_somebody_read_takes_nothing(client, editor, sends):
    _post, link = shared(editor, may_approve=True)
    page = client.get(address(link))
    revoke_link(link, by=editor)

    answer = send(client, link, sends, page, text="Too late.")

    assert answer.status_code == 410
    assert not Note.objects.exists()
    assert not PreviewApproval.objects.exists()


def test_no_cookie_and_no_session_is_needed(editor):
    strict = Client(enforce_csrf_checks=True)
    _post, link = shared(editor, may_approve=True)

    answer = send(strict, link, "approval")

    assert answer.status_code == 200
    assert not strict.cookies
    assert PreviewApproval.objects.count() == 1


def test_an_approval_cannot_be_changed_afterwards(client, editor):
    _post, link = shared(editor, may_approve=True)
    send(client, link, "approval")
    approval = PreviewApproval.objects.get()

    approval.name = "Somebody else"
    with pytest.raises(Exception, match="cannot be changed"):
        approval.save()
    with pytest.raises(Exception, match="cannot be removed"):
        PreviewApproval.objects.all().delete()
    assert PreviewLink.objects.get().openings == 1


def test_the_page_says_what_it_showed(client, editor):
    _post, link = shared(editor)

    assert link.key not in shown(client.get(address(link)))


def test_what_came_of_a_note_is_said_at_its_form(client, editor):
    _post, link = shared(editor)

    page = send(client, link, "note", text="It was Tuesday.").text

    form = page[page.index('id="note-form"') : page.index("</form>", page.index('id="note-form"'))]
    assert 'action="#guest-said"' in form
    assert 'id="guest-said"' in form
    assert page.count("Your note has reached the newsroom.") == 1
    wrong = send(client, link, "note", text="").text
    assert wrong.index('id="note-form"') < wrong.index('id="guest-said"')


def test_a_version_that_is_approved_is_not_offered_for_approval_until_it_changes(client, editor):
    post, link = shared(editor, may_approve=True)
    offered = "I approve this version"
    assert offered in client.get(address(link)).text

    page = send(client, link, "approval").text

    assert offered not in page
    assert 'id="guest-said"' in page
    assert "Jane Smith approved version 1 on" in page
    assert offered not in client.get(address(link)).text
    rewrite(post, "Second words.")
    assert offered in client.get(address(link)).text
