"""What the desk did with a story left words of it beside it: a kill takes those away too."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone

from articles.desk.notes.leave_note import Passage, leave_note, mark_done
from articles.desk.workflow import Action, move
from articles.models import Breaking, LoggedAction, OldAddress, Post
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.preview_links.make import make_link, revoke_link
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import lift_hold, place_hold
from tests.admin.filling import save as save_story
from tests.admin.forms import sent_from, shown
from tests.admin.fronts.test_fronts import filled, pinned, save
from tests.builders import make_post, make_story, make_topic, make_user
from tests.guests.links import send
from tests.importing.conftest import imports
from tests.importing.readers.test_feed import entry, rss
from tests.importing.wxr import item

from .surfaces import in_tables, where_found

pytestmark = pytest.mark.django_db
__all__ = ["imports"]

DAY = dt.timedelta(days=1)


@pytest.fixture
def chief(client):
    user = make_user(None, is_superuser=True)
    client.force_login(user)
    return user


def killed(post, by):
    ask_kill(post, by=by, reason="A court order.", words="Removed.", with_pictures=True)
    kill(post, by=make_user())
    post.refresh_from_db()
    return post


def change(client, page, **typed):
    """Change a row on its own page of the admin."""
    context = shown(client, page)
    context.pop("state", None)  # of a banner: whether it is up
    answer = client.post(page, sent_from(context) | typed)
    assert answer.status_code == 302


def test_nothing_is_left_in_the_log_of_rows_that_were_removed(client, chief):
    post, other = make_story("MARKER", slug="marker"), make_story("Other")
    client.post(
        "/admin/articles/oldaddress/add/",
        {"address": "/old", "leads_to": "story", "target": post.editions.get().get_absolute_url()},
    )
    row = OldAddress.objects.get()
    client.post(f"/admin/articles/oldaddress/{row.pk}/delete/", {"post": "yes"})
    save(client, pinned(filled(client), 1, post), button="_save_live")
    banner = Breaking.objects.create(
        text="It breaks",
        post=post,
        owner=chief,
        live_from=timezone.now(),
        live_until=timezone.now() + DAY,
    )
    change(client, f"/admin/articles/breaking/{banner.pk}/change/", text="MARKER breaks")
    change(
        client,
        f"/admin/articles/breaking/{banner.pk}/change/",
        text="Something else",
        post=str(other.pk),
    )
    LogEntry.objects.log_actions(chief.pk, [banner], CHANGE, "MARKER said")
    save_story(client, other, language="fr", translation_of=post.pk)

    assert in_tables("MARKER") - {"articles_post.headline"}
    killed(post, chief)

    assert where_found("MARKER", client) == set()


def test_nothing_is_left_of_what_colleagues_and_guests_said(client, chief):
    post = make_post("MARKER", slug="marker", status=Post.Status.IN_REVIEW, change_note="MARKER")
    passage = Passage("a", "MARKER quoted")
    note = leave_note(post, "MARKER?", by=chief, to=make_user(), passage=passage)
    leave_note(post, "MARKER!", by=chief, answer_to=note)
    mark_done(note, by=chief)
    link = make_link(
        post, by=chief, for_whom="MARKER's lawyer", may_approve=True, this_version=True
    )
    send(client, link, "note", text="MARKER is wrong")
    send(client, link, "approve", name="MARKER Smith")
    revoke_link(link, by=chief)
    move(post, Action.SEND_BACK, by=chief, note="MARKER needs work")
    place_hold(post, by=chief, note="MARKER may sue.")
    lift_hold(post, by=chief, note="MARKER agreed.")
    set_embargo(post, Embargo(until=timezone.now() + DAY, note="MARKER asked"), by=chief)
    found = in_tables("MARKER")
    assert {"articles_note.text", "articles_previewlink.for_whom"} < found

    killed(post, chief)

    assert in_tables("MARKER") == set()


def test_nothing_is_left_of_what_an_import_told(client, chief, imports):
    archive = [
        item(
            1, title="MARKER", html="<p>MARKER.</p><p><img src='https://x.example/MARKER.jpg'></p>"
        ),
        item(2, title="Another"),
    ]
    imports.items(*archive)
    post = Post.objects.get(headline="MARKER")
    Post.objects.filter(pk=post.pk).update(version=99)
    imports.items(item(1, title="MARKER theirs", html="<p>MARKER theirs.</p>"), archive[1])
    found = in_tables("MARKER")
    assert {"articles_importedstory.theirs", "articles_importproblem.title"} < found

    killed(post, chief)
    assert in_tables("MARKER") == set()

    imports.items(*archive)
    assert in_tables("MARKER") == set()


def test_an_import_of_stories_that_linked_to_it_does_not_name_it_again(imports, editor):
    link = '&lt;p&gt;&lt;a href="https://old.example/MARKER"&gt;More&lt;/a&gt;.&lt;/p&gt;'
    feed = rss(
        entry("https://old.example/MARKER").replace("/2016/bridge.html", "/MARKER"),
        entry("https://old.example/2", content=link, title="It links"),
    )
    imports(feed)
    killed(Post.objects.get(source_id="https://old.example/MARKER"), editor)
    assert in_tables("MARKER") == set()

    imports(feed.replace("More", "More of it"))

    assert imports.problems() == {"no_text": [""], "link_to_deleted": [""]}
    assert in_tables("MARKER") == set()


def test_the_log_of_other_things_that_are_called_alike_stays(client, chief):
    topic, post = make_topic("Bridges"), make_story("Bridges")
    change(client, f"/admin/articles/topic/{topic.pk}/change/", name="Bridges and tunnels")

    killed(post, chief)

    line = LoggedAction.objects.get(kind="articles.topic")
    assert line.row_name == "Bridges and tunnels"
