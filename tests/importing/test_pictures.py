"""Pictures: found whatever the spelling, never outside, stored once, and guarded like uploads."""

import io
import os
import shutil
import unicodedata
import zipfile

import pytest
from PIL import Image

from articles.desk.blocks import Caption
from articles.importing.pictures import files
from articles.importing.readers import zips
from articles.library.fetching.target import FetchRefused
from articles.models import Edition, ImportedPicture, Photo, Post
from tests.builders import make_photo

from . import wxr
from .conftest import edition_of, post_of
from .wxr import item, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

UPLOADS = f"{wxr.SITE}/wp-content/uploads"


def jpeg(colour="teal", size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def uploads(tmp_path):
    """`uploads(path, bytes)` puts a file into the folder of uploads."""
    folder = tmp_path / "uploads"
    folder.mkdir()

    def put(path, data=None):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg() if data is None else data)
        return file

    put.folder = folder
    return put


def image(path, **attributes):
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<p>Words.</p><img src="{UPLOADS}/{path}" {written}>'


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("2016/12/a.jpg", "2016/12/a.jpg"),
        ("2016/12/a.jpg", "2016/12/a.JPG"),
        ("2016/12/a.JPEG", "2016/12/a.jpeg"),
        ("2016/12/a-300x200.jpg", "2016/12/a.jpg"),
        ("2016/12/a-300x200.jpg", "2016/12/a-scaled.jpg"),
        ("2016/12/a-300x200.jpg", "2016/12/a-300x200.jpg"),
        ("2016/12/a-scaled.jpg", "2016/12/a.jpg"),
        ("2016/12/caf%C3%A9%20x.jpg", "2016/12/café x.jpg"),
        ("2016/12/caf%C3%A9.jpg", unicodedata.normalize("NFD", "2016/12/café.jpg")),
        ("2016/12/a.jpg?w=300", "wp-content/uploads/2016/12/a.jpg"),
        ("sites/2/2016/12/a.jpg", "uploads/sites/2/2016/12/a.jpg"),
    ],
)
def test_a_picture_is_found_whatever_the_spelling(imports, uploads, asked, there):
    uploads(there)

    imports.items(item(1, html=image(asked)), pictures=uploads.folder)

    assert Caption.objects.get().photo.imported.source == "old-site"
    assert "picture_missing" not in imports.problems()


def test_the_original_is_taken_where_both_are_there(imports, uploads):
    uploads("a-300x200.jpg", jpeg(size=(30, 20)))
    uploads("a.jpg", jpeg(size=(90, 60)))

    imports.items(item(1, html=image("a-300x200.jpg")), pictures=uploads.folder)

    assert Photo.objects.get().width == 90


def test_an_attachment_whose_name_looks_like_a_size_is_an_original(imports, uploads):
    uploads("shot-640x480.jpg", jpeg(size=(64, 48)))
    uploads("shot.jpg", jpeg(size=(90, 60)))

    imports.items(
        picture(9, "shot-640x480.jpg"),
        item(1, html=image("shot-640x480.jpg")),
        pictures=uploads.folder,
    )

    assert Photo.objects.get().width == 64


@pytest.mark.parametrize("asked", ["../secret.jpg", "2016/../../secret.jpg", "%2e%2e/secret.jpg"])
def test_nothing_outside_the_folder_is_read(imports, uploads, tmp_path, asked):
    (tmp_path / "secret.jpg").write_bytes(jpeg())

    imports.items(item(1, html=image(asked)), pictures=uploads.folder)

    assert not Photo.objects.exists()
    assert "picture_missing" in imports.problems(1)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_symbolic_links_are_not_followed(imports, uploads, tmp_path, what):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.jpg").write_bytes(jpeg())
    if what == "file":
        os.symlink(outside / "a.jpg", uploads.folder / "a.jpg")
    else:
        os.symlink(outside, uploads.folder / "2016")

    imports.items(
        item(1, html=image("a.jpg" if what == "file" else "2016/a.jpg")), pictures=uploads.folder
    )

    assert not Photo.objects.exists()


def zipped(tmp_path, entries, **options):
    path = tmp_path / "uploads.zip"
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def damaged(path, at=80):
    """A zip with some bytes of its first entry turned round."""
    data = bytearray(path.read_bytes())
    data[at : at + 40] = bytes(each ^ 0x5A for each in data[at : at + 40])
    path.write_bytes(data)
    return path


def test_a_zip_is_read_without_being_unpacked(imports, tmp_path):
    path = zipped(tmp_path, {"wp-content/uploads/2016/a.jpg": jpeg()})

    imports.items(item(1, html=image("2016/a-1x1.jpg")), pictures=path)

    assert Photo.objects.count() == 1


@pytest.mark.parametrize("name", ["../a.jpg", "/a.jpg", "x/../../a.jpg", "..\\a.jpg"])
def test_names_in_a_zip_that_lead_out_of_it_are_no_names(imports, tmp_path, name):
    imports.items(item(1, html=image("a.jpg")), pictures=zipped(tmp_path, {name: jpeg()}))

    assert not Photo.objects.exists()


def test_a_bomb_in_a_zip_is_not_unpacked(imports, tmp_path):
    path = zipped(tmp_path, {"a.jpg": b"\0" * 10_000_000}, compression=zipfile.ZIP_DEFLATED)

    imports.items(item(1, html=image("a.jpg")), pictures=path)

    assert "packed more tightly" in imports.problems(1)["picture_missing"][0]


@pytest.mark.parametrize(("limit", "value"), [("MOST_ENTRIES", 1), ("MOST_DECLARED", 100)])
def test_a_zip_larger_than_any_archive_is_refused(imports, tmp_path, monkeypatch, limit, value):
    from django.core.management import CommandError

    monkeypatch.setattr(zips, limit, value)
    path = zipped(tmp_path, {"a.jpg": jpeg(), "b.jpg": jpeg()})

    with pytest.raises(CommandError, match="more than"):
        imports.items(item(1), pictures=path)
    assert not Post.objects.exists()


def test_a_large_entry_of_a_zip_is_not_opened(imports, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)

    imports.items(item(1, html=image("a.jpg")), pictures=zipped(tmp_path, {"a.jpg": jpeg()}))

    assert "larger than" in imports.problems(1)["picture_missing"][0]


def test_an_upload_that_is_no_file_is_not_waited_for(imports, uploads):
    os.mkfifo(uploads.folder / "a.jpg")

    imports.items(item(1, html=image("a.jpg")), pictures=uploads.folder)

    assert "no file" in imports.problems(1)["picture_missing"][0]


def test_names_that_a_server_of_old_wrote_in_latin_1_are_found(imports, uploads):
    with open(os.fsencode(uploads.folder) + b"/caf\xe9.jpg", "wb") as file:
        file.write(jpeg())

    imports.items(item(1, html=image("caf%C3%A9.jpg")), pictures=uploads.folder)

    assert Photo.objects.count() == 1


def test_names_in_a_zip_of_a_mac_are_found(imports, tmp_path):
    entry = zipfile.ZipInfo(unicodedata.normalize("NFD", "uploads/café.jpg"))
    path = zipped(tmp_path, {entry: jpeg()})
    # A Mac does not say that its names are UTF-8.
    path.write_bytes(path.read_bytes().replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00"))

    imports.items(item(1, html=image("caf%C3%A9.jpg")), pictures=path)

    with zipfile.ZipFile(path) as archive:
        assert not archive.infolist()[0].flag_bits & 0x800
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_an_entry_of_a_zip_that_is_damaged_is_a_picture_that_does_not_come(
    imports, tmp_path, method
):
    entries = {"a.jpg": jpeg(size=(600, 400)), "b.jpg": jpeg("red")}
    path = damaged(zipped(tmp_path, entries, compression=method))

    imports.items(item(1, html=image("a.jpg") + image("b.jpg")), pictures=path)

    assert imports.code == 0
    assert Photo.objects.count() == 1
    assert post_of(1).status == "published"
    assert len(imports.problems(1)["picture_missing"]) == 1


def test_what_is_no_picture_is_refused_as_an_upload_is_and_the_story_comes_without(
    imports, uploads
):
    uploads("a.jpg", b"<svg></svg>")
    html = f'<p>Words.</p><figure><img src="{UPLOADS}/a.jpg"><figcaption>Cap</figcaption></figure>'

    imports.items(item(1, html=html), pictures=uploads.folder)

    assert "SVG" in imports.problems(1)["picture_missing"][0]
    assert imports.problems(1)["caption_left_out"] == [f"{UPLOADS}/a.jpg: Cap"]
    assert post_of(1).status == "published"


def test_the_report_has_the_address_and_words_of_a_picture_that_is_used_by_its_number(imports):
    there = picture(51, "a.jpg", caption="The bridge", credit="PA")

    imports.items(there, item(1, html='Words\n\n[gallery ids="51"]'))

    where = f"{UPLOADS}/a.jpg"
    assert imports.problems(1)["picture_missing"][0].startswith(f"{where}: ")
    assert imports.problems(1)["caption_left_out"] == [f"{where}: The bridge / PA"]


def test_a_picture_is_one_photo_however_many_stories_use_it(imports, uploads):
    uploads("a.jpg")
    uploads("copy.jpg")

    imports.items(
        picture(50, "a.jpg", alt="A bridge", caption="The bridge", credit="Jo", agency="PA"),
        *(
            item(
                key,
                html=f'<p>x</p><figure><img src="{UPLOADS}/a.jpg" alt="A bridge">'
                f"<figcaption>Caption {key}</figcaption></figure>",
            )
            for key in range(1, 5)
        ),
        item(9, html=image("copy.jpg")),
        pictures=uploads.folder,
    )

    photo = Photo.objects.get()
    assert (photo.alt, photo.caption, photo.credit) == ("A bridge", "The bridge", "Jo / PA")
    captions = list(Caption.objects.order_by("pk").values_list("caption", "alt", "credit"))
    assert captions == [(f"Caption {key}", "", "") for key in range(1, 5)] + [("", "", "")]


def test_a_picture_that_the_library_has_already_is_used(imports, uploads):
    import hashlib

    data = uploads("a.jpg").read_bytes()
    ours = make_photo(content_hash=hashlib.sha256(data).hexdigest())

    imports.items(item(1, html=image("a.jpg")), pictures=uploads.folder)

    assert Caption.objects.get().photo == ours
    assert not ImportedPicture.objects.exists()


def test_the_thumbnail_leads_and_is_not_repeated_at_the_beginning_of_the_text(imports, uploads):
    uploads("a.jpg")
    html = (
        f'<figure><img src="{UPLOADS}/a-300x200.jpg"><figcaption>Here</figcaption></figure><p>x</p>'
    )

    imports.items(
        picture(50, "a.jpg", alt="Alt", credit="PA"),
        item(1, html=html, meta=[("_thumbnail_id", "50")]),
        item(2, html="<p>y</p>" + html, meta=[("_thumbnail_id", "50")]),
        pictures=uploads.folder,
    )

    lead = Caption.objects.get(parent=post_of(1))
    assert (lead.region, lead.caption) == ("lead", "Here")
    assert edition_of(1).picture["alt"] == "Alt"
    assert [c.region for c in Caption.objects.filter(parent=post_of(2))] == ["lead", "body"]


def test_galleries_become_their_pictures_in_order(imports, uploads):
    for place, colour in enumerate(("red", "green", "blue"), 1):
        uploads(f"{place}.jpg", jpeg(colour))
    attachments = [picture(50 + n, f"{n}.jpg", parent=2) for n in (3, 1, 2)]

    imports.items(
        *attachments,
        item(1, html='Words\n\n[gallery ids="52,51"]'),
        item(2, html="Words\n\n[gallery]"),
        pictures=uploads.folder,
    )

    def names(key):
        return [
            c.photo.imported.address.rpartition("/")[2]
            for c in Caption.objects.filter(parent=post_of(key)).order_by("ordering")
        ]

    assert names(1) == ["2.jpg", "1.jpg"]
    assert names(2) == ["1.jpg", "2.jpg", "3.jpg"]
    shown = [block["kind"] for block in edition_of(1).document["regions"]["body"]]
    assert shown == ["text", "gallery"]


def test_a_story_that_was_public_is_not_kept_from_readers_for_its_pictures(imports, uploads):
    uploads("a.jpg")

    imports.items(
        item(1, html=image("a.jpg")),
        item(2, html=image("a.jpg"), status="future", date="2999-01-01 00:00:00"),
        pictures=uploads.folder,
    )

    assert Edition.objects.live().get().post == post_of(1)
    assert post_of(2).status == "draft"
    assert "no credit" in imports.problems(2)["scheduled_without_credit"][0]


def test_the_credit_given_is_for_pictures_that_bring_none(imports, uploads):
    uploads("a.jpg")
    uploads("b.jpg", jpeg("red"))

    imports.items(
        picture(50, "a.jpg", credit="Jo"),
        item(1, html=image("a.jpg") + image("b.jpg")),
        pictures=uploads.folder,
        credit="Old Site",
    )

    assert sorted(Photo.objects.values_list("credit", flat=True)) == ["Jo", "Old Site"]


def test_a_dry_run_opens_pictures_and_stores_none(imports, uploads, settings, tmp_path):
    settings.MEDIA_ROOT, settings.ORIGINALS_ROOT = tmp_path / "media", tmp_path / "originals"
    uploads("a.jpg")
    uploads("b.jpg", b"no picture")
    items = [item(1, html=image("a.jpg") + image("b.jpg"))]

    imports.items(*items, pictures=uploads.folder, dry_run=True)

    dry = imports.report
    assert not Photo.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".avif", ".webp"}]
    imports.items(*items, pictures=uploads.folder)
    assert imports.report == dry
    assert [path for path in tmp_path.rglob("*") if path.suffix == ".avif"]


def test_pictures_are_fetched_only_from_hosts_that_were_named(imports, monkeypatch):
    asked = []

    def fetch(url, *, limit, hosts):
        asked.append((url, hosts))
        if "b.jpg" in url:
            raise FetchRefused("It is larger than 50 MB.")
        return type("Fetched", (), {"body": jpeg()})

    monkeypatch.setattr("articles.importing.pictures.find.fetch", fetch)
    items = [
        item(1, html=image("a-10x10.jpg") + image("b.jpg") + '<img src="https://c.example/c.jpg">'),
        picture(50, "a.jpg"),
    ]

    imports.items(*items)
    assert asked == []
    imports.items(*items, fetch_pictures=["old.example"])

    assert asked == [(f"{UPLOADS}/{name}.jpg", {"old.example"}) for name in "ab"]
    assert Photo.objects.count() == 1
    assert imports.problems(1)["picture_missing"] == [
        f"{UPLOADS}/b.jpg: It is larger than 50 MB.",
        "https://c.example/c.jpg: It is not among the pictures that were given.",
    ]


def test_a_second_run_with_pictures_brings_those_that_the_first_lacked(imports, uploads):
    uploads("a.jpg")
    imports.items(item(1, html=image("a.jpg")))

    imports.items(item(1, html=image("a.jpg")), pictures=uploads.folder)

    assert imports.outcomes() == {"1": "updated"}
    assert Caption.objects.count() == 1


def bridge(alt="Alt", caption="Caption", credit="PA"):
    """A picture, and stories that use it by its number, its address and as their lead."""
    figure = f'<p>x</p><img class="wp-image-50" src="{UPLOADS}/a.jpg">'
    return [
        picture(50, "a.jpg", alt=alt, caption=caption, credit=credit),
        item(1, html=figure),
        item(2, html=image("a-300x200.jpg")),
        item(3, meta=[("_thumbnail_id", "50")]),
        item(4),
    ]


def test_a_better_folder_brings_the_pictures_that_the_first_lacked(imports, uploads, client):
    uploads("b.jpg", jpeg("red"))
    uploads("refused.jpg", b"no picture")
    stories = [
        item(1, name="one", html=image("a.jpg") + image("b.jpg")),
        item(2, html=image("never.jpg")),
        item(3, html=image("refused.jpg")),
    ]
    unchanged = dict.fromkeys("123", "unchanged")

    imports.items(*stories, pictures=uploads.folder)
    assert [len(imports.problems(key)["picture_missing"]) for key in (1, 2, 3)] == [1, 1, 1]
    imports.items(*stories, pictures=uploads.folder)
    assert imports.outcomes() == unchanged

    uploads("a.jpg")
    uploads("refused.jpg", jpeg("blue"))
    imports.items(*stories, pictures=uploads.folder)

    assert imports.outcomes() == unchanged | {"1": "updated", "3": "updated"}
    assert [Caption.objects.filter(parent=post_of(key)).count() for key in (1, 2, 3)] == [2, 0, 1]
    page = client.get("/2016/12/13/one/").content.decode()
    assert page.count("<figure") == 2
    assert "Updated" not in page
    imports.items(*stories, pictures=uploads.folder)
    assert imports.outcomes() == unchanged


def test_a_story_that_was_worked_on_here_gets_no_pictures_later(imports, uploads):
    imports.items(item(1, html=image("a.jpg")), pictures=uploads.folder)
    Post.objects.update(version=7)
    uploads("a.jpg")

    imports.items(item(1, html=image("a.jpg")), pictures=uploads.folder)

    assert imports.outcomes() == {"1": "unchanged"}
    assert not Photo.objects.exists()


def test_words_of_a_picture_that_changed_there_change_the_stories_that_use_it(
    imports, uploads, client
):
    uploads("a.jpg")
    imports.items(*bridge(), pictures=uploads.folder)

    imports.items(*bridge(alt="New alt", credit="Jo"), pictures=uploads.folder)

    photo = Photo.objects.get()
    assert (photo.alt, photo.caption, photo.credit) == ("New alt", "Caption", "Jo")
    outcomes = {key: how for key, how in imports.outcomes().items() if key != "50"}
    assert outcomes == {"1": "updated", "2": "updated", "3": "updated", "4": "unchanged"}
    page = client.get("/2016/12/13/story-1/").content.decode()
    assert 'alt="New alt"' in page
    assert "Updated" not in page


def test_words_of_a_picture_that_were_changed_here_as_well_stay(imports, uploads):
    uploads("a.jpg")
    imports.items(*bridge(), pictures=uploads.folder)
    Photo.objects.update(alt="Ours")

    imports.items(*bridge(alt="Theirs", credit="Jo"), pictures=uploads.folder)

    photo = Photo.objects.get()
    assert (photo.alt, photo.credit) == ("Ours", "Jo")


def test_a_copy_of_a_picture_with_words_of_its_own_does_not_change_the_first(imports, uploads):
    uploads("a.jpg")
    uploads("copy.jpg")
    items = [*bridge(), picture(51, "copy.jpg", alt="Other"), item(9, html=image("copy.jpg"))]

    for _ in range(2):
        imports.items(*items, pictures=uploads.folder)
        assert Photo.objects.get().alt == "Alt"
    assert "updated" not in imports.outcomes().values()


def test_a_later_run_without_the_pictures_keeps_them(imports, uploads, client):
    uploads("a.jpg")
    imports.items(*bridge(), pictures=uploads.folder)
    assert Caption.objects.count() == 3

    imports.items(*bridge())
    assert "updated" not in imports.outcomes().values()

    imports.items(*bridge(alt="New alt"))
    assert imports.outcomes()["1"] == "updated"
    assert Caption.objects.count() == 3
    assert Photo.objects.get().alt == "New alt"
    assert "picture_missing" not in imports.problems()


def test_a_folder_that_is_not_there_is_said(imports, tmp_path):
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="no folder and no zip"):
        imports.items(item(1), pictures=tmp_path / "nowhere")


def test_pictures_stored_before_a_kill_are_found_again(imports, uploads, monkeypatch):
    uploads("a.jpg")
    items = [item(1, html=image("a.jpg"))]
    with monkeypatch.context() as patch:
        patch.setattr("articles.importing.storing.batch.store", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imports.items(*items, pictures=uploads.folder)
    assert Photo.objects.count() == 1

    imports.items(*items, pictures=uploads.folder)

    assert Photo.objects.count() == 1
    assert Caption.objects.get().photo == Photo.objects.get()
    shutil.rmtree(uploads.folder)
