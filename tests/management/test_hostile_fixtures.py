"""Fixtures that nobody means well with, or that were cut off: each is refused in a sentence."""

import json
from contextlib import suppress

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Photo, Post, RelatedLink, Section, Text
from tests.management.test_loaddata import STORY, picture, row, story

pytestmark = pytest.mark.django_db
DEEP = 100_000
HUGE = 10**30


@pytest.fixture
def refused(tmp_path):
    """Load a text (or bytes, or rows) as a fixture, which has to be refused; what it says."""
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "photos" / "street.jpg")

    def load_and_fail(content, name="story.json"):
        path = tmp_path / name
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(CommandError) as error:
            call_command("loaddata", str(path), verbosity=0)
        assert not Post.objects.exists()
        assert not Section.objects.exists()
        return str(error.value)

    load_and_fail.folder = tmp_path
    return load_and_fail


FILES = {
    "deep lists": "[" * DEEP + "]" * DEEP,
    "deep objects": '[{"model":' * DEEP,
    "a deep value": '[{"model": "articles.text", "fields": {"html": '
    + "[" * DEEP
    + "]" * DEEP
    + "}}]",
    "not a number": '[{"model": "articles.section", "fields": {"slug": "a", "position": NaN}}]',
    "without end": '[{"model": "articles.section", "fields": {"position": -Infinity}}]',
    "digits": '[{"model": "articles.section", "pk": ' + "9" * 10_000 + ', "fields": {}}]',
    "cut off": json.dumps(story())[:-40],
    "nothing": "",
    "a word": "null",
    "an object": '{"model": "articles.section"}',
    "no objects": "[null]",
    "lists": "[[[]]]",
    "a name twice": '[{"model": "articles.section", "fields": {"slug": "a", "slug": "b"}}]',
    "another encoding": json.dumps(story(headline="Müller"), ensure_ascii=False).encode("latin-1"),
    "two bytes a letter": json.dumps(story()).encode("utf-16"),
    "no text": b"\x00\xff\xfe" * 100,
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_fixture_is_refused_in_a_sentence(refused, content):
    assert "story" in refused(content)


@pytest.mark.parametrize("name", ["story.jsonl", "story.json.gz", "story.json.xz", "story.xml"])
def test_a_file_that_is_not_what_its_name_says_is_refused(refused, name):
    assert refused(b"\xff\x00<a>" * 9, name)


def test_a_hostile_xml_is_refused(refused):
    entities = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><django-objects>&b;</django-objects>'
    )

    assert refused(entities, "story.xml")
    assert refused("<a>" * 5_000, "other.xml")


def test_a_folder_is_no_fixture(tmp_path):
    (tmp_path / "story.json").mkdir()

    for path in (tmp_path / "story.json", tmp_path):
        with pytest.raises(CommandError):
            call_command("loaddata", str(path), verbosity=0)


def text(**fields):
    given = {"parent": STORY, "region": "body", "ordering": 20, "html": "<p>More.</p>"}
    return row("text", **given | fields)


def link(**fields):
    return row("relatedlink", **{"parent": STORY, "region": "body", "ordering": 30} | fields)


LOST = {
    "a region": ([text(region="boddy")], "(boddy, 20): region: “boddy” is none of: lead, body"),
    "a region of a link": (
        [link(region="Body", url="https://a.example", title="A")],
        "“Body” is none",
    ),
    "no region": ([text(region="")], "region: “” is none of"),
    "a field": ([text(htlm="<p>x</p>")], "htlm: there is no field of this name"),
    "a part of an object": ([text() | {"feilds": {}}], "feilds: an object has"),
    "a kind of block": ([row("txet", parent=STORY)], "there is no model of this name"),
    "a label": ([link(label="wach", url="https://a.example", title="A")], "label: "),
    "two targets": (
        [
            *story("other")[1:],
            link(story=["demo", "other"], url="https://a.example", title="A"),
        ],
        "A related link needs either a story, or an outside address",
    ),
    "no target": ([link()], "A related link needs either a story"),
    "itself": ([link(story=STORY)], "A story cannot be related to itself"),
    "an address without a title": ([link(url="https://a.example")], "needs either a story"),
    "no address": ([link(url="javascript:alert(1)", title="A")], "url: "),
    "a paragraph": ([text(), text(html="<p>Others.</p>")], "it appears twice in this file"),
    "topics in a post": ([story(topics=["syria"])[1]], "topics: "),
    "authors in a post": ([story(authors=[["anna"]])[1]], "authors: "),
    "editions in a post": ([story(editions=[1])[1]], "editions: "),
    "a kind of change": ([story(change_kind="corection")[1]], "change_kind: "),
    "a NUL": ([text(html="<p>a\0b</p>")], "html: it holds a NUL character"),
    "half a character": ([text(html="<p>\ud800</p>")], "html: it holds half a character"),
    "no photo": ([row("caption", parent=STORY, region="lead", ordering=1)], "photo: it is missing"),
    "no story": ([row("text", region="body", ordering=1)], "parent"),
}


@pytest.mark.parametrize(("rows", "said"), LOST.values(), ids=LOST.keys())
def test_what_would_be_lost_in_silence_is_named_and_refused(refused, rows, said):
    of_the_post = [each for each in rows if each["fields"].get("source_id") == STORY[1]]

    assert said in refused([*(story()[:1] if of_the_post else story()), *rows])


UNFIT = [
    ("post", "headline", ["a"], "headline: ['a'] is not a text"),
    ("post", "headline", {"a": 1}, "headline: {'a': 1} is not a text"),
    ("post", "kicker", True, "kicker: True is not a text"),
    ("text", "html", [], "html: [] is not a text"),
    ("section", "slug", ["politics"], "slug: ['politics'] is not a text"),
    ("post", "version", 10**12, "version: 1000000000000 is not between 0 and 2147483647"),
    ("post", "version", -1, "version: -1 is not between"),
    ("section", "position", 40_000, "position: 40000 is not between 0 and 32767"),
    ("section", "position", 1.5, "position: 1.5 is not a whole number"),
    ("section", "position", True, "position: True is not a whole number"),
    ("post", "language", "xxxxxxxxxx", "language: “xxxxxxxxxx” is not a language tag"),
    ("post", "language", "a", "language: "),
    ("post", "language", "en_gb", "language: "),
    ("post", "language", "en gb", "language: "),
    ("post", "language", "<b>", "language: "),
    ("post", "language", "en-", "language: "),
]


@pytest.mark.parametrize(("model", "name", "value", "said"), UNFIT)
def test_a_value_of_another_kind_or_size_is_refused_by_name(refused, model, name, value, said):
    rows = story()
    for each in rows:
        if each["model"] == f"articles.{model}":
            each["fields"][name] = value

    assert said in refused(rows)


VALUES = [
    HUGE,
    -HUGE,
    1e300,
    True,
    None,
    {},
    [],
    [[]],
    [1, 2, 3],
    ["a", {"b": 1}],
    "\0",
    "x" * 10_000,
    -1,
]
FIELDS = [
    ("post", "published_at"),
    ("post", "section"),
    ("post", "uuid"),
    ("post", "version"),
    ("post", "status"),
    ("post", "source_id"),
    ("post", "created_by"),
    ("post", "translation_of"),
    ("text", "parent"),
    ("text", "ordering"),
    ("text", "html"),
    ("section", "position"),
    ("photo", "file"),
    ("photo", "token"),
    ("photo", "width"),
    ("photo", "focus_x"),
]


@pytest.mark.parametrize("field", FIELDS, ids="-".join)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_no_value_ends_in_a_traceback(tmp_path, field, value):
    """It is loaded, or refused in a sentence."""
    model, name = field
    rows = [*story(), picture()]
    for each in rows:
        if each["model"] == f"articles.{model}":
            each["fields"][name] = value
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "photos" / "street.jpg")
    (tmp_path / "story.json").write_text(json.dumps(rows))

    with suppress(CommandError):
        call_command("loaddata", str(tmp_path / "story.json"), verbosity=0, renditions_later=True)


@pytest.mark.parametrize("value", [*VALUES, "a"], ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("part", ["pk", "model", "fields"])
def test_no_part_of_an_object_ends_in_a_traceback(tmp_path, part, value):
    (tmp_path / "story.json").write_text(json.dumps([story()[0] | {part: value}]))

    with suppress(CommandError):
        call_command("loaddata", str(tmp_path / "story.json"), verbosity=0)


@pytest.mark.parametrize(
    "named",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "photos/../../../../../../../etc/passwd",
        "..",
        ".",
        "photos",
        "street.jpg\0",
        "x" * 5_000,
        "~/street.jpg",
        "photos/link.jpg",
    ],
)
def test_no_picture_is_taken_from_outside_the_fixtures_folder(refused, named):
    outside = refused.folder.parent / "outside.jpg"
    Image.new("RGB", (30, 20)).save(outside)
    (refused.folder / "photos" / "link.jpg").symlink_to(outside)

    assert "photo street: " in refused([*story(), picture(file=named)])
    assert not Photo.objects.exists()


@pytest.mark.parametrize("token", ["../../x", "a/b", "", ".", "..", "a b", "é"])
def test_no_folder_is_named_by_a_fixture(refused, token):
    assert "photo street: token: " in refused([*story(), picture(token=token)])
    assert not default_storage.exists("renditions/x")


def test_a_chain_of_rows_that_wait_for_each_other_is_loaded(tmp_path):
    rows = [story(str(number), status="draft")[1] for number in range(300)]
    for number, each in enumerate(rows[:-1]):
        each["fields"] |= {"translation_of": ["demo", str(number + 1)]} if number == 0 else {}
    (tmp_path / "story.json").write_text(json.dumps([*rows, story()[0]]))

    call_command("loaddata", str(tmp_path / "story.json"), verbosity=0)

    assert Post.objects.count() == 300
    assert not RelatedLink.objects.exists()
    assert not Text.objects.exists()
