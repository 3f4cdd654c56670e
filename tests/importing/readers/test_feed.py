"""Feed files: every kind of them, and what a feed cannot say."""

import datetime as dt
import json

import pytest

from articles.desk.blocks import Caption, Embed, Text
from articles.models import Edition, Post
from tests.importing.conftest import body_of
from tests.importing.test_pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

AT = dt.datetime(2016, 12, 13, 10, tzinfo=dt.UTC)
CONTENT = "&lt;p&gt;Words of &lt;b&gt;it&lt;/b&gt;.&lt;/p&gt;"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(*items, version="2.0", before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<rss version="{version}" {SPACES}><channel>'
        f"<title>Old</title><link>https://old.example/</link>{''.join(items)}</channel></rss>"
    )


def entry(key="https://old.example/?p=7", *, content=CONTENT, extra="", title="A story", date=None):
    date = "Tue, 13 Dec 2016 10:00:00 GMT" if date is None else date
    return (
        f"<item><title>{title}</title><link>https://old.example/2016/bridge.html</link>"
        + (f'<guid isPermaLink="false">{key}</guid>' if key else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "<description>A summary.</description>"
        + (f"<content:encoded>{content}</content:encoded>" if content else "")
        + f"<category>Politics</category><category>Syria</category>{extra}</item>"
    )


RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" {SPACES}><channel rdf:about="https://old.example/"><title>Old</title>
</channel><item rdf:about="https://old.example/7"><title>A story</title>
<link>https://old.example/7</link><dc:date>2016-12-13T10:00:00Z</dc:date>
<dc:subject>Politics</dc:subject><dc:creator>Anna Brown</dc:creator>
<content:encoded>{CONTENT}</content:encoded></item></rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><entry><id>urn:7</id>
<title>A story</title><link href="https://old.example/7"/><published>2016-12-13T10:00:00Z</published>
<updated>2017-01-01T00:00:00Z</updated><author><name>Anna Brown</name><email>a@old.example</email>
</author><category term="Politics"/><summary>A summary.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words of <b>it</b>.</p></div>
</content></entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://old.example/",
        "items": [
            {
                "id": "7",
                "url": "https://old.example/7",
                "title": "A story",
                "content_html": "<p>Words of <b>it</b>.</p>",
                "date_published": "2016-12-13T10:00:00Z",
                "authors": [{"name": "Anna Brown"}],
                "tags": ["Politics"],
            }
        ],
    }
)

FEEDS = {
    "rss 2.0": rss(entry(extra="<dc:creator>Anna Brown</dc:creator>")),
    "rss 0.92": rss(entry(extra="<author>a@old.example (Anna Brown)</author>"), version="0.92"),
    "rss 0.91": rss(
        entry(extra="<dc:creator>Anna Brown</dc:creator>"),
        version="0.91",
        before='<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x/y.dtd">',
    ),
    "rdf": RDF,
    "atom": ATOM,
    "json": JSON,
}


@pytest.mark.parametrize("name", FEEDS)
def test_an_entry_with_its_words_is_live_from_its_moment(imports, name):
    imports(FEEDS[name])

    post = Post.objects.get()
    assert (imports.code, imports.report["files"][0]["format"]) == (0, "Feed")
    assert (post.headline, post.published_at, post.status) == ("A story", AT, "published")
    assert Text.objects.get().html == "<p>Words of <strong>it</strong>.</p>"
    assert post.section.slug == "politics"
    assert [author.name for author in post.authors.all()] == ["Anna Brown"]
    assert "@" not in str(imports.report)


def test_the_feed_of_a_wordpress_site_is_a_feed(imports):
    text = rss("<generator>https://wordpress.org/?v=6.4</generator>", entry())

    imports(text)

    assert imports.report["files"][0]["format"] == "Feed"


def test_old_addresses_of_entries_lead_to_them(imports, client):
    imports(rss(entry()))

    here = "/2016/12/13/bridge/"
    assert client.get("/2016/bridge.html")["Location"] == here
    assert client.get("/?p=7")["Location"] == here


def test_the_identity_is_the_guid_else_the_link_else_a_hash_of_title_and_date(imports):
    link = "<link>https://old.example/2016/bridge.html</link>"
    imports(rss(entry("urn:7"), entry("", title="B").replace(link, "")))
    without_guid = rss(entry(""))
    imports(without_guid, source="other")

    keys = sorted(Post.objects.values_list("source_id", flat=True))
    assert keys[0].startswith("hash:")
    assert keys[1:] == ["https://old.example/2016/bridge.html", "urn:7"]
    imports(without_guid, source="other")
    assert set(imports.outcomes().values()) == {"unchanged"}


def test_a_feed_with_summaries_only_comes_in_as_drafts_and_says_so(imports):
    imports(rss(entry(content="")))

    assert Post.objects.get().status == "draft"
    assert Text.objects.get().html == "<p>A summary.</p>"
    assert len(imports.problems()["summary_only"]) == 1
    assert not Edition.objects.exists()


def test_a_summary_is_the_standfirst_unless_the_text_begins_with_it(imports):
    imports(rss(entry("1"), entry("2", content="&lt;p&gt;A summary. And more.&lt;/p&gt;")))

    assert [p.standfirst for p in Post.objects.order_by("source_id")] == ["A summary.", ""]


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Tue, 13 Dec 2016 05:00:00", AT),
        ("2016-12-13T05:00:00", AT),
        ("Tue, 13 Dec 2016 11:00:00 +0100", AT),
        ("31 Feb 2016", None),
        ("yesterday", None),
        ("0000-00-00", None),
        ("Tue, 13 Dec 1016 05:00:00", None),
        ("", None),
    ],
)
def test_a_date_without_a_zone_is_in_the_one_given_and_an_impossible_one_is_none(
    imports, date, moment
):
    imports(rss(entry(date=date)), time_zone="America/New_York")

    post = Post.objects.get()
    assert post.published_at == moment
    assert ("no_date" in imports.problems()) == (moment is None)


def test_enclosures_and_media_are_pictures_and_players(imports, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, colour in (("a", "red"), ("b", "blue")):
        (folder / f"{name}.jpg").write_bytes(jpeg(colour))
    media = (
        '<media:content url="https://old.example/a.jpg" medium="image">'
        "<media:credit>Jo</media:credit></media:content>"
        '<enclosure url="https://old.example/b.jpg" type="image/jpeg" length="1"/>'
        '<enclosure url="https://old.example/x.mp3" type="audio/mpeg" length="1"/>'
    )

    imports(rss(entry(extra=media)), pictures=folder)

    post = Post.objects.get()
    lead = Caption.objects.get(region="lead")
    assert (lead.photo.slug, lead.credit) == ("a", "Jo")
    assert [type(block) for block in body_of(post)] == [Text, Caption, Embed]


def test_what_the_parser_calls_broken_but_could_read_is_read_and_named(imports):
    imports(rss(entry(title="Salt & vinegar")))

    assert Post.objects.get().headline == "Salt & vinegar"
    assert "feed_broken" in imports.problems()
    assert imports.code == 0


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE r [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!-- x --><!doctype r [ ]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entities_are_read(imports, before, encoding):
    imports(rss(entry(title="&a;"), before=before).encode(encoding))

    assert imports.code == 2
    assert "document type" in imports.problems()["file_ended"][0]


def test_nothing_active_arrives_and_nothing_is_fetched(imports, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: 1 / 0)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: 1 / 0)
    content = "&lt;p onclick='x'&gt;Words&lt;script&gt;evil()&lt;/script&gt;&lt;/p&gt;"

    imports(rss(entry(content=content)))

    assert Text.objects.get().html == "<p>Words</p>"


@pytest.mark.parametrize(
    "text",
    [
        rss(),
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": 3}',
        '{"version": "https://jsonfeed.org/version/1"',
        "<rss",
    ],
)
def test_a_feed_without_entries_is_nothing(imports, text):
    imports(text)

    assert imports.code == 2


def test_half_a_character_of_a_json_feed_is_a_gap_and_what_only_looks_like_one_is_words(imports):
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1\ud800",
                "title": "Cut \ud83d",
                "content_html": "<p>\udc00 \N{GRINNING FACE} C:\\ud800</p>",
                "tags": ["Half \udfff"],
                "authors": [{"name": "Anna \ud800"}],
                "date_published": "2016-12-13T10:00:00Z",
            }
        ],
    }

    imports(json.dumps(found), section="politics")

    post = Post.objects.get()
    assert post.headline == "Cut \ufffd"
    assert body_of(post)[0].html == "<p>\ufffd \N{GRINNING FACE} C:\\ud800</p>"


def test_a_name_that_can_be_none_is_left_out_and_ends_no_import(imports):
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "content_html": "<p>Words.</p>",
                "tags": ["\ufffd\x00"],
                "authors": [{"name": "\ufffd\x00"}],
            }
        ],
    }

    imports(json.dumps(found))

    assert imports.outcomes() == {"1": "imported"}
    assert len(imports.problems(1)["author_dropped"]) == 1


def blogger(*entries):
    spaces = (
        'xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#" '
        'xmlns:blogger="http://schemas.google.com/blogger/2018"'
    )
    return f"<feed {spaces}><title>Old</title>{''.join(entries)}</feed>"


def of_blogger(key, *, kind="post", extra=""):
    scheme = "http://schemas.google.com/g/2005#kind"
    term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
    return (
        f"<entry><id>{key}</id><title>{key}</title><published>2016-12-13T10:00:00Z</published>"
        f'<category scheme="{scheme}" term="{term}"/><category term="Politics"/>'
        f'<content type="html">&lt;p&gt;Words.&lt;/p&gt;</content>{extra}</entry>'
    )


def test_of_an_archive_of_blogger_only_its_posts_are_stories_and_drafts_stay_drafts(imports):
    hidden = "<app:control><app:draft>yes</app:draft></app:control>"
    new = "<blogger:type>{}</blogger:type><blogger:status>{}</blogger:status>"
    imports(
        blogger(
            of_blogger("live"),
            of_blogger("draft", extra=hidden),
            *(of_blogger(kind, kind=kind) for kind in ("comment", "settings", "template", "page")),
            of_blogger("new", extra=new.format("POST", "LIVE")),
            of_blogger("new-draft", extra=new.format("POST", "DRAFT")),
            of_blogger("trashed", extra=new.format("POST", "SOFT_TRASHED")),
            of_blogger("new-comment", extra=new.format("COMMENT", "LIVE")),
        )
    )

    states = dict(Post.objects.values_list("source_id", "status"))
    assert states == {
        "live": "published",
        "new": "published",
        "draft": "draft",
        "new-draft": "draft",
        "trashed": "draft",
    }
    assert imports.report["left_out"] == {"not_a_story": 4, "type_not_asked_for": 1}
    assert [topic.name for topic in Post.objects.get(source_id="live").topics.all()] == []


def test_a_second_run_writes_nothing(imports):
    for name, text in FEEDS.items():
        imports(text, source=name)
        imports(text, source=name)
        assert set(imports.outcomes().values()) == {"unchanged"}, name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rss("<item>" + "<a>" * 300), "deeper"),
        (rss(entry(extra="<a>" * 300 + "</a>" * 300)), "deeper"),
        (rss("<item " + " ".join(f'a{n}="1"' for n in range(20_000)) + ">"), "a tag"),
    ],
)
def test_a_feed_that_the_parser_would_take_hours_for_is_refused(imports, text, said):
    imports(text)

    assert imports.code == 2
    assert said.lower() in imports.problems()["file_ended"][0].lower()


def test_a_feed_larger_than_any_is_refused(imports, monkeypatch):
    monkeypatch.setattr("articles.importing.readers.feed.MOST_BYTES", 100)

    imports(rss(entry()))

    assert "MB" in imports.problems()["file_ended"][0]
