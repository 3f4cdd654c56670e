"""Films and sounds as readers, feeds, search engines and the search get them."""

import json
import re

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.library.recordings.captions import mark_of
from articles.models import Photo
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post, make_recording, play
from tests.recording_files import CAPTIONS

pytestmark = pytest.mark.django_db

NS = {"atom": "http://www.w3.org/2005/Atom", "content": "http://purl.org/rss/1.0/modules/content/"}


@pytest.fixture
def film():
    return make_recording(poster=make_photo(token="poster", alt="A flooded street."))


@pytest.fixture
def sound():
    return make_recording("sound", title="The mayor speaks")


def story_with(*recordings, **fields):
    post = make_post()
    for recording in recordings:
        play(post, recording, **fields)
    return publish(post, by=None)


def page(client, edition):
    return client.get(edition.get_absolute_url()).text


def test_a_film_is_played_by_the_browser_and_loads_nothing_before(client, film):
    text = page(client, story_with(film))

    video = re.search(r"<video.*?</video>", text, re.DOTALL)[0]
    assert " controls" in video
    assert 'preload="none"' in video
    assert ('width="640"' in video, 'height="360"' in video) == (True, True)
    assert f'src="/media/{film.file.name}" type="video/webm"' in video
    assert "/media/renditions/poster/" in video
    assert "A flooded street." in video
    assert 'class="recording film film-16x9"' in text
    assert "2:05" in text
    assert "css/recordings.css" in text
    assert "<track" not in video


def test_captions_are_on_from_the_beginning(client, film):
    film.captions, film.no_speech = CAPTIONS, False
    film.save()

    text = page(client, story_with(film))

    assert f'src="/media/recordings/{film.token}/{mark_of(CAPTIONS)}.vtt"' in text
    assert re.search(r'<track[^>]*kind="captions"[^>]*default', text)


def test_a_sound_is_read_below_it(client, sound):
    text = page(client, story_with(sound))

    assert re.search(r'<audio controls\s+preload="none"', text)
    assert 'type="audio/mpeg"' in text
    transcript = re.search(r'<details class="transcript">.*?</details>', text, re.DOTALL)[0]
    assert "It began at four in the morning." in transcript


def test_a_story_has_its_own_words_for_it(client, film):
    text = page(client, story_with(film, title="Our title", caption="Our caption.", credit="Us"))

    caption = re.search(r"<figcaption>.*?</figcaption>", text, re.DOTALL)[0]
    assert ("Our title" in caption, "Our caption." in caption, ">Us<" in caption) == (True,) * 3
    assert "The flood" not in caption


def test_hostile_words_are_words(client, sound):
    sound.transcript = "</details><script>alert(1)</script>"
    sound.save()

    text = page(client, story_with(sound, title='"><img src=x onerror=alert(1)>'))

    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_the_page_of_another_story_has_no_style_sheet_of_films(client):
    assert "recordings.css" not in page(client, publish(make_post(), by=None))


def test_search_engines_are_told_what_it_is(client, film, sound):
    text = page(client, story_with(film, sound))
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])["@graph"]

    [video], [audio] = graph[0]["video"], graph[0]["audio"]
    assert (video["@type"], audio["@type"]) == ("VideoObject", "AudioObject")
    assert video["name"] == "The flood"
    assert video["duration"] == "PT125S"
    assert video["contentUrl"] == f"http://testserver/media/{film.file.name}"
    assert "/media/renditions/poster/" in video["thumbnailUrl"]
    assert video["uploadDate"]
    assert audio["encodingFormat"] == "audio/mpeg"


@pytest.mark.parametrize("in_full", [True, False])
def test_feeds_enclose_them(client, settings, film, sound, in_full):
    settings.FEEDS_IN_FULL = in_full
    story_with(film, sound)

    rss = ElementTree.fromstring(client.get("/feeds/rss.xml").text)
    atom = ElementTree.fromstring(client.get("/feeds/atom.xml").text)
    [item] = client.get("/feeds/feed.json").json()["items"]

    [enclosure] = rss.findall(".//enclosure")
    url = f"http://testserver/media/{film.file.name}"
    assert enclosure.attrib == {"url": url, "length": "4000", "type": "video/webm"}
    links = atom.findall(".//atom:entry/atom:link[@rel='enclosure']", NS)
    assert [link.get("type") for link in links] == ["video/webm", "audio/mpeg"]
    assert [each["mime_type"] for each in item["attachments"]] == ["video/webm", "audio/mpeg"]
    assert item["attachments"][0]["duration_in_seconds"] == 125


def test_addresses_in_feeds_are_whole(client, film):
    film.captions = CAPTIONS
    film.save()
    story_with(film)

    html = (
        ElementTree.fromstring(client.get("/feeds/rss.xml").text)
        .find(".//content:encoded", NS)
        .text
    )

    addresses = re.findall(r'(?:src|href|poster)="([^"]*)"', html)
    assert len(addresses) >= 4
    assert all(each.startswith("http://testserver/") for each in addresses)


def test_a_film_whose_poster_is_not_for_others_is_for_our_pages_alone(client, film):
    edition = story_with(film)
    assert client.get("/feeds/feed.json").json()["items"][0]["attachments"]
    Photo.objects.update(not_for_others=True)
    invalidate()

    [item] = client.get("/feeds/feed.json").json()["items"]

    assert "attachments" not in item
    assert film.token not in item["content_html"]
    assert film.token in page(client, edition)
    assert "thumbnailUrl" not in page(client, edition)


def test_readers_find_a_story_by_what_is_said_in_it(client, sound):
    sound.transcript = "Sandbags were brought by helicopter."
    sound.save()
    post = story_with(sound, title="Nightly bulletin").post

    for words in ("helicopter", "bulletin"):
        assert post.headline in client.get("/search/", {"q": words}).text, words


def test_a_page_costs_the_same_queries_with_ten_as_with_none(client):
    recordings = [make_recording(sort) for sort in ("film", "sound") * 5]
    costs = []
    for played in ([], recordings):
        edition = story_with(*played)
        with CaptureQueriesContext(connection) as asked:
            page(client, edition)
        costs.append(len(asked))

    assert costs[1] <= costs[0] <= 4
