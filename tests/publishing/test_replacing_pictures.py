"""One picture in the place of another, and two that become one."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk import roles
from articles.desk.blocks import Caption
from articles.models import Checkpoint, Photo, PictureUse, Post, PostSave
from articles.publishing.pictures.merge import CannotMerge, merge_pictures
from articles.publishing.pictures.replace import changes_of, replace_in_story, replace_picture
from articles.publishing.pictures.where_used import where_used
from articles.publishing.steps import change_everywhere
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.restore import restore
from articles.publishing.steps.schedule import schedule
from tests.builders import make_author, make_photo, make_post, make_story, make_user, rewrite
from tests.losing import losing

pytestmark = pytest.mark.django_db


def photo_of(post):
    return Caption.objects.get(parent=post).photo


def type_words(post, **words):
    Caption.objects.filter(parent=post).update(**words)


def live_slug(post):
    edition = post.editions.order_by("number").last()
    return edition.picture["slug"]


@pytest.fixture
def old():
    return make_photo(slug="old")


@pytest.fixture
def new():
    return make_photo(slug="new")


def test_what_changes_is_told_before_anything_does(old, editor):
    draft = make_post("A draft", photo=old, status=Post.Status.DRAFT)
    type_words(draft, alt="Typed here.")
    make_story("Live", photo=old)
    changed = make_story("Changed", photo=old)
    rewrite(changed, "Other words.")

    told = {str(change.post): change for change in changes_of(old, by=editor)}

    assert told["A draft"].typed == ["Typed here."]
    assert (told["Live"].is_live, told["Live"].is_alone) == (True, True)
    assert (told["Changed"].is_live, told["Changed"].is_alone) == (True, False)
    assert photo_of(draft) == old


def test_drafts_change_with_a_new_version_and_a_revision_of_what_was(old, new, editor):
    draft = make_post(photo=old, status=Post.Status.DRAFT)
    type_words(draft, alt="Of the old one.", caption="Of the old one.")

    outcome = replace_picture(old, new, by=editor)

    assert [post.pk for post in outcome.changed] == [draft.pk]
    block = Caption.objects.get(parent=draft)
    assert (block.photo, block.alt, block.caption) == (new, "", "")
    draft.refresh_from_db()
    assert (draft.version, draft.saved_by) == (2, editor)
    assert PostSave.objects.filter(post=draft, version=2, by=editor).exists()
    kept = Checkpoint.objects.get(post=draft, version=1)
    restore(kept, by=editor, started_from=2)
    assert photo_of(draft) == old


def test_words_typed_in_a_story_stay_where_that_is_asked_for(old, new, editor):
    draft = make_post(photo=old)
    type_words(draft, alt="Still right.")

    replace_picture(old, new, by=editor, keep_words=True)

    assert Caption.objects.get(parent=draft).alt == "Still right."


def test_readers_keep_the_old_picture_until_somebody_publishes(old, new, editor):
    live = make_story(photo=old)

    outcome = replace_picture(old, new, by=editor)

    assert [post.pk for post, _why in outcome.to_publish] == [live.pk]
    assert live_slug(live) == "old"
    live.refresh_from_db()
    assert live.has_unpublished_changes


def test_live_stories_without_other_changes_are_published_at_once_if_asked(old, new, editor):
    live, changed = make_story(photo=old), make_story(photo=old)
    rewrite(changed, "Unread words.")

    outcome = replace_picture(old, new, by=editor, publish_again=True)

    assert [post.pk for post in outcome.published] == [live.pk]
    assert [post.pk for post, _why in outcome.to_publish] == [changed.pk]
    assert (live_slug(live), live_slug(changed)) == ("new", "old")


def test_words_saved_while_other_stories_have_their_turn_are_not_published_along(
    old, new, editor, monkeypatch
):
    first, second = make_story(photo=old), make_story(photo=old)
    publish_first = change_everywhere.publish

    def publish_while_a_colleague_writes(post, **by):
        rewrite(second, "Half a sent")
        return publish_first(post, **by)

    monkeypatch.setattr(change_everywhere, "publish", publish_while_a_colleague_writes)
    outcome = replace_picture(old, new, by=editor, publish_again=True)

    assert [post.pk for post in outcome.published] == [first.pk]
    assert [post.pk for post, _why in outcome.to_publish] == [second.pk]
    assert live_slug(second) == "old"


def test_a_story_that_shows_it_no_more_is_left_as_it_is(old, new, editor):
    draft = make_post(photo=new, status=Post.Status.DRAFT)

    held = replace_in_story(draft, old, new, by=editor, keep_words=False, now=timezone.now())

    assert held is None
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_picture_that_was_merged_meanwhile_takes_no_place(old, new, editor):
    draft = make_post(photo=old, status=Post.Status.DRAFT)
    merge_pictures(make_photo(), new, by=editor)

    outcome = replace_picture(old, new, by=editor)

    assert [post.pk for post, _why in outcome.refused] == [draft.pk]
    assert photo_of(draft) == old


def test_whoever_may_not_publish_is_told_so_and_the_desk_copy_changes(old, new, picture_editor):
    live = make_story(photo=old)

    outcome = replace_picture(old, new, by=picture_editor, publish_again=True)

    [(post, why)] = outcome.to_publish
    assert post.pk == live.pk
    assert why
    assert live_slug(live) == "old"
    assert photo_of(live) == new


def test_nobody_changes_more_stories_by_it_than_one_by_one(old, new):
    reporter = make_user(roles.REPORTER)
    own = make_post(photo=old, status=Post.Status.DRAFT, created_by=reporter)
    others = make_post(photo=old, status=Post.Status.DRAFT)

    outcome = replace_picture(old, new, by=reporter)

    assert [post.pk for post in outcome.changed] == [own.pk]
    assert [post.pk for post, _why in outcome.refused] == [others.pk]
    assert photo_of(others) == old
    with pytest.raises(PermissionDenied):
        replace_picture(old, new, by=make_user(role=None))


def test_merged_pictures_are_one_on_the_desk_and_in_what_was_published(old, new, editor):
    new.credit = new.agency = ""
    new.save()
    draft, live = make_post(photo=old), make_story(photo=old)
    type_words(draft, alt="Typed for this very picture.")
    author = make_author()
    author.picture = old
    author.save()

    filled, held = merge_pictures(new, old, by=editor)

    assert {photo_of(draft), photo_of(live)} == {new}
    assert Caption.objects.get(parent=draft).alt == "Typed for this very picture."
    author.refresh_from_db()
    assert author.picture == new
    assert ("credit" in filled, held) == (True, [])
    old.refresh_from_db()
    assert old.merged_into == new
    assert list(Photo.objects.in_library()) == [Photo.objects.get(pk=new.pk)]
    assert [edition.post_id for edition in where_used(new, now=timezone.now()).live] == [live.pk]
    assert not PictureUse.objects.filter(photo=old).exists()


def test_a_revision_that_names_the_merged_picture_can_be_restored(old, new, editor):
    live = make_story(photo=old)
    merge_pictures(new, old, by=editor)
    live.refresh_from_db()

    restore(live.editions.get(), by=editor, started_from=live.version)

    assert photo_of(live) == old
    publish(live, by=editor)


def test_the_rights_to_the_picture_that_is_kept_count_for_the_merged_one_too(old, new, editor):
    live = make_story(photo=old)
    merge_pictures(new, old, by=editor)
    Photo.objects.filter(pk=new.pk).update(rights_until="2016-12-12", not_for_others=True)
    live.refresh_from_db()
    restore(live.editions.get(), by=editor, started_from=live.version)

    with pytest.raises(NotReady, match="rights to the picture"):
        publish(live, by=editor)

    Photo.objects.filter(pk=new.pk).update(rights_until=None)
    edition = publish(live, by=editor)
    assert edition.picture["not_for_others"]
    assert PictureUse.objects.filter(photo=new, edition=edition).exists()


def test_what_is_scheduled_with_a_merged_picture_is_held_back_when_its_rights_end(old, new, editor):
    post = make_post(photo=old)
    schedule(post, by=editor, at=timezone.now() + dt.timedelta(days=2))
    merge_pictures(new, old, by=editor)
    Photo.objects.filter(pk=new.pk).update(rights_until="2016-12-12")

    [held] = hold_back_refused(by=editor, photo=new)

    assert "rights to the picture" in held.reason
    assert not post.editions.exists()


def test_a_merge_is_of_two_and_by_those_who_may_delete(old, new, editor):
    with pytest.raises(PermissionDenied):
        merge_pictures(new, old, by=make_user(roles.REPORTER))
    with pytest.raises(CannotMerge):
        merge_pictures(new, new, by=editor)
    merge_pictures(new, old, by=editor)
    with pytest.raises(CannotMerge):
        merge_pictures(new, old, by=editor)
    with pytest.raises(CannotMerge):
        merge_pictures(old, new, by=editor)


def test_a_merge_changes_nothing_where_it_may_not_change_a_story(old, new):
    reporter = make_user(roles.REPORTER)
    reporter.user_permissions.add(Permission.objects.get(codename="delete_photo"))
    own = make_post(photo=old, status=Post.Status.DRAFT, created_by=reporter)
    make_post("Somebody else's", photo=old, status=Post.Status.DRAFT)

    with pytest.raises(CannotMerge, match="Somebody else's"):
        merge_pictures(new, old, by=reporter)
    assert photo_of(own) == old
    assert Photo.objects.in_library().count() == 2


def test_a_story_that_loses_against_a_colleague_is_replaced_at_a_second_try(old, new, editor):
    posts = [make_post(photo=old, status=Post.Status.DRAFT) for _each in range(3)]

    with losing("UPDATE", Caption, tries={2}):
        outcome = replace_picture(old, new, by=editor)

    assert [post.pk for post in outcome.changed] == [post.pk for post in posts]
    assert not outcome.refused
    assert {photo_of(post) for post in posts} == {new}


def test_a_story_that_loses_twice_is_told_and_keeps_none_of_the_others_out(old, new, editor):
    posts = [make_story(photo=old) for _each in range(3)]

    with losing("UPDATE", Caption, tries={2, 3}):
        outcome = replace_picture(old, new, by=editor, publish_again=True)

    assert [post.pk for post in outcome.published] == [posts[0].pk, posts[2].pk]
    assert [post.pk for post, _why in outcome.refused] == [posts[1].pk]
    assert [photo_of(post) for post in posts] == [new, old, new]
