"""Galleries in the editor's document: one node, whose pictures are rows of their own."""

import copy

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.desk.blocks import Caption, Gallery
from articles.desk.blocks.caption import IN_GALLERY
from articles.desk.writing.document import document_of_data, normalise, read, write
from articles.desk.writing.merge import merge
from articles.publishing.editions.document import compose
from tests.builders import make_gallery, make_photo, make_post, make_user

from .documents import gallery, paragraph, picture, story

FIRST, SECOND, THIRD = (picture(key, photo=f"photo-{key}") for key in ("p1", "p2", "p3"))
BASE = story(paragraph("a", "One."), gallery("g", FIRST, SECOND, title="Snow"))


def with_pictures(document, *pictures, **attrs):
    """The document with other pictures in its gallery."""
    document = copy.deepcopy(document)
    node = next(node for node in document["body"] if node["type"] == "gallery")
    node["attrs"] |= {"pictures": [each["attrs"] for each in pictures], **attrs}
    return document


def changed(node, **attrs):
    return {**node, "attrs": {**node["attrs"], **attrs}}


class TestStored:
    @pytest.fixture
    def post(self, db):
        post = make_post(text="<p>Before.</p>")
        make_gallery(post, [make_photo(slug=f"snow-{n}") for n in range(3)], title="Snow")
        return post

    def test_a_gallery_is_one_node_with_its_pictures_in_order(self, post):
        node = read(post).document["body"][1]

        assert node["type"] == "gallery"
        assert node["attrs"]["title"] == "Snow"
        shown = [each["photo"] for each in node["attrs"]["pictures"]]
        assert shown == ["snow-0", "snow-1", "snow-2"]

    def test_what_is_written_is_read_again_and_no_more_is_touched(self, post):
        stored = read(post)
        pks = set(Caption.objects.values_list("pk", flat=True))
        document = copy.deepcopy(stored.document)
        pictures = document["body"][1]["attrs"]["pictures"]
        pictures.insert(0, pictures.pop())
        pictures[1]["caption"] = "Ours."

        assert write(post, stored, normalise(document, stored.document), by=make_user()) == {}

        assert read(post).document == document
        assert set(Caption.objects.values_list("pk", flat=True)) == pks
        places = [(row.region, row.ordering) for row in Caption.objects.all()]
        assert len(set(places)) == len(places)

    def test_a_picture_that_leaves_its_gallery_stands_in_the_story(self, post):
        stored = read(post)
        document = copy.deepcopy(stored.document)
        alone = document["body"][1]["attrs"]["pictures"].pop()
        document["body"].append({"type": "caption", "attrs": alone})

        write(post, stored, normalise(document, stored.document), by=make_user())

        assert read(post).document == document
        assert Caption.objects.get(photo__slug="snow-2").region == "body"

    def test_a_gallery_that_is_removed_takes_its_pictures_along(self, post):
        stored = read(post)

        write(post, stored, story(*stored.document["body"][:1]), by=make_user())

        assert not Gallery.objects.exists()
        assert not Caption.objects.exists()

    def test_pictures_without_their_gallery_are_pictures_of_the_story(self, post):
        Gallery.objects.all().delete()

        kinds = [node["type"] for node in read(post).document["body"]]

        assert kinds == ["paragraph", "caption", "caption", "caption"]
        shown = [block["kind"] for block in compose(post)["regions"]["body"]]
        assert shown == ["text", "caption", "caption", "caption"]

    def test_its_photos_cannot_be_deleted(self, post):
        with pytest.raises(ProtectedError):
            Caption.objects.filter(region=IN_GALLERY).first().photo.delete()

    def test_what_was_frozen_comes_back_with_the_ids_that_it_had(self, post):
        stored = read(post).document

        assert document_of_data(compose(post)["regions"], stored) == stored

    def test_a_picture_whose_photo_is_gone_is_told_and_the_others_are_saved(self, post):
        stored = read(post)
        document = copy.deepcopy(stored.document)
        document["body"][1]["attrs"]["pictures"].append(picture("new", photo="gone")["attrs"])

        errors = write(post, stored, normalise(document, stored.document), by=make_user())

        assert list(errors) == ["new"]
        assert read(post).document == stored.document


@pytest.mark.parametrize(
    "pictures",
    ["text", {"photo": "x"}, ["text"], [None], [{"photo": 3}], [{"photo": "x"}] * 1_001],
)
def test_what_is_no_list_of_pictures_is_refused(pictures):
    node = {"type": "gallery", "attrs": {"id": "g", "title": "", "pictures": pictures}}

    with pytest.raises(ValidationError):
        normalise(story(node))


def test_pictures_of_one_id_get_others_and_nothing_else_is_kept():
    twice = changed(FIRST, id="g", onclick="x()")

    node = normalise(with_pictures(BASE, twice, FIRST, FIRST))["body"][1]

    keys = [each["id"] for each in node["attrs"]["pictures"]]
    assert len({"g", *keys}) == 4
    assert "onclick" not in node["attrs"]["pictures"][0]


class TestMerged:
    def test_what_two_people_did_to_one_gallery_goes_together(self):
        theirs = with_pictures(BASE, FIRST, changed(SECOND, caption="Theirs."), title="Ice")
        mine = with_pictures(BASE, THIRD, SECOND, FIRST)

        merged, conflicts = merge(BASE, theirs, mine, who="Ann")

        assert conflicts == 0
        expected = with_pictures(
            BASE, THIRD, changed(SECOND, caption="Theirs."), FIRST, title="Ice"
        )
        assert merged == expected

    def test_both_wordings_of_a_caption_stand_mine_in_the_gallery_theirs_behind_it(self):
        theirs = with_pictures(BASE, changed(FIRST, caption="Snow fell in May."), SECOND)
        mine = with_pictures(BASE, changed(FIRST, caption="Snow fell in June."), SECOND)

        merged, conflicts = merge(BASE, theirs, mine, who="Ann")

        assert conflicts == 1
        assert merged["body"][:2] == mine["body"]
        said = merged["body"][2]["attrs"]
        assert (said["about"], said["field"], said["text"]) == (
            "p1", "caption", "Snow fell in May.",
        )  # fmt: skip
        assert merge(BASE, merged, mine, who="Ann") == (merged, 0)

    def test_a_picture_that_somebody_changed_outlives_its_gallery(self):
        theirs = with_pictures(BASE, changed(FIRST, caption="Changed."), SECOND)
        mine = story(paragraph("a", "One."))

        merged, _conflicts = merge(BASE, theirs, mine, who="Ann")

        assert merged["body"][1:] == [changed(FIRST, caption="Changed.")]

    def test_a_gallery_that_is_moved_keeps_what_a_colleague_put_in(self):
        theirs = with_pictures(BASE, FIRST, SECOND, THIRD)
        mine = story(*reversed(BASE["body"]))

        merged, _conflicts = merge(BASE, theirs, mine, who="Ann")

        assert merged["body"] == list(reversed(theirs["body"]))
