"""What the dialog of an embed asks: what readers get, and what the provider says of it."""

import json

import pytest

from articles.desk import roles
from articles.library.embeds import ask
from articles.library.fetching.fetch import Fetched
from articles.library.fetching.target import FetchRefused
from articles.models import Photo
from tests.builders import make_user
from tests.library.pictures.files import picture_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.admin.choosers.urls"),
    pytest.mark.usefixtures("pictures_read_here"),
]

FACTS = "/admin/on/choose/embed/"
FETCH = "/admin/on/choose/embed/fetch/"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
THUMB = "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


@pytest.fixture
def world(monkeypatch):
    """What is answered at addresses elsewhere, {address: bytes}, and in `asked` what was asked."""

    class World(dict):
        """Answers by address; `asked` are the addresses that were asked, in order."""

    world = World()
    world.asked = []

    def fetch(url, *, limit, hosts=None):
        world.asked.append(url)
        if url not in world:
            raise FetchRefused("“It” answers 404.")
        return Fetched(url, "", world[url])

    monkeypatch.setattr(ask, "fetch", fetch)
    monkeypatch.setattr("articles.admin.choosers.embeds.fetch", fetch)
    return world


def says(world, **said):
    address = "https://www.youtube.com/oembed?format=json&url="
    address += "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"
    world[address] = json.dumps(said).encode()


def test_what_readers_get_is_told_without_asking_anybody(desk, world):
    facts = desk.get(FACTS, {"url": VIDEO}).json()
    other = desk.get(FACTS, {"url": "https://youtube.com.evil.example/watch?v=x"}).json()

    assert facts == {"name": "YouTube", "shown": True, "tells": True}
    assert other == {"name": "", "shown": False, "tells": False}
    named = desk.get(FACTS, {"url": "https://youtu.be/abc"}).json()
    assert named == {"name": "YouTube", "shown": False, "tells": False}
    assert world.asked == []


def test_a_title_and_a_picture_are_fetched_with_a_note_on_rights(desk, world, reporter):
    says(world, title=" The \u200bspeech\n", thumbnail_url=THUMB, html="<script>")
    world[THUMB] = picture_file(size=(480, 360)).read()

    answer = desk.post(FETCH, {"url": VIDEO}).json()

    photo = Photo.objects.get()
    assert (answer["title"], answer["photo"]["slug"], answer["errors"]) == (
        "The speech",
        photo.slug,
        [],
    )
    assert photo.added_by == reporter
    assert photo.credit == "YouTube"
    assert VIDEO in photo.rights_note
    assert "May we show it?" in photo.rights_note


def test_what_is_no_picture_is_told_and_the_title_comes_all_the_same(desk, world):
    says(world, title="The speech", thumbnail_url=THUMB)
    world[THUMB] = b"<svg onload=alert(1)>"

    answer = desk.post(FETCH, {"url": VIDEO}).json()

    assert answer["title"] == "The speech"
    assert answer["photo"] is None
    assert answer["errors"]
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"title": 7, "thumbnail_url": {}}'],
)
def test_an_answer_that_makes_no_sense_does_no_harm(desk, world, said):
    says(world)
    world[next(iter(world))] = said

    answer = desk.post(FETCH, {"url": VIDEO})

    assert answer.status_code in {200, 422}
    assert not Photo.objects.exists()


@pytest.mark.parametrize("thumb", ["javascript:alert(1)", "file:///etc/passwd", "//x", "x" * 600])
def test_a_picture_is_fetched_from_the_web_alone(desk, world, thumb):
    says(world, title="The speech", thumbnail_url=thumb)

    desk.post(FETCH, {"url": VIDEO})

    assert thumb not in world.asked


@pytest.mark.parametrize("url", ["", "https://example.org/", "https://www.instagram.com/p/CxYz/"])
def test_who_tells_nothing_is_not_asked(desk, world, url):
    answer = desk.post(FETCH, {"url": url})

    assert answer.status_code == 422
    assert world.asked == []


def test_who_may_add_no_pictures_fetches_none(client, world):
    client.force_login(make_user(roles.LAWYER))

    assert client.post(FETCH, {"url": VIDEO}).status_code == 403
    assert world.asked == []
