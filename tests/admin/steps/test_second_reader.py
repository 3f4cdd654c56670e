"""Approval is of a version; no word reaches readers that only its writer has read."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.desk.workflow import Refusal, move
from articles.models import Caption, Edition, Photo, Post, PostSave, Text, Transition
from articles.publishing.bulk.bulk_publish import bump_changed_versions
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.restore import restore
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.admin.steps.steps import by_hand, confirm, offered, press, standing, step_url
from tests.admin.steps.steps import write as save
from tests.admin.steps.test_holding import change_photo
from tests.admin.steps.test_workflow import status
from tests.admin.writing.sending import document_of, paragraph, send
from tests.builders import make_photo, make_post, make_stories, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def second_reader(settings):
    settings.SECOND_READER = True


@pytest.fixture
def other(db):
    return make_user(username="other")


@pytest.fixture
def third(db):
    return make_user(username="third")


def write(client, post, by, words):
    """Save another headline, as this person."""
    client.force_login(by)
    save(client, post, headline=words)
    assert Post.objects.get(pk=post.pk).headline == words


def step(client, post, action, by):
    """Take a step as this person by its button; what they are told."""
    client.force_login(by)
    return press(client, post, action)


def let_out(client, post, by, action="publish", *, follow=False, **answers):
    client.force_login(by)
    return confirm(client, post, action, follow=follow, **answers)


def approved(writer, reader):
    """A story that one person wrote and sent, and another approved."""
    post = make_post("As it was approved", status="draft", created_by=writer, saved_by=writer)
    move(post, "send_to_review", by=writer)
    move(post, "approve", by=reader)
    return post


def test_what_a_colleague_approved_may_be_published(client, reporter, editor):
    post = make_post(status="draft", created_by=reporter)
    write(client, post, reporter, "As it was approved")
    step(client, post, "send_to_review", reporter)
    step(client, post, "approve", editor)
    assert status(post) == "ready"

    let_out(client, post, editor)

    assert Edition.objects.live().get().headline == "As it was approved"
    approval = Transition.objects.get(action="approve")
    assert (approval.version, approval.by) == (2, editor)


def test_an_approved_story_that_its_writer_changes_is_not_published(client, editor, other):
    post = approved(editor, other)
    write(client, post, editor, "Changed")

    page = let_out(client, post, editor, follow=True)

    assert "changed after it was approved" in page.text
    assert not Edition.objects.exists()


def test_who_approved_a_story_and_changes_it_has_to_ask_too(client, reporter, editor):
    post = approved(reporter, editor)
    write(client, post, editor, "A comma, changed")

    let_out(client, post, editor)

    assert not Edition.objects.exists()


@pytest.mark.parametrize("action", ["publish", "schedule"])
def test_no_step_to_readers_lets_a_change_out_that_nobody_read(client, editor, other, action):
    post = approved(editor, other)
    rewrite(post, "Changed by nobody knows whom.")

    let_out(client, post, editor, action, day="2030-01-01", time="10:00")

    assert not Edition.objects.exists()


def test_a_changed_story_goes_to_review_again_and_then_out(client, editor, other):
    post = approved(editor, other)
    write(client, post, editor, "Changed")

    step(client, post, "send_to_review", editor)
    assert status(post) == "in_review"
    step(client, post, "approve", other)
    let_out(client, post, editor)

    assert Edition.objects.live().get().headline == "Changed"


def test_a_live_story_stays_live_while_its_changes_are_read(client, editor, other):
    post = approved(editor, other)
    let_out(client, post, editor)
    write(client, post, editor, "Changed")
    let_out(client, post, editor)
    assert Edition.objects.live().get().headline == "As it was approved"

    step(client, post, "send_to_review", editor)
    assert status(post) == "published"
    assert "a colleague has to approve it" in standing(client, post)["notes"]
    client.force_login(other)
    assert "Changes to review" in client.get("/admin/").text
    step(client, post, "approve", other)
    let_out(client, post, editor)

    assert Edition.objects.live().get().headline == "Changed"
    assert "Changes to review" not in client.get("/admin/").text


def test_each_person_is_offered_the_one_step_that_is_theirs(client, editor, other):
    post = approved(editor, other)
    let_out(client, post, editor)

    def buttons(person):
        client.force_login(person)
        return offered(client, post)

    write(client, post, editor, "Changed")
    assert buttons(editor) == ["send_to_review", "withdraw", "place_hold", "ask_kill"]
    step(client, post, "send_to_review", editor)
    assert buttons(editor) == ["send_back", "withdraw", "place_hold", "ask_kill"]
    assert buttons(other) == ["approve", "send_back", "withdraw", "place_hold", "ask_kill"]
    step(client, post, "approve", other)
    assert buttons(editor) == ["publish", "schedule", "withdraw", "place_hold", "ask_kill"]


def test_changes_of_a_live_story_are_sent_back_with_a_note(client, editor, other):
    post = approved(editor, other)
    let_out(client, post, editor)
    write(client, post, editor, "Changed")
    step(client, post, "send_to_review", editor)

    let_out(client, post, other, "send_back", note="Who says so?")

    assert status(post) == "published"
    client.force_login(editor)
    assert "Changes to review" not in client.get("/admin/").text


def test_nobody_approves_what_they_rewrote_in_review(client, reporter, editor, other):
    post = make_post(status="draft", created_by=reporter)
    step(client, post, "send_to_review", reporter)
    write(client, post, editor, "Rewritten in review")

    assert "approve" not in offered(client, post)
    told = by_hand(client, post, "approve")

    assert status(post) == "in_review"
    assert "You wrote some of these words" in told["refused"]
    step(client, post, "approve", other)
    assert status(post) == "ready"


def test_nobody_approves_a_story_of_which_they_wrote_an_earlier_version(client, editor, other):
    post = make_post(status="draft", created_by=editor)
    write(client, post, editor, "First")
    write(client, post, other, "Second")
    move(post, "send_to_review", by=other)

    for person in (editor, other):
        with pytest.raises(Refusal):
            move(post, "approve", by=person)

    assert move(post, "approve", by=make_user())


def test_nobody_approves_what_they_sent_to_review(client, reporter, editor):
    post = make_post(status="draft", created_by=reporter)
    move(post, "send_to_review", by=editor)

    with pytest.raises(Refusal, match="You sent this story to review"):
        move(post, "approve", by=editor)


def test_a_writer_cannot_approve_many_at_once(client, editor):
    post = make_post(status="in_review", created_by=editor)
    client.force_login(editor)

    data = {"action": "approve", "_selected_action": [post.pk], "seen": f"{post.pk}/1/in_review"}
    page = client.post("/admin/articles/post/", data, follow=True)

    assert status(post) == "in_review"
    assert "You wrote some of these words" in page.text


def test_a_withdrawn_story_that_was_rewritten_is_not_put_back_unread(client, editor, other):
    post = approved(editor, other)
    let_out(client, post, editor)
    withdraw(post, by=editor)
    write(client, post, editor, "Changed")

    with pytest.raises(Refusal):
        put_back(post, by=editor)
    step(client, post, "send_to_review", editor)
    step(client, post, "approve", other)
    put_back(post, by=editor)

    assert Edition.objects.live().get().headline == "Changed"


def test_a_published_story_that_is_rewritten_is_not_published_again_unread(editor):
    post = make_post()
    publish(post, by=editor)
    rewrite(post, "Second words.")

    with pytest.raises(Refusal):
        publish(post, by=editor)

    assert post.editions.count() == 1


def test_an_earlier_edition_that_is_restored_is_read_again(client, editor, other):
    post = approved(editor, other)
    let_out(client, post, editor)
    write(client, post, editor, "Changed")
    step(client, post, "send_to_review", editor)
    step(client, post, "approve", other)
    post.refresh_from_db()
    restore(post.editions.get(number=1), by=editor, started_from=post.version)

    with pytest.raises(Refusal):
        publish(post, by=editor)


def test_what_was_scheduled_and_is_rewritten_goes_out_as_it_was_approved(client, editor, other):
    post = approved(editor, other)
    schedule(post, by=editor, at=timezone.now() + HOUR)

    write(client, post, editor, "Changed")

    assert post.editions.get().headline == "As it was approved"


def test_what_was_scheduled_without_a_second_reader_is_held_back(client, settings, editor):
    settings.SECOND_READER = False
    post = make_post(created_by=editor)
    schedule(post, by=editor, at=timezone.now() + HOUR)
    settings.SECOND_READER = True

    [held] = hold_back_refused(by=None)

    assert "Only its authors have read this story" in str(held)
    assert not post.editions.exists()


def test_what_commands_publish_needs_no_second_reader():
    post = make_story()
    rewrite(post, "Second words.")

    assert publish(post, by=None).number == 2


def test_a_story_from_a_file_may_be_published_and_its_file_loaded_again(editor):
    post = make_story()
    Text.objects.filter(parent=post).update(html="<p>From the file.</p>")

    bump_changed_versions([post.pk])

    assert PostSave.objects.get(post=post).by is None
    assert publish(post, by=editor).number == 2


def test_every_save_is_noted_with_who_made_it(client, editor, other):
    post = make_post(status="draft", created_by=editor)
    write(client, post, editor, "First")
    write(client, post, other, "Second")

    saves = PostSave.objects.filter(post=post)

    assert [(row.version, row.by) for row in saves] == [(2, editor), (3, other)]


def test_the_publish_page_says_what_was_changed_since_and_by_whom(client, settings, editor, other):
    settings.SECOND_READER = False
    post = approved(editor, other)
    let_out(client, post, editor)
    write(client, post, editor, "Changed")
    client.force_login(other)

    page = client.get(step_url(post, "publish"))

    assert "Changed since other approved it" in page.text
    assert 'class="conflict"' in page.text
    assert "editor saved it" in page.text
    [row] = page.context["approval"]["rows"]
    assert (row["label"], row["mine"]) == ("Headline", "<ins>Changed</ins>")
    let_out(client, post, other)
    assert Edition.objects.live().get().headline == "Changed"


def test_the_publish_page_says_when_nothing_was_changed_since(client, editor, other):
    post = approved(editor, other)
    client.force_login(editor)

    page = client.get(step_url(post, "publish"))

    assert "other approved it" in page.text
    assert "nothing was changed since" in page.text
    assert 'class="conflict"' not in page.text


def test_the_publish_page_says_what_a_command_published(client, editor):
    post = make_story()
    client.force_login(editor)

    page = client.get(step_url(post, "publish"))

    assert "a command published it" in page.text


def test_without_the_setting_a_writer_approves_and_publishes(client, settings, editor):
    settings.SECOND_READER = False
    post = make_post(status="draft", created_by=editor)
    write(client, post, editor, "Mine")
    step(client, post, "send_to_review", editor)
    step(client, post, "approve", editor)
    let_out(client, post, editor)

    assert Edition.objects.live().get().headline == "Mine"


def test_who_changes_a_word_before_the_button_that_approves_has_written_it(
    client, reporter, editor
):
    post = make_post(status="in_review", created_by=reporter)
    client.force_login(editor)
    assert "approve" in offered(client, post)

    write(client, post, editor, "A comma, changed")

    assert "approve" not in offered(client, post)
    assert "You wrote some of these words" in by_hand(client, post, "approve")["refused"]
    assert status(post) == "in_review"


def test_who_autosaved_a_word_has_written_it(client, reporter, editor):
    post = make_post(status="in_review", created_by=reporter)
    client.force_login(editor)

    for number, text in enumerate(("A com", "A comma", "A comma, changed")):
        body = [paragraph(document_of(post)["body"][0]["attrs"]["id"], text)]
        send(client, post, version=number + 1, document={"lead": [], "body": body})

    assert "approve" not in offered(client, post)
    assert "refused" in by_hand(client, post, "approve")


def test_an_autosave_after_an_approval_is_read_again(client, editor, other):
    post = approved(editor, other)
    client.force_login(editor)
    version = Post.objects.get(pk=post.pk).version
    key = document_of(post)["body"][0]["attrs"]["id"]

    send(client, post, version=version, document={"lead": [], "body": [paragraph(key, "Changed.")]})
    page = let_out(client, post, editor, follow=True)

    assert "changed after it was approved" in page.text
    assert not Edition.objects.exists()


def test_an_autosave_after_anothers_in_one_review_makes_both_its_writers(
    client, reporter, editor, other
):
    post = make_post(status="in_review", created_by=reporter)
    key = document_of(post)["body"][0]["attrs"]["id"]
    for number, person in enumerate((editor, other, editor)):
        client.force_login(person)
        body = [paragraph(key, f"Words {number}.")]
        send(client, post, version=number + 1, document={"lead": [], "body": body})

    for person in (editor, other):
        client.force_login(person)
        assert "refused" in by_hand(client, post, "approve")
    assert status(post) == "in_review"


def test_an_approval_in_a_list_is_of_what_the_list_showed(client, reporter, editor):
    post = make_post(status="in_review", created_by=reporter)
    client.force_login(editor)
    (row,) = client.get("/admin/articles/post/").context["stories"]
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=reporter)

    data = {"action": "approve", "_selected_action": [post.pk], "seen": row["seen"]}
    page = client.post("/admin/articles/post/", data, follow=True)

    assert status(post) == "in_review"
    assert "after you opened this page" in page.text


def test_an_approval_from_before_versions_were_logged_is_of_what_was_not_saved_since(editor):
    post = make_post(created_by=editor, version=3)
    log = {"from_status": "in_review", "to_status": "ready", "by": make_user()}
    Transition.objects.create(post=post, action="approve", at=timezone.now(), **log)

    assert publish(post, by=editor)
    rewrite(post, "Second words.")
    Post.objects.filter(pk=post.pk).update(saved_at=timezone.now() + HOUR)
    with pytest.raises(Refusal):
        publish(post, by=editor)


def test_a_draft_with_saves_can_be_deleted(client, editor):
    post = make_post(status="draft", created_by=editor)
    write(client, post, editor, "First")

    client.post(f"/admin/articles/post/{post.pk}/delete/", {"post": "yes"})

    assert not Post.objects.exists()


def test_what_is_sent_back_after_its_approval_is_approved_no_more(client, editor, other):
    post = approved(editor, other)
    move(post, "send_back", by=other, note="Who says so?")
    move(post, "send_to_review", by=other)

    with pytest.raises(Refusal, match="You wrote"):
        move(post, "approve", by=editor)

    assert move(post, "approve", by=make_user())


@pytest.fixture
def with_photo(client, reporter, other):
    """An approved story with a photo whose words are the library's."""
    post = make_post(status="in_review", created_by=reporter, photo=make_photo())
    step(client, post, "approve", other)
    return post


def change_in_library(client, post, by, **words):
    """Save the photo of a story in the library, as this person."""
    client.force_login(by)
    change_photo(client, Photo.objects.get(captions__parent=post), **words)
    assert Photo.objects.filter(captions__parent=post, **words).exists()


@pytest.mark.parametrize("words", [{"caption": "Nobody"}, {"credit": "Me"}, {"alt": "A hoax."}])
def test_words_changed_in_the_library_are_read_before_readers_see_them(
    client, editor, third, other, with_photo, words
):
    change_in_library(client, with_photo, third, **words)

    for action in ("publish", "schedule"):
        at = {"day": "2030-01-01", "time": "10:00"}
        page = let_out(client, with_photo, editor, action, follow=True, **at)
        assert "Words of one of its pictures, films or sounds were changed" in page.text
    assert not Edition.objects.exists()
    step(client, with_photo, "send_to_review", editor)
    with pytest.raises(Refusal, match="You wrote some of these words"):
        move(with_photo, "approve", by=third)
    step(client, with_photo, "approve", other)
    let_out(client, with_photo, editor)

    [name] = words
    assert Edition.objects.live().get().picture[name] == words[name]


def test_words_of_the_library_that_the_story_does_not_use_are_not_asked_about(
    client, editor, third, with_photo
):
    Caption.objects.filter(parent=with_photo).update(caption="Our own words")
    move(with_photo, "send_back", by=editor, note="Own words.")
    move(with_photo, "send_to_review", by=editor)
    move(with_photo, "approve", by=third)
    change_in_library(client, with_photo, third, caption="Somebody else's")

    let_out(client, with_photo, editor)

    assert Edition.objects.live().get().picture["caption"] == "Our own words"


def test_a_withdrawn_story_is_not_put_back_with_unread_words_of_the_library(
    client, editor, third, with_photo
):
    publish(with_photo, by=editor)
    withdraw(with_photo, by=editor)
    change_in_library(client, with_photo, third, caption="Nobody has read this")

    with pytest.raises(Refusal, match="changed in the library"):
        put_back(with_photo, by=editor)


def test_words_of_the_library_changed_after_a_story_came_from_a_file_are_read(client, editor):
    [post] = make_stories([{"photo": make_photo()}])
    change_in_library(client, post, editor, caption="Nobody has read this")

    with pytest.raises(Refusal, match="changed in the library"):
        publish(post, by=editor)


def test_what_is_scheduled_stays_when_the_library_changes(client, editor, third, with_photo):
    schedule(with_photo, by=editor, at=timezone.now() + HOUR)

    change_in_library(client, with_photo, third, caption="Later words")

    assert with_photo.editions.get().picture["caption"] == "A street in Aleppo."


def test_without_the_setting_the_publish_page_says_what_the_library_changed(
    client, settings, editor, third, with_photo
):
    settings.SECOND_READER = False
    change_in_library(client, with_photo, third, credit="Somebody else")
    client.force_login(editor)

    page = client.get(step_url(with_photo, "publish"))

    assert "nothing was changed since" not in page.text
    assert "third saved the picture “A street in Aleppo.” in the library" in page.text
    [row] = page.context["approval"]["rows"]
    assert row["label"].startswith("Credit (")
    assert "Somebody else" in row["mine"]
    let_out(client, with_photo, editor)
    assert Edition.objects.live().get().picture["credit"] == "Somebody else"
