"""Parts of films and sounds, as players ask for them (RFC 9110, section 14)."""

import email

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

DATA = bytes(range(256)) * 40
SIZE = len(DATA)
NAME = "recordings/a-token-of-its-own/film.mp4"
URL = f"/media/{NAME}"


@pytest.fixture(autouse=True)
def film():
    default_storage.save(NAME, ContentFile(DATA))


def get(client, asked="", **headers):
    headers |= {"Range": asked} if asked else {}
    response = client.get(URL, headers=headers)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response, content


def test_the_whole_is_kept_for_ever_and_taken_for_nothing_else(client):
    response, content = get(client)

    assert (response.status_code, content) == (200, DATA)
    assert response["Content-Type"] == "video/mp4"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(SIZE)
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-50", SIZE - 50, SIZE - 1),
        ("bytes=10000-99999", 10_000, SIZE - 1),
        ("bytes=-99999", 0, SIZE - 1),
        ("bytes=0-0, 99999-", 0, 0),
        ("bytes= 5-9", 5, 9),
    ],
)
def test_a_part_is_answered_with_206(client, asked, first, last):
    response, content = get(client, asked)

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert content == DATA[first : last + 1]
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=9-5"])
def test_a_part_that_is_not_there_is_refused(client, asked):
    response, content = get(client, asked)

    assert (response.status_code, content) == (416, b"")
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert "immutable" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "asked",
    [
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=0-1;2-3",
        "items=0-5",
        "bytes=" + "9" * 5_000 + "-",
        "bytes=" + ",".join(["0-"] * 9),
        "bytes=0-,0-,0-",
        "bytes=" + "- " * 400,
        "bytes=\u0663-\u0664",
    ],
)
def test_what_makes_no_sense_or_asks_too_much_gets_the_whole(client, asked):
    response, content = get(client, asked)

    assert (response.status_code, content) == (200, DATA)


def test_several_parts_come_in_one_answer(client):
    response, content = get(client, "bytes=0-9,100-119,-5")

    assert response.status_code == 206
    assert response["Content-Length"] == str(len(content))
    head = f"Content-Type: {response['Content-Type']}\r\n\r\n".encode()
    parts = email.message_from_bytes(head + content).get_payload()
    assert [part["Content-Range"] for part in parts] == [
        f"bytes 0-9/{SIZE}",
        f"bytes 100-119/{SIZE}",
        f"bytes {SIZE - 5}-{SIZE - 1}/{SIZE}",
    ]
    assert DATA[100:120] in content
    assert content.endswith(b"--\r\n")


def test_a_part_of_another_file_than_the_one_begun_is_the_whole(client):
    etag = get(client)[0]["ETag"]

    assert get(client, "bytes=0-9", **{"If-Range": etag})[0].status_code == 206
    assert get(client, "bytes=0-9", **{"If-Range": '"other"'})[0].status_code == 200
    dated = {"If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"}
    assert get(client, "bytes=0-9", **dated)[0].status_code == 200


def test_what_a_browser_has_is_not_sent_again(client):
    etag = get(client)[0]["ETag"]
    response, content = get(client, "bytes=0-9", **{"If-None-Match": f'"x", W/{etag}'})

    assert (response.status_code, content) == (304, b"")


def test_a_head_request_says_how_long_it_is(client):
    response = client.head(URL, headers={"Range": "bytes=0-9"})

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(SIZE)


@pytest.mark.parametrize(
    "name",
    [
        "recordings/a-token-of-its-own/film.webm",
        "recordings/a-token-of-its-own/film.html",
        "recordings/a-token-of-its-own/",
        "recordings/../settings.py",
        "recordings/a-token-of-its-own/film.mp4/more",
    ],
)
def test_what_is_no_recording_is_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_films_elsewhere_are_led_to_and_captions_are_not(client, settings):
    settings.MEDIA_ELSEWHERE, settings.MEDIA_URL = True, "https://media.example.org/"
    captions = NAME.replace("film.mp4", "0123456789abcdef01234567.vtt")
    default_storage.save(captions, ContentFile(b"WEBVTT\n"))

    assert client.get(URL)["Location"] == f"https://media.example.org/{NAME}"
    response = client.get(f"/media/{captions}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/vtt")
