"""No page of the desk or of the site fails on words that are stored, whatever they are."""

import json

import pytest
from django.contrib.admin.models import LogEntry

from articles.admin.saves.text_diff import TextDiff
from articles.desk.blocks import Alternative, Caption, PullQuote, Text
from articles.library.characters import tidy
from articles.models import Checkpoint, Post
from articles.publishing.bulk.bulk_publish import bump_changed_versions
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.admin.filling import edit, errors_of
from tests.admin.forms import change_url, filled
from tests.admin.writing.sending import document_of, paragraph, send
from tests.builders import make_photo, make_post, make_story, make_user

pytestmark = pytest.mark.django_db

TEXTS = {
    "too deep": "<blockquote></x>" * 80 + "<p>last word</p>",
    "lists too deep": "<ul><li>" * 200 + "last word",
    "ampersands": "&" * 50_000 + " last word",
    "too long": "word " * 50_000 + "last word",
    "too many tags": "<p>a" * 50_000 + "last word",
    "links": '<p>word <a href="https://example.org/">x</a></p>' * 4200 + "last word",
    "half a declaration": "<![> last word",
    "a huge number": "&#" + "9" * 5000 + "; last word",
    "no markup": "last word",
}
PLAIN = {
    "half a declaration": "<![> x",
    "half tags": "<br" * 20_000,
    "too long": "x" * 60_000,
    "signs": "& < > \" '",
}


FEEDS = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"]


def pages(post):
    """The desk's pages of a post that show its words."""
    at = f"/admin/articles/post/{post.pk}"
    return [f"{at}/change/", f"{at}/preview/", f"{at}/history/", "/admin/articles/post/"]


def walk(client, post):
    for address in pages(post):
        yield address, client.get(address)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.mark.parametrize("kind", TEXTS)
def test_stored_text_of_any_kind_is_shown_kept_and_saved_beside(desk, kind):
    post = make_post()
    Text.objects.filter(parent=post).update(html=TEXTS[kind])

    for address, page in walk(desk, post):
        assert page.status_code == 200, address
    assert "last word" in desk.get(f"/admin/articles/post/{post.pk}/preview/").text
    saved = desk.post(change_url(post), filled(desk, post) | {"headline": "Another"}, follow=True)

    assert errors_of(saved) == ""
    assert Post.objects.get(pk=post.pk).headline == "Another"
    assert "last word" in Text.objects.get(parent=post).html
    copy = Checkpoint.objects.get(post=post, version=1)
    kept = f"/admin/articles/post/{post.pk}/copy/{copy.version}/"
    assert "last word" in desk.get(kept).text
    restored = desk.post(
        f"/admin/articles/post/{post.pk}/restore/copy/{copy.version}/",
        {"seen_version": Post.objects.get(pk=post.pk).version},
    )
    assert restored.status_code == 302
    assert "last word" in Text.objects.get(parent=post).html


@pytest.mark.parametrize("kind", TEXTS)
def test_who_may_not_change_a_story_reads_its_stored_words(client, kind):
    post = make_post(created_by=make_user())
    Text.objects.filter(parent=post).update(html=TEXTS[kind])
    client.force_login(make_user("Reporter"))

    page = client.get(f"/admin/articles/post/{post.pk}/change/")

    assert page.status_code == 200
    assert "last word" in page.text


@pytest.mark.parametrize("kind", TEXTS)
def test_a_story_is_published_with_its_stored_words_or_refused_in_words(desk, editor, kind):
    post = make_post()
    Text.objects.filter(parent=post).update(html=TEXTS[kind])
    if kind.startswith(("too", "lists too")):
        with pytest.raises(NotReady, match="This text"):
            publish(post, by=editor)
        return

    publish(post, by=editor)

    for address in (post.editions.get().get_absolute_url(), "/", *FEEDS):
        assert desk.get(address).status_code == 200, address


@pytest.mark.parametrize("kind", PLAIN)
def test_stored_plain_words_of_any_kind_are_shown_as_they_are(desk, editor, kind):
    post = make_post(photo=make_photo(caption=PLAIN[kind]))
    quote = PullQuote.objects.create(parent=post, region="body", ordering=20, text="x")
    PullQuote.objects.filter(pk=quote.pk).update(text=PLAIN[kind])
    Caption.objects.filter(parent=post).update(caption=PLAIN[kind], alt=PLAIN[kind])
    Post.objects.filter(pk=post.pk).update(standfirst=PLAIN[kind])

    for address, page in walk(desk, post):
        assert page.status_code == 200, address
    saved = desk.post(change_url(post), filled(desk, post) | {"headline": "Another"}, follow=True)

    assert errors_of(saved) == ""
    assert Post.objects.get(pk=post.pk).headline == "Another"
    assert Post.objects.get(pk=post.pk).standfirst == PLAIN[kind]
    assert Caption.objects.get(parent=post).caption == PLAIN[kind]
    assert PullQuote.objects.get(parent=post).text == PLAIN[kind]
    publish(Post.objects.get(pk=post.pk), by=editor)
    for address in (post.editions.get().get_absolute_url(), "/", "/search/?q=word", *FEEDS):
        assert desk.get(address).status_code in (200, 404), address


@pytest.mark.parametrize("words", PLAIN.values(), ids=PLAIN)
def test_two_texts_of_any_kind_are_merged_and_none_is_lost(desk, words):
    post = make_post(standfirst="Before")
    sent = filled(desk, post)
    colleague = make_user()
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=colleague, standfirst=words)

    page = desk.post(change_url(post), sent | {"standfirst": "Mine"}, follow=True)

    assert errors_of(page) == ""
    assert Post.objects.get().standfirst == "Mine"
    assert Alternative.objects.get().text == tidy(words)


def test_comparing_two_texts_of_any_size_takes_bounded_work():
    page = TextDiff()
    for one, other in [
        (
            "\n".join(str(n % 7) for n in range(12_000)),
            "\n".join(str(n * n % 7) for n in range(12_000)),
        ),
        ("x\n" * 12_000, "y\n" * 12_000),
        (". " * 100_000, "! " * 100_000),
    ]:
        theirs, mine = page.marked(one, other)

        assert "<del>" in theirs
        assert "<ins>" in mine
    # A text that the page can no longer afford to compare is marked as a whole; a short one never.
    many = "\n".join(map(str, range(12_000)))
    assert page.marked(many, many + " x")[1].startswith("<ins>0\n1\n")
    assert page.marked("One two", "One three") == ("One <del>two</del>", "One <ins>three</ins>")


def test_what_differs_in_two_long_texts_is_marked_word_by_word():
    long = " ".join(f"Sentence {n} is here." for n in range(3000))

    theirs, mine = TextDiff().marked(long, long.replace("Sentence 700 is", "Sentence 700 was"))

    assert "Sentence 700 <del>is </del>here." in theirs
    assert "Sentence 700 <ins>was </ins>here." in mine
    assert mine.count("<ins>") == 1


UNTIDY = {
    "lines between blocks": "<h2>One</h2>\n<p>Two\nthree</p>\n\n",
    "bare items": "<ul><li>One</li><li>two</li></ul>",
    "blanks that stay": "<p>One&nbsp;two\xa0three</p>",
    "bare words": "One <b>two</b>",
    "other quotes": "<p>It&#39;s &quot;so&quot;</p>",
}


@pytest.mark.parametrize("kind", UNTIDY)
def test_a_save_that_touches_nothing_changes_nothing(desk, kind):
    post = make_story(standfirst="One\ntwo")
    Text.objects.filter(parent=post).update(html=UNTIDY[kind])

    desk.post(change_url(post), filled(desk, post))

    post.refresh_from_db()
    assert Text.objects.get(parent=post).html == UNTIDY[kind]
    assert not post.has_unpublished_changes
    assert post.version == post.published_version
    assert not LogEntry.objects.filter(object_id=str(post.pk))


def test_a_version_that_is_to_come_is_refused_with_what_was_typed(desk):
    post = make_post(standfirst="Before")

    words = {"version": "999", "standfirst": "x\n" * 12_000}
    page = desk.post(change_url(post), filled(desk, post) | words)

    assert page.status_code == 409
    assert "a version that the story does not have" in page.text
    assert "x\n" * 12_000 in page.text
    assert Post.objects.get(pk=post.pk).standfirst == "Before"


def test_an_address_with_an_unseen_character_is_as_harmless_in_feeds_as_on_the_page(desk, editor):
    post = make_post()

    def link(document):
        document["body"][0]["content"] = [
            {"type": "text", "text": "here ", "marks": linked("java\x03script:alert(1)")},
            {"type": "text", "text": "there", "marks": linked("\x0bjavascript:alert(1)")},
        ]

    desk.post(change_url(post), edit(filled(desk, post), link))
    assert Text.objects.get(parent=post).html == "<p>here there</p>"

    publish(post, by=editor)

    for address in (post.editions.get().get_absolute_url(), *FEEDS):
        page = desk.get(address).content.decode()
        assert "here there" in page
        assert "alert(1)" not in page


def linked(href):
    return [{"type": "link", "attrs": {"href": href}}]


def test_an_older_edition_says_nothing_new_in_feeds(desk, monkeypatch):
    # As it was frozen before unseen characters were taken out on the way in.
    monkeypatch.setattr(Text, "as_data", lambda text: {"html": text.html})
    old = make_post()
    html = '<p><a href="java\x03script:alert(1)">here</a></p>'
    Text.objects.filter(parent=old).update(html=html)
    publish(old, by=None)

    for address in FEEDS:
        assert "javascript" not in desk.get(address).content.decode()


def test_a_file_read_again_changes_nothing_where_only_the_spelling_was_another(editor, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(Text, "as_data", lambda text: {"html": text.html})
        post = make_story(text="<p>One</p>\n<p>two</p>")
        other = make_story(text="<p>One</p>\n<p>two</p>")
    Text.objects.filter(parent=other).update(html="<p>One</p><p>three</p>")

    assert bump_changed_versions([post.pk, other.pk]) == 1

    post.refresh_from_db()
    assert not post.has_unpublished_changes


def nested(depth):
    node = {"type": "paragraph", "content": [{"type": "text", "text": "last word"}]}
    for _level in range(depth):
        node = {"type": "blockquote", "content": [node]}
    return [node | {"attrs": {"id": "deep"}}]


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        (nested(80), "nested too deep"),
        ([paragraph("signs", "<" * 200_001)], "a block holds at most 200000"),
        ([paragraph("book", "word " * 50_000)], "a block holds at most 200000"),
    ],
    ids=["quotations", "signs", "a book"],
)
@pytest.mark.parametrize("script", [True, False])
def test_a_text_that_no_story_has_is_refused_in_words_and_handed_back(desk, nodes, said, script):
    post = make_post("At first", text="<p>Before.</p>")
    [before] = document_of(post)["body"]
    nodes = [node | {"attrs": node["attrs"]} for node in nodes]
    nodes[0]["attrs"] = before["attrs"]
    document = {"lead": [], "body": nodes}

    if script:
        told = send(desk, post, document=document).json()
        assert said in str(told["block_errors"])
        assert told["block_errors"].keys() <= {node["attrs"]["id"] for node in nodes}
    else:
        sent = filled(desk, post) | {"document": json.dumps(document)}
        page = desk.post(change_url(post), sent, follow=True)
        assert said in errors_of(page)

    assert Text.objects.get(parent=post).html == "<p>Before.</p>"
