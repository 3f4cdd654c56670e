"""What a change of a live story is: what readers are told of it, and which dates it moves."""

import datetime as dt
import json
import re

import pytest

from articles.models import Edition, Post
from articles.publishing.steps.publish import publish
from articles.publishing.steps.readiness import NotReady
from tests.builders import make_link, make_post, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
KINDS = sorted(set(Post.Change) - {Post.Change.SILENT})


def change(post, kind, note="We put it right.", *, at, place="foot", headline=""):
    post.refresh_from_db()
    post.change_kind, post.change_note, post.change_place = kind, note, place
    post.headline = headline or post.headline
    post.version += 1
    post.save()
    return publish(post, by=None, now=at)


def dates_told(client, edition):
    """What is said everywhere of when a story was posted and when it was updated."""
    address = edition.get_absolute_url()
    page = client.get(address).text
    linked = json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    article = next(each for each in linked["@graph"] if each["@type"] == "NewsArticle")
    item = client.get("/feeds/feed.json").json()["items"][0]
    atom = client.get("/feeds/atom.xml").text.partition("<entry")[2]
    dateline = re.search(r'<p class="dateline">(.*?)</p>', page, re.DOTALL)[1]
    month = client.get("/sitemaps/2026-06.xml").content.decode()
    return {
        "posted": {
            str(edition.posted_on),
            re.search(r'datetime="([^"T]*)', dateline)[1],
            article["datePublished"][:10],
            item["date_published"][:10],
            re.search(r"<published>([^T]*)", atom)[1],
        },
        "updated": {
            (re.findall(r'datetime="([^"T]*)', dateline)[1:] or [str(edition.posted_on)])[0],
            article["dateModified"][:10],
            item["date_modified"][:10],
            re.search(r"<updated>([^T]*)", atom)[1],
            re.search(r"<lastmod>([^T]*)", month)[1],
        },
    }


def test_a_small_change_moves_no_date_anywhere(client):
    edition = change(make_story(now=NOON), "", "", at=NOON + DAY)
    assert dates_told(client, edition) == {"posted": {"2026-06-01"}, "updated": {"2026-06-01"}}


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_change_moves_updated_and_never_posted_on(client, kind):
    edition = change(make_story(now=NOON), kind, at=NOON + DAY)
    assert dates_told(client, edition) == {"posted": {"2026-06-01"}, "updated": {"2026-06-02"}}


def test_a_small_change_after_a_correction_leaves_updated_at_the_correction(client):
    post = make_story(now=NOON)
    change(post, "correction", at=NOON + DAY)
    edition = change(post, "", "", at=NOON + 2 * DAY)
    assert dates_told(client, edition) == {"posted": {"2026-06-01"}, "updated": {"2026-06-02"}}


@pytest.mark.parametrize("kind", KINDS)
def test_all_but_a_small_change_need_words_for_readers(kind):
    post = make_story(now=NOON)
    with pytest.raises(NotReady, match="needs a note to readers"):
        change(post, kind, " ", at=NOON + DAY)
    assert Edition.objects.count() == 1


def test_all_notes_stay_on_the_story_in_order(client):
    post = make_story(now=NOON)
    for number, kind in enumerate(KINDS, start=1):
        change(post, kind, f"Note {number}.", at=NOON + number * DAY)
    edition = change(post, "", "", at=NOON + 9 * DAY)

    assert [note["note"] for note in edition.notes] == [f"Note {n}." for n in range(1, 6)]
    page = client.get(edition.get_absolute_url()).text
    assert all(f"Note {number}." in page for number in range(1, 6))


@pytest.mark.parametrize(("place", "is_above"), [("top", True), ("foot", False)])
def test_a_note_stands_where_it_was_put(client, place, is_above):
    edition = change(
        make_story(text="<p>Body.</p>", now=NOON), "apology", at=NOON + DAY, place=place
    )

    page = client.get(edition.get_absolute_url()).text
    feed = client.get("/feeds/feed.json").json()["items"][0]["content_html"]

    for text in (page.partition("<main")[2], feed):
        assert (text.index("We put it right.") < text.index("Body.")) == is_above
    assert f'href="#notes-{place}"' in page
    assert f'id="notes-{place}"' in page
    stored = Post.objects.get()
    assert (stored.change_kind, stored.change_note, stored.change_place) == ("", "", "foot")


def test_a_retraction_is_said_before_the_headline_and_wherever_the_story_is_listed(client):
    post = make_story("Moon is cheese", topics=["Syria"], authors=["Anna Brown"], now=NOON)
    change(post, "retraction", at=NOON + DAY)
    edition = change(post, "", "", at=NOON + 2 * DAY)  # it stays retracted

    page = client.get(edition.get_absolute_url()).text.partition("<main")[2]
    assert page.index("We put it right.") < page.index("Moon is cheese")
    lists = ("/", "/latest/", "/topics/syria/", "/authors/anna-brown/", "/sections/politics/")
    for address in (*lists, "/search/?q=cheese"):
        assert 'class="retracted"' in client.get(address).text, address
    for address in ("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"):
        assert "Retracted: Moon is cheese" in client.get(address).content.decode(), address
    assert '"creativeWorkStatus":"Retracted"' in client.get(edition.get_absolute_url()).text


def test_a_link_to_a_retracted_story_says_so_from_then_on(client):
    target = make_story("Moon is cheese", now=NOON)
    other = make_post("A neighbour")
    make_link(other, target, headline="What the moon is made of")
    address = publish(other, by=None, now=NOON).get_absolute_url()
    places = (address, "/feeds/atom.xml")

    def said():
        pages = [client.get(place).content.decode() for place in places]
        link = re.compile(r"Retracted.{,20}strong.{,150}What the moon is made of", re.DOTALL)
        return [bool(link.search(page)) for page in pages]

    assert said() == [False, False]
    change(target, "retraction", at=NOON + DAY)
    assert said() == [True, True]


def test_a_story_that_was_not_retracted_is_called_so_nowhere(client):
    edition = change(make_story(now=NOON), "correction", at=NOON + DAY)
    for address in (edition.get_absolute_url(), "/", "/latest/", "/feeds/rss.xml"):
        assert "etracted" not in client.get(address).text


def test_an_apology_is_among_the_corrections(client):
    change(make_story("Moon", now=NOON), "apology", "We are sorry.", at=NOON + DAY)
    page = client.get("/corrections/").text
    assert "Apology" in page
    assert "We are sorry." in page
