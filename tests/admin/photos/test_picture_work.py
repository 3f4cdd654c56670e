"""The screens on which a picture is replaced everywhere, and doubles are merged."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.desk.blocks import Caption
from articles.models import Photo
from tests.builders import make_author, make_photo, make_post, make_story, make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/photo/"
DOUBLES, MERGE = f"{LIST}doubles/", f"{LIST}merge/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def replace(photo):
    return f"{LIST}{photo.pk}/replace/"


def test_the_other_picture_is_chosen_and_what_changes_is_shown_first(desk):
    old, new = make_photo(), make_photo(slug="new", caption="A harbour.")
    make_post("Aleppo falls silent", photo=old)

    assert f"?by={new.pk}" in desk.get(replace(old), {"q": "harbour"}).text
    page = desk.get(replace(old), {"by": new.pk})

    assert "Aleppo falls silent" in page.text
    assert "Replace in 1 story" in page.text
    assert Caption.objects.get().photo == old


def test_replacing_says_what_became_of_each_story(desk):
    old, new = make_photo(), make_photo()
    make_post("A draft", photo=old)
    make_story("Live", photo=old)
    changed = make_story("Live with the new one", photo=old)

    page = desk.post(replace(old), {"by": new.pk, "publish_again": "on"})

    assert "The picture was replaced in 3 stories." in page.text
    assert "Published again" in page.text
    assert changed.editions.order_by("number").last().picture["slug"] == new.slug
    assert "nothing would change" in desk.get(replace(old), {"by": new.pk}).text


def picture_of_names(photo):
    topic, author = make_topic("Syria"), make_author("Tom Okafor")
    for row in (topic, author):
        row.picture = photo
        row.save()
    return topic, author


def test_topics_and_authors_are_named_first_and_follow_at_once(desk):
    old, new = make_photo(), make_photo()
    names = picture_of_names(old)

    page = desk.get(replace(old), {"by": new.pk})
    assert "Syria" in page.text
    assert "Replace it everywhere" in page.text
    page = desk.post(replace(old), {"by": new.pk})

    assert "Topics and authors that show the new picture now" in page.text
    for row in names:
        row.refresh_from_db()
        assert row.picture == new
        said = LogEntry.objects.get(object_id=row.pk, content_type__model=row._meta.model_name)
        assert "picture" in said.get_change_message()


def test_who_may_not_change_topics_is_told_which_keep_the_picture(client, picture_editor):
    old, new = make_photo(), make_photo()
    topic, author = picture_of_names(old)
    client.force_login(picture_editor)

    assert "so they keep the picture" in client.get(replace(old), {"by": new.pk}).text
    page = client.post(replace(old), {"by": new.pk})

    assert "Topics and authors that keep the old one" in page.text
    for row in (topic, author):
        row.refresh_from_db()
        assert row.picture == old


@pytest.mark.parametrize("by", ["", "x", "999999", "9" * 30, "\x00"])
def test_no_other_picture_means_choosing_one(desk, by):
    old = make_photo()

    assert "Which picture takes its place?" in desk.get(replace(old), {"by": by}).text
    assert desk.post(replace(old), {"by": by}).status_code == 200


def test_the_same_file_and_pictures_that_look_the_same_are_found(desk):
    one = make_photo(content_hash="a" * 64, look="00ff00ff12345678")
    make_photo(content_hash="a" * 64)
    make_photo(content_hash="b" * 64, look="00ff00ff12345679")
    make_photo(content_hash="c" * 64, look="ffffffffffffffff")
    make_photo(content_hash="d" * 64, look="ffffffffffffffff")

    groups = desk.get(DOUBLES).context["groups"]

    assert [len(group["photos"]) for group in groups] == [3]
    assert groups[0]["photos"][0] == one
    assert "Merge with the first…" in desk.get(DOUBLES).text
    assert desk.get(f"{LIST}{one.pk}/change/").text.count("Merge the two…") == 2


def test_merging_asks_which_stays_and_logs_what_it_did(desk):
    one, other = make_photo(slug="one"), make_photo(slug="other")
    post = make_post(photo=one)
    pair = {"one": one.pk, "other": other.pk}

    assert "1 story on the desk" in desk.get(MERGE, pair).text
    page = desk.post(MERGE, pair | {"stays": other.pk}, follow=True)

    assert "The two pictures are one now" in page.text
    assert Caption.objects.get(parent=post).photo == other
    assert Photo.objects.get(slug="one").merged_into == other
    assert LogEntry.objects.filter(object_id=other.pk).exists()


@pytest.mark.parametrize("stays", ["", "x", "999999"])
def test_a_merge_without_an_answer_merges_nothing(desk, stays):
    one, other = make_photo(), make_photo()

    desk.post(MERGE, {"one": one.pk, "other": other.pk, "stays": stays})

    assert Photo.objects.in_library().count() == 2
    assert desk.get(MERGE, {"one": one.pk, "other": "x"}).status_code == 404
    assert desk.get(MERGE, {"one": one.pk, "other": one.pk}).status_code == 404


def test_who_may_not_delete_pictures_does_not_merge_them(client, reporter):
    client.force_login(reporter)
    one, other = make_photo(content_hash="a" * 64), make_photo(content_hash="a" * 64)

    assert "Merge with" not in client.get(DOUBLES).text
    assert client.get(MERGE, {"one": one.pk, "other": other.pk}).status_code == 403
    sent = {"one": one.pk, "other": other.pk, "stays": one.pk}
    assert client.post(MERGE, sent).status_code == 403
    assert Photo.objects.in_library().count() == 2


SEVERAL = f"{DOUBLES}several/"


def test_ticked_groups_are_merged_in_one_go_after_one_question(desk):
    first = [make_photo(content_hash="a" * 64, slug=f"a{number}") for number in range(3)]
    second = [make_photo(content_hash="b" * 64, slug=f"b{number}") for number in range(2)]
    post = make_post(photo=first[2])
    assert "Merge what is ticked…" in desk.get(DOUBLES).text
    names = ["-".join(str(photo.pk) for photo in group) for group in (first, second)]

    asked = desk.get(SEVERAL, {"group": [*names, "x", "1-\x00", ""]})
    assert "3 pictures leave the library" in asked.text
    assert Photo.objects.in_library().count() == 5
    sent = {"group": names, f"stays-{names[1]}": second[1].pk}
    done = desk.post(SEVERAL, sent, follow=True)

    assert "3 pictures gave way to others" in done.text
    assert set(Photo.objects.in_library()) == {first[0], second[1]}
    assert Caption.objects.get(parent=post).photo == first[0]
    assert "Nothing is ticked" in desk.post(SEVERAL, {"group": names}).text


def test_who_may_not_delete_pictures_merges_no_groups(client, reporter):
    client.force_login(reporter)
    one, other = make_photo(content_hash="a" * 64), make_photo(content_hash="a" * 64)

    assert "photo-several" not in client.get(DOUBLES).text
    assert client.post(SEVERAL, {"group": f"{one.pk}-{other.pk}"}).status_code == 403
    assert Photo.objects.in_library().count() == 2
