"""Zips that are broken, or made to do harm: refused with a sentence, and soon."""

import struct
import time
import zipfile

import pytest

from articles.importing.readers import zips
from articles.models import Post
from tests.importing import ghost, wxr
from tests.importing.readers.test_feed import FEEDS
from tests.importing.test_pictures import METHODS, damaged, zipped
from tests.importing.wxr import item

pytestmark = pytest.mark.django_db

EXPORT = ghost.export(*(ghost.post(f"p{number}") for number in range(50)))


def said(imports):
    (sentence,) = imports.problems()["file_ended"]
    return sentence


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("at", [80, 300])
def test_an_export_that_is_damaged_in_its_zip_is_refused(imports, tmp_path, method, at):
    imports.file(damaged(zipped(tmp_path, {"a.json": EXPORT}, compression=method), at))

    assert imports.code in {1, 2}
    assert "cannot be read" in said(imports) or "no JSON" in said(imports)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99, 0.999])
def test_a_zip_that_was_cut_off_is_refused(imports, tmp_path, cut):
    path = zipped(tmp_path, {"a.json": EXPORT, "b.jpg": b"x" * 100})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])

    imports.file(path)

    assert imports.code == 2
    assert "no zip that can be read" in said(imports)


@pytest.mark.parametrize("place", range(0, 68, 4))
def test_a_broken_list_of_entries_is_no_error_of_ours(imports, tmp_path, place):
    path = zipped(tmp_path, {"a.json": EXPORT})
    data = bytearray(path.read_bytes())
    data[len(data) - 68 + place] ^= 0xFF
    path.write_bytes(data)

    imports.file(path)

    assert imports.code in {0, 2}


def end(count, size, offset):
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def a_list_of(count, path):
    """A zip with a list of so many entries, and nothing in it."""
    name = b"a.json"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 9, len(name), *[0] * 6) + name
    start = struct.pack("<4s5H3L2H", b"PK\x03\x04", *[0] * 8, len(name), 0) + name
    path.write_bytes(start + entry * count + end(count % 65_536, len(entry) * count, len(start)))
    return path


@pytest.mark.parametrize("count", [200_001, 2_000_000])
def test_a_zip_with_too_many_entries_is_refused_within_five_seconds(imports, tmp_path, count):
    path, began = a_list_of(count, tmp_path / "many.zip"), time.process_time()

    imports.file(path)

    assert time.process_time() - began < 5
    assert "more than 200000 entries" in said(imports)


def test_a_zip_with_as_many_entries_as_may_be_is_no_zip_too_large(tmp_path):
    with zips.Zip(a_list_of(200_000, tmp_path / "many.zip")) as archive:
        assert len(archive.infolist()) == 200_000


def test_a_list_of_entries_that_says_to_be_huge_is_not_read(imports, tmp_path):
    path = tmp_path / "huge.zip"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(3 * 1024**3)
        file.seek(0, 2)
        file.write(end(1, 3 * 1024**3 - 4, 4))

    imports.file(path)

    assert "more than 200000 entries" in said(imports)


def test_an_export_packed_more_tightly_than_words_is_refused(imports, tmp_path):
    text = EXPORT + " " * 20_000_000

    imports.file(zipped(tmp_path, {"a.json": text}, compression=zipfile.ZIP_DEFLATED))

    assert "packed more tightly" in said(imports)
    assert not Post.objects.exists()


def test_an_entry_that_says_to_be_larger_than_its_zip_is_refused(imports, tmp_path):
    path = zipped(tmp_path, {"a.json": EXPORT}, compression=zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<2L", data, place + 20, 50_000_000, 1_000_000_000)
    path.write_bytes(data)

    imports.file(path)

    assert "packed more tightly" in said(imports)


def test_an_export_behind_a_password_is_refused(imports, tmp_path):
    path = zipped(tmp_path, {"a.json": EXPORT})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)

    imports.file(path)

    assert imports.code == 2
    assert "cannot be read" in said(imports)


def test_an_export_of_wordpress_may_be_in_a_zip(imports, tmp_path):
    entries = {"__MACOSX/._a.xml": b"x", "site/a.xml": wxr.export(item(1))}

    imports.file(zipped(tmp_path, entries, compression=zipfile.ZIP_DEFLATED))

    assert (imports.code, imports.report["files"][0]["format"]) == (0, "WordPress")


@pytest.mark.parametrize("name", ["rss 2.0", "json"])
def test_a_feed_may_be_in_a_zip(imports, tmp_path, name):
    suffix = "json" if name == "json" else "xml"

    imports.file(zipped(tmp_path, {f"feed.{suffix}": FEEDS[name]}))

    assert (imports.code, imports.report["files"][0]["format"]) == (0, "Feed")


def test_a_zip_with_several_parts_of_an_export_is_to_be_unpacked(imports, tmp_path):
    imports.file(zipped(tmp_path, {"a.xml": wxr.export(item(1)), "b.xml": wxr.export(item(2))}))

    assert imports.code == 2
    assert "unpack it" in said(imports)
