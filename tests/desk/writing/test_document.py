"""The editor's document: read from a story's blocks, and written to them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.desk import roles as names
from articles.desk.blocks import Caption, PullQuote, RelatedLink, Text
from articles.desk.rich_text.sanitiser import clean
from articles.desk.writing.document import InvalidDocument, normalise, read, write
from articles.desk.writing.nodes import html_of, nodes_of
from tests.builders import make_link, make_photo, make_post, make_story, make_user

HTML = (
    '<p>One <strong>bold <em>both</em></strong> and <a href="https://example.org/?a=1&amp;b=2" '
    'rel="noopener">a link</a>.</p><h2>Head</h2><ul><li><p>a</p><ul><li><p>b<br>c</p></li></ul>'
    "</li></ul><blockquote><p>Said &lt;so&gt;&nbsp;!</p></blockquote>"
)


def paragraph(key, text):
    return {"type": "paragraph", "attrs": {"id": key}, "content": [{"type": "text", "text": text}]}


def body(document):
    return [node["attrs"]["id"] for node in document["body"]]


@pytest.fixture
def post(editor):
    return make_post(text="<p>One.</p><p>Two.</p><p>Three.</p>")


@pytest.fixture
def editor(db):
    return make_user(names.EDITOR)


def save(post, document, by):
    return write(post, read(post), normalise(document), by=by)


def test_html_becomes_nodes_and_the_very_same_html_again():
    nodes = nodes_of(HTML)

    assert [node["type"] for node in nodes] == ["paragraph", "heading", "bulletList", "blockquote"]
    assert "".join(clean(html_of(node)) for node in nodes) == HTML


def test_all_kinds_are_read_in_one_query(post, django_assert_num_queries):
    photo, other = make_photo(), make_story()
    Caption.objects.create(parent=post, region="lead", ordering=10, photo=photo, credit="PA")
    make_link(post, other, label="watch")
    PullQuote.objects.create(parent=post, region="body", ordering=1_000_000, text="So.")

    read(post)  # the first asks what the database can do with JSON
    with django_assert_num_queries(1):
        document = read(post).document

    assert document["lead"][0]["attrs"] | {"id": ""} == {
        "id": "", "photo": photo.slug, "caption": "", "credit": "PA", "alt": "",
    }  # fmt: skip
    assert [node["type"] for node in document["body"]][-2:] == ["relatedlink", "pullquote"]
    assert document["body"][-2]["attrs"]["story"] == str(other.uuid)


def test_an_untouched_document_writes_nothing(post, editor, django_assert_num_queries):
    make_link(post)
    stored = read(post)
    by = editor
    by.has_perm("articles.change_post")

    with django_assert_num_queries(0):
        assert write(post, stored, normalise(stored.document), by=by) == {}


def test_a_picture_between_two_paragraphs_splits_the_text_and_keeps_the_rest(post, editor):
    document = read(post).document
    photo = make_photo()
    text = Text.objects.get()
    picture = {"type": "caption", "attrs": {"id": "new", "photo": photo.slug}}
    document["body"].insert(1, picture)

    assert save(post, document, editor) == {}

    after = read(post)
    assert body(after.document) == [*body(document)]
    assert [row.kind for row in after.rows] == ["text", "caption", "text"]
    assert Text.objects.get(html="<p>Two.</p><p>Three.</p>").pk == text.pk
    assert Caption.objects.get().photo == photo


def test_a_moved_block_keeps_its_row(post, editor):
    link = make_link(post)
    document = read(post).document
    document["body"].insert(1, document["body"].pop())

    save(post, document, editor)

    assert RelatedLink.objects.get().pk == link.pk
    assert body(read(post).document) == body(document)


def test_words_of_one_paragraph_change_one_row(post, editor):
    make_link(post)
    document = read(post).document
    document["body"][1] = paragraph(body(document)[1], "Two, changed. ")

    save(post, document, editor)

    assert Text.objects.get().html == "<p>One.</p><p>Two, changed.</p><p>Three.</p>"


def test_what_a_block_may_not_be_is_told_by_its_node_and_the_rest_is_stored(post, editor):
    document = read(post).document
    document["body"] += [
        {"type": "relatedlink", "attrs": {"id": "bad", "url": "nowhere", "title": "X"}},
        {"type": "relatedlink", "attrs": {"id": "none"}},
        {"type": "caption", "attrs": {"id": "gone", "photo": "no-such"}},
        {"type": "relatedlink", "attrs": {"id": "self", "story": str(post.uuid)}},
        paragraph("fine", "Stored."),
    ]

    errors = save(post, document, editor)

    assert set(errors) == {"bad", "none", "gone", "self"}
    assert Text.objects.filter(html="<p>Stored.</p>").exists()
    assert not RelatedLink.objects.exists()


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"lead": [], "body": "x"},
        {"lead": [], "body": [{"type": "script", "attrs": {"id": "a"}}]},
        {"lead": [], "body": [{"type": "paragraph"}]},
        {"lead": [], "body": [paragraph("a", 3)]},
        {"lead": [], "body": [{"type": "caption", "attrs": {"id": "a", "photo": {}}}]},
        {"lead": [], "body": [{"type": ["text"], "attrs": {"id": "a"}}]},
        {"lead": [], "body": [{"type": "text", "attrs": {"id": "a", "html": "<p>x</p>"}}]},
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(document):
    with pytest.raises((ValidationError, InvalidDocument)):
        normalise(document)


def test_hostile_markup_is_text_and_hostile_links_go():
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}
    node = paragraph("a", "<script>x</script>")
    node["content"].append({"type": "text", "text": " here", "marks": [link, {"type": "evil"}]})

    document = normalise({"lead": [], "body": [node]})

    assert document["body"][0]["content"] == [
        {"type": "text", "text": "<script>x</script> here"},
    ]


def test_ids_that_are_missing_or_stand_twice_are_replaced():
    nodes = [paragraph("a", "1"), paragraph("a", "2"), paragraph("<b>", "3"), paragraph(None, "4")]

    found = body(normalise({"lead": [], "body": nodes}))

    assert found[0] == "a"
    assert len(set(found)) == 4


def test_a_text_that_is_too_long_is_told_by_its_node():
    with pytest.raises(InvalidDocument) as refused:
        normalise({"lead": [], "body": [paragraph("a", "word " * 50_000)]})

    assert list(refused.value.errors) == ["a"]


def test_a_run_of_prose_longer_than_a_text_may_be_is_stored_whole(post, editor):
    words = "word " * 18_000
    document = {"lead": [], "body": [paragraph(f"n{place}", words) for place in range(5)]}

    assert save(post, document, editor) == {}

    assert body(read(post).document) == ["n0", "n1", "n2", "n3", "n4"]
    assert Text.objects.count() == 3


@pytest.fixture
def picture_editor(db):
    return make_user(names.PICTURE_EDITOR)


def test_a_picture_editor_puts_pictures_between_words_and_changes_none(post, picture_editor):
    stored = read(post).document
    photo = {"type": "caption", "attrs": {"id": "new", "photo": make_photo().slug}}
    stored["body"].insert(1, photo)

    assert save(post, stored, picture_editor) == {}

    for change in (
        lambda nodes: nodes.pop(0),
        lambda nodes: nodes.insert(0, paragraph("x", "Mine.")),
        lambda nodes: nodes.append(nodes.pop(0)),
        lambda nodes: nodes.__setitem__(0, paragraph(nodes[0]["attrs"]["id"], "Other.")),
        lambda nodes: nodes.append({"type": "pullquote", "attrs": {"id": "q", "text": "So."}}),
    ):
        document = read(post).document
        change(document["body"])
        with pytest.raises(PermissionDenied):
            save(post, document, picture_editor)


def test_a_reporter_writes_only_in_their_own_draft(post, db):
    document = read(post).document
    document["body"].pop()

    with pytest.raises(PermissionDenied):
        save(post, document, make_user(names.REPORTER))
