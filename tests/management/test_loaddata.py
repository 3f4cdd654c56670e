"""loaddata: rows, pictures and editions from a file, all or nothing."""

import datetime as dt
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from articles.library.pictures.renditions import FIRST_SERIES, SERIES
from articles.library.uploads.store import has_all_renditions
from articles.models import Address, Edition, Photo, Post, Section, TopicListing
from articles.publishing.dates import INSTANT
from articles.publishing.invalidation.site_stamp import highest_stamp
from articles.publishing.search.entry import SearchEntry
from articles.publishing.steps.publish import publish
from tests.library.pictures.files import age

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
STORY = ["demo", "aleppo"]


def row(model, **fields):
    return {"model": f"articles.{model}", "fields": fields}


def story(name="aleppo", **fields):
    """A published story of one paragraph, with its section."""
    given = {
        "source": "demo",
        "source_id": name,
        "headline": f"Story of {name}",
        "section": ["politics"],
        "status": "published",
        "published_at": NOON.isoformat(),
        "saved_at": NOON.isoformat(),
    }
    return [
        row("section", slug="politics", name="Politics", position=1),
        row("post", **given | fields),
        row("text", parent=["demo", name], region="body", ordering=10, html="<p>Words.</p>"),
    ]


def picture(**fields):
    given = {
        "slug": "street",
        "file": "photos/street.jpg",
        "credit": "PA Images",
        "alt": "A street",
    }
    return row("photo", **given | fields)


@pytest.fixture
def load(tmp_path):
    """Write rows (or a text) into a fixture with a picture beside it, and load it."""

    def write_and_load(*rows, name="story", **options):
        path = tmp_path / f"{name}.json"
        text = rows[0] if isinstance(rows[0], str) else json.dumps(list(rows))
        path.write_text(text, encoding="utf-8")
        (tmp_path / "photos").mkdir(exist_ok=True)
        if not (tmp_path / "photos" / "street.jpg").exists():
            Image.new("RGB", (300, 200), "teal").save(tmp_path / "photos" / "street.jpg")
        call_command("loaddata", str(path), verbosity=0, **options)

    write_and_load.folder = tmp_path
    return write_and_load


@pytest.fixture
def media(settings, tmp_path):
    """Pictures of this test alone, so that what is left behind can be counted."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ORIGINALS_ROOT = tmp_path / "originals"
    for root in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
        root.mkdir()
    return lambda: [
        path
        for root in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT)
        for path in root.rglob("*")
        if path.is_file()
    ]


def test_a_published_post_is_on_the_site_after_loading(load):
    load(
        *story(),
        row("topic", slug="syria", name="Syria"),
        row("posttopic", content_object=STORY, tag=["syria"]),
    )

    edition = Edition.objects.live().get()
    assert (edition.posted_on, edition.slug) == (NOON.date(), "story-of-aleppo")
    assert (edition.kind, edition.live_from) == (Edition.Kind.NEW, NOON)
    assert TopicListing.objects.live().get().edition == edition
    assert Address.objects.get().post == edition.post
    assert not edition.post.has_unpublished_changes


def test_a_loaded_story_is_what_publishing_makes(load):
    load(*story(), *story("other", status="ready")[1:])

    loaded = Edition.objects.get()
    other = Post.objects.get(source_id="other")
    published = publish(other, by=None, now=loaded.live_from)

    own = {"id", "post", "uuid", "family", "slug", "headline", "made_at", "document"}
    own |= {"packed", "refers_to"}  # only bulk work packs at once
    for field in Edition._meta.concrete_fields:
        if field.name not in own:
            assert getattr(loaded, field.attname) == getattr(published, field.attname), field.name
    own = {"uuid", "source_id", "slug", "headline"}
    for key in loaded.document.keys() - own:
        assert loaded.document[key] == published.document[key]


def test_a_change_makes_a_second_edition_from_the_moment_it_was_saved(load):
    later = NOON + dt.timedelta(hours=2)

    load(*story(change_kind="correction", change_note="The date.", saved_at=later.isoformat()))

    first, second = Edition.objects.order_by("number")
    assert (first.kind, first.live_until, first.notes) == ("new", later, [])
    assert (second.kind, second.live_from, second.updated_at) == ("correction", later, later)
    assert [note["note"] for note in second.notes] == ["The date."]
    assert second.post.change_kind == ""


def test_a_withdrawn_story_was_live_until_it_was_saved(load):
    later = NOON + dt.timedelta(hours=2)

    load(*story(status="withdrawn", saved_at=later.isoformat()))

    assert Edition.objects.live(later - dt.timedelta(seconds=1)).exists()
    assert not Edition.objects.live(later).exists()


def test_a_withdrawn_story_saved_before_it_was_published_was_live_for_an_instant(load):
    before = NOON - dt.timedelta(hours=2)

    load(*story(status="withdrawn", saved_at=before.isoformat()))

    edition = Edition.objects.get()
    assert edition.live_from == NOON
    assert edition.live_until == NOON + INSTANT
    assert edition.post.status == Post.Status.WITHDRAWN
    assert not Edition.objects.live().exists()


def test_a_story_with_a_moment_to_come_is_scheduled(load):
    load(*story(published_at="2031-01-01T08:00:00Z"))

    assert not Edition.objects.live().exists()
    assert Edition.objects.live(dt.datetime(2031, 1, 1, 8, tzinfo=dt.UTC)).exists()


@pytest.mark.parametrize("status", ["draft", "in_review", "ready"])
def test_what_is_not_published_stays_on_the_desk(load, status):
    load(*story(status=status))

    assert Post.objects.exists()
    assert not Edition.objects.exists()


def test_a_picture_beside_the_fixture_is_taken_into_storage(load, media):
    load(
        *story(),
        picture(),
        row("caption", parent=STORY, region="lead", ordering=10, photo=["street"]),
    )

    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (300, 200)
    assert photo.file.storage.exists(photo.file.name)
    assert Edition.objects.get().picture["token"] == photo.token
    assert default_storage.exists(f"renditions/{photo.token}")


def gallery(*regions):
    """The rows of a gallery and of pictures in these regions behind it."""
    at = {"parent": STORY}
    pictures = [
        row("caption", **at, region=region, ordering=21 + place, photo=["street"])
        for place, region in enumerate(regions)
    ]
    return [row("gallery", **at, region="body", ordering=20, title="Snow"), *pictures]


def test_a_gallery_holds_the_pictures_behind_it(load, media):
    load(*story(), picture(), *gallery("gallery", "gallery", "body"))

    blocks = Edition.objects.get().document["regions"]["body"]
    assert [block["kind"] for block in blocks] == ["text", "gallery", "caption"]
    assert [each["picture"]["slug"] for each in blocks[1]["pictures"]] == ["street", "street"]
    load(*story(), picture(), *gallery("gallery", "gallery", "body"))
    assert Edition.objects.count() == 1


def test_rows_may_stand_in_any_order(load):
    link = row(
        "relatedlink",
        parent=STORY,
        region="body",
        ordering=20,
        story=["demo", "other"],
        label="read",
    )

    load(link, *reversed(story()), *reversed(story("other")))

    assert Edition.objects.count() == 2
    assert Post.objects.get(source_id="aleppo").articles_relatedlink_set.get().story.headline


def test_loading_twice_changes_nothing(load, media):
    rows = [*story(), picture()]
    rows += [row("caption", parent=STORY, region="lead", ordering=10, photo=["street"])]
    load(*rows)
    before = list(Post.objects.values()), list(Photo.objects.values()), len(media())

    load(*rows)

    assert (list(Post.objects.values()), list(Photo.objects.values()), len(media())) == before
    assert Edition.objects.count() == 1


def test_loading_again_makes_the_widths_that_came_since(load, media):
    load(picture())
    photo = Photo.objects.get()
    age(photo)
    before = len(media())

    load(picture())

    photo.refresh_from_db()
    assert has_all_renditions(photo)
    assert len(media()) > before


def test_a_file_cannot_say_that_widths_are_there_that_were_not_made(load, media):
    load(picture())
    photo = Photo.objects.get()
    age(photo)

    load(picture(file=photo.file.name, series=SERIES))

    photo.refresh_from_db()
    assert photo.series == FIRST_SERIES


def test_words_changed_in_the_file_are_unpublished_changes(load):
    load(*story())

    load(*story(headline="Another headline"))

    post = Post.objects.get()
    assert (post.headline, post.has_unpublished_changes) == ("Another headline", True)
    assert Edition.objects.get().headline == "Story of aleppo"


def test_a_draft_that_the_file_now_publishes_goes_on_the_site(load):
    load(*story(status="draft"))
    identity = Post.objects.get().uuid

    load(*story())

    assert Edition.objects.get().uuid == identity


def test_what_dumpdata_writes_can_be_loaded_elsewhere(load, tmp_path):
    load(*story(), picture())
    models = ["section", "topic", "topicalias", "author", "photo", "post", "postauthor"]
    models += ["posttopic", "text", "caption", "relatedlink", "pullquote", "embed"]
    dump = tmp_path / "dump.json"
    call_command(
        "dumpdata",
        *(f"articles.{name}" for name in models),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
        output=str(dump),
        verbosity=0,
    )
    identity = Post.objects.get().uuid
    SearchEntry.objects.all().delete()
    Edition.objects.all()._raw_delete("default")
    Address.objects.all().delete()
    Post.objects.get().delete()

    call_command("loaddata", str(dump), verbosity=0)

    assert Edition.objects.live().get().uuid == identity


def test_a_site_with_pictures_that_are_still_being_made_shows_grey_in_their_places(
    load, media, client, capsys, monkeypatch
):
    # The command gives way to readers; the rest of the tests in this process should not.
    given_way = []
    monkeypatch.setattr("os.nice", given_way.append)
    lead = row("caption", parent=STORY, region="lead", ordering=10, photo=["street"])
    load(*story(), picture(), lead, renditions_later=True)
    assert len(media()) == 1
    edition = Edition.objects.get()
    pictures = re.findall(r"/media/[\w/.-]+", client.get(edition.get_absolute_url()).text)
    assert pictures

    for address in pictures:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        assert answer["Cache-Control"] == "no-store"
    assert client.get("/media/renditions/nobodys/whole-320.webp").status_code == 404

    for said in ("Pictures: 1 of 1\n", ""):
        call_command("make_renditions", background=True)
        assert capsys.readouterr().out.endswith(said)
    assert given_way == [10, 10]

    for address in pictures:
        answer = client.get(address)
        assert "immutable" in answer["Cache-Control"], address
    load(*story(), picture(), lead)
    assert has_all_renditions(Photo.objects.get())


def test_a_file_of_another_format_is_refused_also_when_its_renditions_come_later(load, media):
    (load.folder / "photos").mkdir()
    Image.new("RGB", (300, 200)).save(load.folder / "photos" / "street.jpg", format="BMP")

    with pytest.raises(CommandError, match="street"):
        load(*story(), picture(), renditions_later=True)

    assert (media(), Photo.objects.count()) == ([], 0)


BROKEN = {
    "an unknown topic": (
        [*story(), row("posttopic", content_object=STORY, tag=["nowhere"])],
        "posttopic of demo/aleppo: tag: there is no topic “nowhere”",
    ),
    "a missing picture": (
        [*story(), picture(file="photos/none.jpg")],
        "photo street: file: there is no picture “photos/none.jpg”",
    ),
    "a link to a missing story": (
        [
            *story(),
            row("relatedlink", parent=STORY, region="body", ordering=20, story=["demo", "gone"]),
        ],
        "relatedlink of demo/aleppo (body, 20): story: there is no story “demo/gone”",
    ),
    "a field that there is not": (story(headlin="Typo"), "post demo/aleppo: headlin: there is no"),
    "a wrong value": (
        story(status="publishd"),
        "post demo/aleppo: status: “publishd” is none of: planned, draft",
    ),
    "a wrong date": (
        story(published_at="yesterday"),
        "post demo/aleppo: published_at: “yester",
    ),
    "no headline": (story(headline=None), "post demo/aleppo: headline: it cannot be empty"),
    "an unknown model": ([row("poem", slug="x")], "poem x: model: there is no model"),
    "broken JSON": (["[{"], "story: this is not JSON"),
    "a story without words": (story()[:2], "post demo/aleppo: The story has no text."),
    "a change before publication": (
        story(change_kind="update", change_note="New."),
        "post demo/aleppo: saved_at: ",
    ),
    "an embargo that is broken": (
        story(embargo_until="2031-01-01T00:00:00Z"),
        "post demo/aleppo: embargo_until: ",
    ),
    "two stories at an address": (
        [*story(slug="same"), *story("other", slug="same")],
        "post demo/other: slug: Another story of 2016-12-13, demo/aleppo, has the address “same”",
    ),
}


@pytest.mark.parametrize(("rows", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_fixture_names_the_object_and_the_field_and_changes_nothing(
    load, media, rows, said
):
    before = media()
    rows = rows if isinstance(rows[0], str) else [picture(slug="first"), *rows]

    with pytest.raises(CommandError) as refused:
        load(*rows)

    assert said in str(refused.value)
    assert not Post.objects.exists()
    assert not Section.objects.exists()
    assert not Photo.objects.exists()
    assert media() == before


def test_a_file_that_is_no_picture_is_named(load, media):
    (load.folder / "photos").mkdir()
    (load.folder / "photos" / "street.jpg").write_bytes(b"no picture at all")

    with pytest.raises(CommandError, match="photo street: file: "):
        load(*story(), picture())

    assert not Photo.objects.exists()


def test_an_address_of_an_earlier_story_is_refused(load):
    load(*story(slug="same"))

    with pytest.raises(CommandError, match="demo/other: slug: "):
        load(*story("other", slug="same"), name="second")

    assert Post.objects.count() == 1


def test_many_stories_cost_as_many_queries_as_one(load, django_assert_max_num_queries):
    from articles.publishing.bulk.bulk_publish import bulk_publish

    for names in (["one"], [f"story-{number}" for number in range(30)]):
        load(*(each for name in names for each in story(name, status="ready")))
        Post.objects.filter(status="ready").update(status="published")
        with django_assert_max_num_queries(20):
            assert bulk_publish() == len(names)


def test_names_that_are_loaded_again_are_a_change_of_the_site(load):
    load(*story())
    before, _highest = highest_stamp()

    load(row("section", slug="politics", name="Parliament", position=1))

    assert highest_stamp()[0] > before
