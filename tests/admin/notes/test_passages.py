"""What the panel of notes sends of a passage, an answer and mentions; and the page of mail."""

import pytest

from articles.desk.notes.leave_note import Passage, leave_note
from articles.models import MailWish, Note
from tests.builders import make_post, make_user

pytestmark = pytest.mark.django_db


def send(client, post, **data):
    page = f"/admin/articles/post/{post.pk}/notes/"
    return client.post(page, data, headers={"accept": "application/json"})


def test_a_note_on_a_passage_leads_to_it(client, editor):
    client.force_login(editor)
    answer = send(client, make_post(), text="Sure?", node="abc", quote="the <b>mayor")
    html = answer.json()["notes"]
    assert 'data-place="abc"' in html
    assert "“the &lt;b&gt;mayor”" in html


def test_whoever_is_mentioned_gets_a_note_of_their_own(client, editor):
    anna, ben = (make_user(username=name) for name in ("anna", "ben"))
    client.force_login(editor)
    answer = send(client, make_post(), text="@anna, @ben: look.", to=ben.pk)
    assert answer.json()["said"] == "Left for ben, anna, who finds it on Today."
    assert set(Note.objects.values_list("to", flat=True)) == {anna.pk, ben.pk}


def test_an_answer_stands_below_its_note_and_counts_as_open(client, editor, reporter):
    post = make_post()
    note = leave_note(post, "Call.", by=reporter, to=editor, passage=Passage("abc", "words"))
    client.force_login(editor)
    answer = send(client, post, text="I did.", answer_to=note.pk).json()
    assert answer["open"] == 2
    assert answer["notes"].count('<ul class="note-list">') == 2
    assert Note.objects.get(answer_to=note).to == reporter


@pytest.mark.parametrize("key", ["0", "999999999", "9" * 30, "x", "\x00"])
def test_an_answer_to_nothing_is_refused(client, editor, key):
    client.force_login(editor)
    other = leave_note(make_post(), "Elsewhere.", by=editor)
    assert send(client, make_post(), text="I did.", answer_to=key).status_code in {400, 404}
    assert send(client, make_post(), text="I did.", answer_to=other.pk).status_code == 404
    assert list(Note.objects.all()) == [other]


def test_each_says_for_themselves_whether_they_want_mail(client, reporter):
    client.force_login(reporter)
    page = "/admin/account/mail/"
    assert "checked" not in client.get(page).text
    client.post(page, {"wants": "on"})
    assert MailWish.objects.get().user == reporter
    assert "checked" in client.get(page).text
    client.post(page, {})
    assert not MailWish.objects.exists()
