"""A killed story leaves nothing at its preview links, nor of what guests said of it."""

import pytest

from articles.desk import roles
from articles.models import LoggedAction, Note, PreviewApproval, PreviewLink
from articles.publishing.kill.ask import ask_kill, decline_kill
from articles.publishing.kill.kill import kill, open_sealed
from tests.builders import make_story, make_user
from tests.guests.links import address, send, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered_link(client, editor):
    """A link of a published story by which somebody left a note and approved."""
    post = make_story("Secret talks", text="<p>Marker words.</p>")
    _post, link = shared(editor, post, for_whom="Marker Smith", may_approve=True, this_version=True)
    send(client, link, "note", text="Marker note.")
    send(client, link, "approval", name="Marker Jones")
    return link


def test_nothing_is_shown_while_a_kill_is_asked_for_and_again_when_it_is_declined(
    client, editor, answered_link
):
    post = answered_link.post
    ask_kill(post, by=editor, reason="A court order.", words="Removed.")
    page = client.get(address(answered_link))
    assert (page.status_code, "Marker" in page.text) == (410, False)

    decline_kill(post, by=make_user(roles.EDITOR), note="It was a mistake.")

    assert "Marker words." in client.get(address(answered_link)).text


def test_the_words_of_links_notes_and_approvals_are_sealed(
    client, editor, administrator, answered_link
):
    post = answered_link.post
    ask_kill(post, by=editor, reason="A court order.", words="Removed.")

    kill(post, by=administrator)

    page = client.get(address(answered_link))
    assert (page.status_code, "Marker" in page.text) == (410, False)
    for table in (Note, PreviewLink, PreviewApproval):
        assert not table.objects.exists()
    assert "Marker" not in str(list(LoggedAction.objects.values("row_name", "changes", "note")))
    sealed = str(open_sealed(post, by=administrator, reason="The appeal."))
    for words in ("Marker words.", "Marker Smith", "Marker note.", "Marker Jones"):
        assert words in sealed
