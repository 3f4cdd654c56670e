"""Files that are hostile, broken, or written in another encoding."""

import io
from pathlib import Path

import pytest

from articles.importing.readers import xml_items, xml_text
from articles.models import Post
from tests.importing import wxr
from tests.importing.conftest import post_of
from tests.importing.wxr import item

pytestmark = pytest.mark.django_db


def test_text_in_every_encoding_that_files_have_is_read(imports):
    text = wxr.export(item(1, title="Crème brûlée"), encoding="{}")

    for encoding, data in (
        ("UTF-8", text.encode()),
        ("UTF-8", b"\xef\xbb\xbf" + text.encode()),
        ("UTF-16", text.encode("utf-16")),
        ("ISO-8859-1", text.encode("latin-1")),
        ("windows-1252", text.encode("cp1252")),
    ):
        source = f"as-{len(data)}-{encoding}"
        mark = "{}".encode("utf-16-le" if encoding == "UTF-16" else "ascii")
        as_said = encoding.encode("utf-16-le" if encoding == "UTF-16" else "ascii")
        imports(data.replace(mark, as_said), source=source)
        assert Post.objects.get(source=source).headline == "Crème brûlée", encoding


@pytest.mark.parametrize(
    "name", ["utf-7", "unicode_escape", "base64", "idna", "punycode", "nonsense"]
)
def test_an_encoding_that_is_none_is_refused(imports, name):
    imports(wxr.export(item(1), encoding=name))

    assert imports.code == 2
    assert "unknown" in imports.problems()["file_ended"][0]


def test_bytes_that_are_no_text_end_the_file_after_what_came_before(imports, monkeypatch):
    monkeypatch.setattr(xml_text, "CHUNK", 100)
    good, bad = wxr.export(item(1), item(2, title="#")).encode().split(b"#")

    imports(good + b"\xff\xfe" + bad)

    assert "In line" in imports.problems()["file_ended"][0]
    assert (imports.code, post_of(1).status) == (1, "published")


def test_control_characters_become_spaces_and_are_counted(imports):
    text = wxr.export(item(1, title="A\x00b\x0bc", extra="<x>&#0;&#x1f;</x>"))

    imports(text)

    assert post_of(1).headline == "A b c"
    assert imports.report["counts"]["mended_control_characters"] == 4


@pytest.mark.parametrize("size", [7, 100, 1 << 20])
def test_a_bare_ampersand_is_mended_and_counted(imports, monkeypatch, size):
    monkeypatch.setattr(xml_text, "CHUNK", size)
    text = wxr.export(item(1)).replace(
        "<title><![CDATA[A story]]></title>", "<title>A & B &amp; C &nbsp; D &#38; E&</title>"
    )

    imports(text)

    assert post_of(1).headline == "A & B & C D & E&"
    assert imports.report["counts"]["mended_bare_ampersands"] == 3


@pytest.mark.parametrize("size", [7, 100, 1 << 20])
def test_an_end_of_a_section_left_over_in_text_is_mended_and_counted(imports, monkeypatch, size):
    monkeypatch.setattr(xml_text, "CHUNK", size)
    html = "<p>One ]]> two <b>three</b> ]]>four</p>"
    text = wxr.export(item(1), item(2)).replace("<p>Words of the story.</p>", html, 1)
    text = text.replace("<![CDATA[A story]]>", "A ]]> story", 1)

    imports(text)

    from articles.desk.blocks import Text

    assert post_of(1).headline == "A ]]> story"
    assert "three</strong> ]]&gt;four" in Text.objects.get(parent=post_of(1)).html
    assert imports.report["counts"]["mended_left_over_ends"] == 3
    assert post_of(2).status == "published"


@pytest.mark.parametrize("size", [7, 1 << 20])
def test_nothing_is_mended_in_a_comment(imports, monkeypatch, size):
    monkeypatch.setattr(xml_text, "CHUNK", size)

    imports(wxr.export("<!-- Tools & Import ]]> <![CDATA[ -->", item(1), item(2)))

    assert Post.objects.count() == 2
    assert not [name for name in imports.report["counts"] if name.startswith("mended")]


def test_sections_that_export_files_split_are_whole(imports):
    imports.items(item(1, html="<p>a ]]> b</p>"), item(2, title="]]>"))

    assert "mended_left_over_ends" not in imports.report["counts"]
    assert post_of(2).headline == "]]>"


DOCTYPE = '<!DOCTYPE rss [<!ENTITY a "aaaa">]>'
BOMB = '<!DOCTYPE r [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "declared", [DOCTYPE, BOMB, OUTSIDE, '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd">']
)
def test_no_document_type_is_read(imports, declared):
    imports(wxr.export(item(1)).replace("<rss ", declared + "<rss ", 1))

    assert imports.code == 2
    assert "Line 2, column" in imports.problems()["file_ended"][0]
    assert "document type" in imports.problems()["file_ended"][0]
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("<x>" * 200 + "</x>" * 200, "nested"),
        ("<x>" + "y" * 20_000 + "</x>", "longer"),
        ("<x><![CDATA[" + "y" * 20_000 + "]]></x>", "longer"),
        ("<x></y>", "mismatched"),
        ("<x", "not well-formed"),
    ],
)
def test_what_no_export_has_ends_the_file_with_its_place(imports, monkeypatch, extra, what):
    monkeypatch.setattr(xml_items, "LONGEST_TEXT", 10_000)

    imports.items(item(1), item(2, extra=extra), item(3))

    (said,) = imports.problems()["file_ended"]
    assert what in said
    assert said.startswith("Line ")
    assert (imports.code, [post.source_id for post in Post.objects.all()]) == (1, ["1"])


def test_a_tag_that_never_ends_is_given_up(imports, monkeypatch):
    monkeypatch.setattr(xml_text, "CHUNK", 1000)
    monkeypatch.setattr(xml_items, "LONGEST_SILENCE", 10_000)

    imports(wxr.export(item(1)).replace("<item>", '<item a="' + "x" * 50_000, 1))

    assert imports.code == 2
    assert "a tag is longer" in imports.problems()["file_ended"][0]


def test_a_file_cut_off_keeps_what_was_whole(imports):
    text = wxr.export(item(1), item(2))

    imports(text[: text.rindex("<wp:status>")])

    assert (imports.code, Post.objects.count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "words", "<html></html>", "{}", "\x00" * 100])
def test_what_is_no_export_is_refused_at_once(imports, text):
    imports(text)

    assert imports.code == 2
    assert "none of the exports" in imports.problems()["file_ended"][0]


def test_what_only_looks_like_a_zip_is_refused(imports):
    imports("PK\x03\x04")

    assert imports.code == 2
    assert "no zip that can be read" in imports.problems()["file_ended"][0]


def test_an_export_without_items_is_nothing(imports):
    imports.items()

    assert imports.code == 2


def test_a_format_is_told_by_what_is_in_the_file_and_said_at_once(imports, capsys):
    imports.items(item(1), verbosity=1)

    assert "export-0.xml: an export of WordPress." in capsys.readouterr().out


def test_a_file_larger_than_8_gb_is_refused_at_once(imports):
    path = imports.folder / "huge.xml"
    path.write_text(wxr.export(item(1)))
    with path.open("ab") as file:
        file.truncate(8 * 1024**3 + 1)

    imports.file(path)

    assert imports.code == 2
    assert "larger than 8 GB" in imports.problems()["file_ended"][0]


HUGE = 64 * 1024 * 1024
HEAD = wxr.export().partition("<channel>")[0]
REFUSED = {
    "no export": "<html>",
    "a document type": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>{HEAD[38:]}',
    "what is no XML": f"{HEAD}<channel></rss>",
    "too deep": HEAD + "<a>" * 300,
    "a text without an end": f"{HEAD}<channel><item><title>",
    "a JSON of something else": '{"things": [1]}',
}


class Reads:
    """Counts the bytes that are read of files in a folder."""

    def __init__(self, monkeypatch, folder):
        self.count, opened = 0, Path.open
        reads = self

        class Counted(io.FileIO):
            def readinto(self, buffer):
                count = super().readinto(buffer)
                reads.count += count
                return count

        def open_counted(path, mode="r", *args, **kwargs):
            if mode == "rb" and path.parent == folder:
                return io.BufferedReader(Counted(path))
            return opened(path, mode, *args, **kwargs)

        monkeypatch.setattr(Path, "open", open_counted)


@pytest.mark.parametrize("name", REFUSED)
def test_a_huge_file_is_refused_before_a_fifth_of_it_is_read(imports, monkeypatch, name):
    path = imports.folder / "huge.xml"
    path.write_text(REFUSED[name])
    with path.open("ab") as file:
        file.truncate(HUGE)
    reads = Reads(monkeypatch, imports.folder)

    imports.file(path)

    assert imports.code == 2
    assert imports.report["files"][0]["fault"]
    assert 0 < reads.count < HUGE / 5


def test_what_is_read_of_a_file_is_counted_here(imports, monkeypatch):
    path = imports.folder / "export.xml"
    path.write_text(wxr.export(item(1)))
    reads = Reads(monkeypatch, imports.folder)

    imports.file(path)

    # To be told what it is, to be read, and for its SHA-256.
    assert reads.count >= 2 * path.stat().st_size
