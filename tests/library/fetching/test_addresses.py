"""Which addresses are fetched from, in every spelling."""

import pytest

from articles.library.fetching.public_addresses import why_not_public
from articles.library.fetching.target import FetchRefused, target_of

REFUSED = """
http://127.0.0.1/
http://127.0.0.1:80/
http://127.1/
http://127.0.1/
http://2130706433/
http://0x7f000001/
http://0x7f.0.0.1/
http://0x7f.1/
http://0177.0.0.1/
http://0177.1/
http://017700000001/
http://127.0.0.1./
http://①②⑦.⓪.⓪.①/
http://１２７.0.0.1/
http://127。0。0。1/
http://0/
http://0.0.0.0/
http://10.0.0.1/
http://0xa.0.0.1/
http://167772161/
http://10.1/
http://100.64.0.1/
http://169.254.169.254/latest/meta-data/
http://0xa9fea9fe/
http://2852039166/
http://172.16.0.1/
http://172.31.255.255/
http://192.168.1.1/
http://192.0.0.9/
http://192.0.0.170/
http://192.0.2.1/
http://192.88.99.1/
http://198.18.0.1/
http://198.51.100.7/
http://203.0.113.1/
http://224.0.0.1/
http://239.255.255.250/
http://240.0.0.1/
http://255.255.255.255/
http://[::]/
http://[::1]/
http://[0:0:0:0:0:0:0:1]/
http://[::127.0.0.1]/
http://[::8.8.8.8]/
http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::FFFF:8.8.8.8]/
http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://[64:ff9b::8.8.8.8]/
http://[64:ff9b:1::1]/
http://[100::1]/
http://[2001::1]/
http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/
http://[2001:10::1]/
http://[2001:20::1]/
http://[2001:db8::1]/
http://[2002:7f00:1::]/
http://[2002:808:808::1]/
http://[3fff::1]/
http://[4000::1]/
http://[5f00::1]/
http://[fc00::1]/
http://[fd12:3456::1]/
http://[fe80::1]/
http://[fe80::1%25eth0]/
http://[fe80::1%eth0]/
http://[fec0::1]/
http://[ff02::1]/
http://[2606:2800:220:1:0:5efe:7f00:1]/
http://[2606:2800:220:1:200:5efe:10.0.0.1]/
https://localhost/
http://LOCALHOST/
http://localhost.example/
http://half.example/
http://loop6.example/
http://mapped.example/
http://gone.example/
http://user@93.184.215.14/
http://user:pass@93.184.215.14/
http://@93.184.215.14/
http://93.184.215.14@127.0.0.1/
http://93.184.215.14:8080/
http://93.184.215.14:22/
http://93.184.215.14:0/
http://93.184.215.14:99999/
http://93.184.215.14:http/
http://93.184.215.14\\@127.0.0.1/
http:\\\\127.0.0.1/
http:///x
http:/127.0.0.1/
http://
//93.184.215.14/
93.184.215.14
ftp://93.184.215.14/
file:///etc/passwd
gopher://93.184.215.14/
data:text/plain,x
javascript:alert(1)
http://[::1/
http://a b.example/
http://.example/
http://-/
""".strip().splitlines()

PUBLIC = """
http://93.184.215.14/
https://93.184.215.14/
http://93.184.215.14:443/
http://93.184.215.14./
http://0x5db8d70e/
HTTP://PICTURES.EXAMPLE/
http://pictures.example./
http://münchen.example/
http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/
http://192.0.1.1/
http://172.32.0.1/
http://100.128.0.1/
""".strip().splitlines()


@pytest.fixture(autouse=True)
def known(names):
    names |= {
        "localhost": ["127.0.0.1", "::1"],
        "localhost.example": ["127.0.0.1"],
        "half.example": ["93.184.215.14", "10.0.0.1"],
        "loop6.example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"],
        "mapped.example": ["::ffff:93.184.215.14"],
        "pictures.example": ["93.184.215.14"],
        "xn--mnchen-3ya.example": ["93.184.215.14"],
        "intern.example": ["10.0.0.7"],
    }
    return names


def test_the_table_is_long_enough():
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_not_public_is_refused_in_every_spelling(url):
    with pytest.raises(FetchRefused) as refused:
        target_of(url)

    assert str(refused.value).rstrip().count(". ") == 0, "one sentence"


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\0", "\x7f", "\x1b"])
def test_an_address_with_control_characters_is_refused(sign):
    with pytest.raises(FetchRefused, match="characters"):
        target_of(f"http://93.184.215.14/{sign}x")


@pytest.mark.parametrize("url", PUBLIC)
def test_what_is_public_is_allowed(url):
    assert target_of(url).addresses


def test_a_host_of_the_newsrooms_own_network_is_allowed_when_the_settings_name_it(settings):
    settings.FETCH_HOSTS = ["intern.example"]

    assert target_of("http://intern.example/x").addresses == ("10.0.0.7",)
    with pytest.raises(FetchRefused):
        target_of("http://10.0.0.7/x")


def test_the_settings_can_refuse_more_networks(settings):
    settings.FETCH_REFUSED_NETWORKS = ["93.184.0.0/16", "2606:2800::/32"]

    assert why_not_public("93.184.215.14")
    assert why_not_public("2606:2800::1")
    assert not why_not_public("93.183.1.1")


def test_a_host_is_looked_up_once(monkeypatch):
    asked = []

    def look_up(host, port):
        asked.append(host)
        return ["93.184.215.14"] if len(asked) == 1 else ["127.0.0.1"]

    monkeypatch.setattr("articles.library.fetching.target.look_up", look_up)

    assert target_of("http://rebinding.example/").addresses == ("93.184.215.14",)
    assert asked == ["rebinding.example"]


def test_a_name_that_nobody_answers_for_is_given_up(monkeypatch):
    monkeypatch.setattr("articles.library.fetching.target.LOOKUP_SECONDS", 0)
    monkeypatch.setattr(
        "articles.library.fetching.target.look_up", lambda *_: __import__("time").sleep(0.2) or []
    )

    with pytest.raises(FetchRefused, match="no host called"):
        target_of("http://slow.example/")
