"""The history of a story: one line of time that people can read."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils import timezone

from articles.admin.posts.history.timeline import PAGE_SIZE
from articles.admin.steps.take_step import Action, take_step
from articles.models import Checkpoint, Post
from articles.publishing.steps.checkpoint import Reason, keep
from articles.publishing.steps.publish import publish
from tests.admin.forms import change_url, filled
from tests.builders import make_photo, make_post, make_story, make_topic, make_user, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def history_url(post, page=None):
    return f"/admin/articles/post/{post.pk}/history/" + (f"?page={page}" if page else "")


def lines(client, post):
    """Each line of the history as people read it, newest first."""
    page = client.get(history_url(post)).text
    found = re.findall(r'<li class="history-entry.*?</li>', page, re.DOTALL)
    without_hidden = (
        re.sub(r'<span class="visually-hidden">.*?</span>', "", line, flags=re.DOTALL)
        for line in found
    )
    return [" ".join(unescape(re.sub("<[^>]+>", " ", line)).split()) for line in without_hidden]


def write(post, *, by, at, reason=Reason.SAVED, **fields):
    """Save a story, and keep the revision."""
    Post.objects.filter(pk=post.pk).update(
        version=Post.objects.get(pk=post.pk).version + 1, saved_by=by, saved_at=at, **fields
    )
    keep(post, now=at, reason=reason)


@pytest.fixture
def story(editor):
    """A story that was saved twice, approved, published, and changed since."""
    post = make_post("First headline", status="in_review", saved_by=editor, saved_at=NOON)
    keep(post, now=NOON, reason=Reason.SAVED)
    write(post, by=editor, at=NOON + MINUTE, headline="Second headline")
    take_step(Action.APPROVE, post, by=editor, now=NOON + 2 * MINUTE, note="Well done")
    publish(post, by=editor, now=NOON + 3 * MINUTE)
    post.post_topics.create(tag=make_topic())
    write(post, by=editor, at=NOON + 4 * MINUTE, kicker="Exclusive")
    return post


def test_everything_stands_in_one_line_of_time_newest_first(client, editor, story):
    client.force_login(editor)

    found = lines(client, story)

    assert [re.search(r"16 Nov 2026, 12:0\d", line)[0][-1] for line in found] == list("43210")
    assert ["editor" in line for line in found] == [True] * 5
    words = ["Saved", "Published", "Approved", "Saved", "Saved"]
    assert [word in line for word, line in zip(words, found, strict=True)] == [True] * 5
    assert "On the desk now" in found[0]
    assert "Edition 1 (New story), for readers from 16 Nov 2026, 12:03" in found[1]
    assert "Well done" in found[2]


def test_a_line_says_what_changed(client, editor, story):
    client.force_login(editor)

    found = lines(client, story)

    assert "Kicker changed; topics changed." in found[0]
    assert "No word changed." in found[1]
    assert "Headline changed." in found[3]
    assert "changed" not in found[4]


def test_what_changed_in_the_text_is_counted(client, editor):
    post = make_post(text="<p>One is the first of all words.</p><h2>Two</h2>", photo=make_photo())
    keep(post, reason=Reason.SAVED)
    post.articles_caption_set.all().delete()
    post.articles_text_set.update(
        html="<p>One is the first of some words.</p><p>Quite new.</p><p>This as well.</p>"
    )
    write(post, by=editor, at=timezone.now())
    client.force_login(editor)

    assert (
        "A paragraph changed; 2 paragraphs added; a subhead removed; a picture removed."
        in lines(client, post)[0]
    )


def test_what_was_never_kept_but_logged_is_told_too(client, editor):
    client.force_login(editor)
    post = make_post("At first")
    for headline in ("Another", "Yet another"):
        client.post(change_url(post), filled(client, post) | {"headline": headline})
    Checkpoint.objects.all().thin_out()

    assert any("Changed Headline" in line for line in lines(client, post))


def test_an_untouched_story_has_a_history_of_one_line(client, editor):
    client.force_login(editor)
    post = make_post()

    assert len(lines(client, post)) == 1
    assert "a command" in lines(client, post)[0]


def test_a_long_history_has_pages_and_the_same_number_of_queries(
    client, editor, django_assert_num_queries
):
    client.force_login(editor)
    post = make_post(text="<p>Some words.</p>")
    keep(post, now=NOON)
    client.get(history_url(post))
    with django_assert_num_queries(13, exact=False) as few:
        client.get(history_url(post))
    document = Checkpoint.objects.get().document
    Checkpoint.objects.bulk_create(
        Checkpoint(
            post=post,
            version=number,
            document=document | {"headline": f"Headline {number}"},
            saved_at=NOON + number * MINUTE,
            made_at=NOON,
            name="Kept" * (number % 2),
        )
        for number in range(2, PAGE_SIZE + 30)
    )
    publish(post, by=None)

    with django_assert_num_queries(len(few) + 1):
        first = client.get(history_url(post))
    second = client.get(history_url(post, 2))

    assert first.text.count('<li class="history-entry') == PAGE_SIZE
    assert second.text.count('<li class="history-entry') == 30
    assert "Page 2 of 2" in second.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "9" * 400, "%00"])
def test_no_page_number_breaks_it(client, editor, page):
    client.force_login(editor)

    assert client.get(history_url(make_post(), page)).status_code == 200


@pytest.mark.parametrize(
    ("who", "actions"),
    [
        ("reporter", {"Look", "Compare"}),
        ("editor", {"Look", "Compare", "Restore", "Name"}),
        ("picture_editor", {"Look", "Compare"}),
        ("administrator", {"Look", "Compare", "Restore", "Name"}),
    ],
)
def test_a_role_is_offered_what_it_may_do(client, request, story, who, actions):
    client.force_login(request.getfixturevalue(who))

    found = " ".join(lines(client, story))

    words = {"Look": "Look", "Compare": "Compare with now", "Restore": "Restore", "Name": "Name it"}
    assert {name for name, word in words.items() if word in found} == actions


def test_readers_and_strangers_see_no_history(client, story):
    assert "/login/" in client.get(history_url(story)).url
    nobody = make_user(role=None)
    client.force_login(nobody)
    assert client.get(history_url(story)).status_code == 403


def test_words_in_the_history_are_no_markup(client, editor):
    client.force_login(editor)
    post = make_post("<script>alert(1)</script>")
    revision = keep(post)
    revision.name = "<b>Bold</b>"
    revision.save(update_fields=["name"])

    page = client.get(history_url(post)).text

    assert "&lt;b&gt;Bold" in page
    assert "<b>Bold" not in page
    assert "<script>alert" not in page


def name_url(post):
    return f"/admin/articles/post/{post.pk}/name-revision/"


def test_a_revision_gets_a_name_and_loses_it(client, editor, story):
    client.force_login(editor)
    number = story.checkpoints.earliest("version").version

    client.post(
        name_url(story), {"revision": number, f"name-{number}": " As the lawyers  read it "}
    )

    assert story.checkpoints.get(version=number).name == "As the lawyers read it"
    assert "As the lawyers read it" in lines(client, story)[-1]
    client.post(name_url(story), {"revision": number, f"name-{number}": ""})
    assert story.checkpoints.get(version=number).name == ""


def test_too_long_a_name_is_refused_in_words(client, editor, story):
    client.force_login(editor)
    number = story.checkpoints.earliest("version").version

    answer = client.post(
        name_url(story), {"revision": number, f"name-{number}": "x" * 81}, follow=True
    )

    assert "at most 80 characters" in answer.text
    assert story.checkpoints.get(version=number).name == ""


@pytest.mark.parametrize("who", ["reporter", "picture_editor"])
def test_who_may_not_restore_may_not_name(client, request, story, who):
    client.force_login(request.getfixturevalue(who))
    number = story.checkpoints.earliest("version").version

    answer = client.post(name_url(story), {"revision": number, f"name-{number}": "Mine"})

    assert answer.status_code == 403
    assert not story.checkpoints.exclude(name="").exists()


@pytest.mark.parametrize("revision", ["", "x", "0", "999", "9" * 400])
def test_only_what_is_there_gets_a_name(client, editor, story, revision):
    client.force_login(editor)
    other = keep(make_post())

    answers = [
        client.post(name_url(story), {"revision": number, f"name-{number}": "Mine"})
        for number in (revision, other.version + 500)
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not Checkpoint.objects.exclude(name="").exists()


def test_a_draft_of_a_colleague_is_looked_at_and_left_alone(client, reporter):
    post = make_post(status=Post.Status.DRAFT, created_by=make_user())
    keep(post)
    client.force_login(reporter)

    assert "Restore" not in " ".join(lines(client, post))


def test_the_writer_of_a_draft_restores_and_names(client, reporter):
    post = make_post("At first", status=Post.Status.DRAFT, created_by=reporter)
    keep(post)
    rewrite(post, "Others.")
    client.force_login(reporter)

    found = " ".join(lines(client, post))

    assert "Restore" in found
    assert "Name it" in found


def test_what_readers_saw_of_a_story_is_told_with_its_end(client, editor):
    client.force_login(editor)
    post = make_story("One", at=NOON)
    rewrite(post, "Two.")
    publish(Post.objects.get(pk=post.pk), by=editor, now=NOON + 5 * MINUTE)

    found = lines(client, post)

    assert "for readers 16 Nov 2026, 12:00 to 16 Nov 2026, 12:05" in " ".join(found)
    assert any("Since Edition 1: A paragraph" in line for line in found)
