"""What is asked for, what comes back, and when it stops."""

import gzip
import ssl
import zlib

import pytest

from articles.library.fetching import wire
from articles.library.fetching.fetch import FEED_LIMIT, PICTURE_LIMIT, Fetched, fetch
from articles.library.fetching.target import FetchRefused

URL = "http://pictures.example/a/ä b.jpg?x=1"


def refusal(url=URL, **options):
    with pytest.raises(FetchRefused) as refused:
        fetch(url, **{"limit": 1000} | options)
    return str(refused.value)


def test_a_picture_comes_with_its_type_and_from_the_checked_address(servers):
    servers.answer(b"pixels", Content_Type="image/jpeg; charset=x")

    assert fetch(URL, limit=1000) == Fetched(URL, "image/jpeg", b"pixels")
    assert servers.connected == [("93.184.215.14", 80)]
    assert servers.asked[0].startswith("GET /a/%C3%A4%20b.jpg?x=1 HTTP/1.1\r\n")


def test_nothing_of_ours_is_sent_along(servers, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    servers.answer(b"", Set_Cookie="a=b")
    servers.answer(b"")

    fetch(URL, limit=1000)
    fetch(URL, limit=1000)

    lines = servers.asked[1].split("\r\n")
    assert {line.partition(":")[0] for line in lines[1:] if line} == {
        *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection")
    }


def test_the_name_is_kept_for_tls(servers, monkeypatch):
    named = []

    def wrap(self, connection, *, server_hostname):
        named.append(server_hostname)
        return connection

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    servers.answer(b"x")

    fetch("https://pictures.example/", limit=10)

    assert named == ["pictures.example"]
    assert servers.connected == [("93.184.215.14", 443)]
    assert "\r\nHost: pictures.example\r\n" in servers.asked[0]


def test_a_certificate_is_asked_for(servers):
    servers.answer(b"x")

    assert "prove" in refusal("https://pictures.example/")


def test_three_redirects_are_followed_and_the_fourth_is_not(servers):
    for _ in range(3):
        servers.redirect("/on")
    servers.answer(b"there")
    assert fetch(URL, limit=1000).body == b"there"

    for _ in range(4):
        servers.redirect("/on")
    assert "more than 3" in refusal()


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "//10.0.0.1/", "file:///etc/passwd", "http://pictures.example:22/"],
)
def test_where_a_redirect_leads_is_checked_in_the_same_way(servers, location):
    servers.redirect(location)

    assert refusal()
    assert len(servers.connected) == 1


def test_no_redirect_leads_from_https_to_http(servers, monkeypatch):
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", lambda self, plain, **_: plain)
    servers.redirect("http://pictures.example/")

    assert "from https to http" in refusal("https://pictures.example/")


def test_a_redirect_to_nowhere_is_refused(servers):
    servers.redirect("")
    assert "nowhere" in refusal()
    servers.redirect("http://[::1")
    assert "nowhere" in refusal()


def test_only_hosts_that_were_named_are_asked(servers):
    servers.redirect("http://other.example/")

    assert "not a host that was named" in refusal(hosts={"pictures.example"})
    assert "not a host that was named" in refusal(hosts={"elsewhere.example"})
    assert len(servers.connected) == 1


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "206 Partial"])
def test_another_answer_than_200_is_refused(servers, status):
    servers.answer(b"x", status=status)

    assert status[:3] in refusal()


def test_size_is_counted_while_it_comes(servers):
    servers.answers.append(lambda connection: send_for_ever(connection))
    assert "larger than" in refusal(limit=1_000_000)

    servers.answer(b"x" * 1000)
    assert len(fetch(URL, limit=1000).body) == 1000
    servers.answer(b"x" * 1001)
    assert "larger" in refusal(limit=1000)


def send_for_ever(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 100_000)


def test_size_is_counted_after_decompression(servers):
    servers.answer(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip")
    assert "larger" in refusal(limit=1_000_000)

    servers.answer(gzip.compress(b"words"), Content_Encoding="gzip")
    assert fetch(URL, limit=1000).body == b"words"


def test_what_is_packed_badly_or_otherwise_is_refused(servers):
    servers.answer(gzip.compress(b"words" * 100)[:-12], Content_Encoding="gzip")
    assert "did not answer" in refusal()
    servers.answer(zlib.compress(b"words"), Content_Encoding="deflate")
    assert "packed in a way" in refusal()
    servers.answer(b"not gzip at all", Content_Encoding="gzip")
    assert "did not answer" in refusal()


def test_a_cut_off_answer_is_refused(servers):
    servers.answer(b"half", Content_Length="10")

    assert "did not answer" in refusal()


def test_what_is_no_web_server_is_refused(servers):
    servers.answers.append(b"SSH-2.0-OpenSSH_9.6\r\n")
    assert "did not answer" in refusal()
    servers.answers.append(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n")
    assert "did not answer" in refusal()
    assert "cannot be reached" in refusal()


def test_a_server_that_says_nothing_is_given_up(servers, monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.05)
    servers.answers.append(lambda connection: connection.recv(1))

    assert "too long" in refusal()


def test_a_server_that_drips_its_headers_is_given_up(servers, monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.2)
    servers.answers.append(drip(b"HTTP/1.1 200 OK\r\n"))

    assert "too long" in refusal()


def test_a_server_that_drips_its_words_is_given_up(servers, monkeypatch):
    monkeypatch.setattr("articles.library.fetching.fetch.MOST_SECONDS", 0.3)
    servers.answers.append(drip(b"HTTP/1.1 200 OK\r\n\r\n"))

    assert "too long" in refusal(limit=10**9)


def drip(first):
    def answer(connection):
        connection.sendall(first)
        connection.settimeout(0.02)
        while True:
            connection.sendall(b"x")
            try:
                connection.recv(1)
            except TimeoutError:
                continue

    return answer


def test_a_host_is_asked_twice_a_second_at_most(servers, waited):
    for _ in range(3):
        servers.answer(b"x")
        fetch(URL, limit=10)

    assert len(waited) == 2
    assert 0.9 < sum(waited) <= 1.5


def test_the_proxy_of_the_settings_is_asked_for_the_checked_address(servers, settings):
    settings.FETCH_PROXY = "http://proxy.example:3128"
    servers.answers.append(through_proxy)

    assert fetch("http://other.example/", limit=10).body == b"ok"
    assert servers.connected == [("proxy.example", 3128)]
    assert "CONNECT [2606:2800:21f:cb07:6820:80da:af6b:8b2c]:80 " in servers.asked[0]


def through_proxy(connection):
    connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nok")


def test_the_limits_are_those_of_pictures_and_feeds():
    assert (PICTURE_LIMIT, FEED_LIMIT) == (50 * 1024**2, 10 * 1024**2)
