"""On no screen of the desk is a word of a killed story left, whoever looks."""

import pytest

from articles.desk.search.index import index_posts
from articles.models import Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from tests.admin.test_permissions import addresses, rows
from tests.builders import make_user
from tests.publishing.kill.test_kill import clock, make_marked_everywhere

pytestmark = pytest.mark.django_db
__all__ = ["clock", "rows"]

LISTS = (
    "/admin/",
    "/admin/articles/post/",
    "/admin/articles/post/?q=MARKER",
    "/admin/articles/post/?state=killed",
    "/admin/articles/post/stories/?q=MARKER",
    "/admin/calendar/",
    "/admin/dead-links/",
    "/",
)


def test_no_screen_shows_a_word_of_a_killed_story(client, editor, administrator, rows):
    post = make_marked_everywhere(editor)
    index_posts([post.pk])
    client.force_login(administrator)
    assert len(showing(client, rows, post)) > 8

    ask_kill(post, by=editor, reason="An order.", words="Removed.", with_pictures=True)
    kill(post, by=make_user())

    assert showing(client, rows, Post.objects.get(pk=post.pk)) == set()


def showing(client, rows, post):
    """The screens, of this story where they are of one, that say MARKER."""
    found = set()
    own = [
        (name, address)
        for name, address in addresses(rows | {"articles_post": post})
        if f"/{post.pk}/" in address or address.endswith(("/", ".csv", ".ics"))
    ]
    for name, address in [*own, *((each, each) for each in LISTS)]:
        answer = client.get(address)
        text = answer.text if not answer.streaming else b"".join(answer.streaming_content).decode()
        # The list repeats what was searched for.
        text = text.replace("q=MARKER", "").replace('value="MARKER"', "")
        if "MARKER" in text or "marker-again" in text:
            found.add(name)
    return found
