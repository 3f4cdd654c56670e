"""Which addresses are shown in a frame, and in which."""

import re
from urllib.parse import urlsplit

import pytest

from articles.library.embeds.frames import seconds_in
from articles.library.embeds.match import embeddable_at
from articles.library.embeds.providers import PROVIDERS

NO_COOKIE = "https://www.youtube-nocookie.com/embed/"
BLUESKY = "https://embed.bsky.app/embed/"
FACEBOOK = "https://www.facebook.com/plugins/"
MAP = "https://www.openstreetmap.org/export/embed.html"
POST = "https%3A%2F%2Fwww.facebook.com%2Fsomebody%2Fposts%2Fpfbid02abc"
FILM = "https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123"
VIDEO = "dQw4w9WgXcQ"

SHOWN = {
    f"https://www.youtube.com/watch?v={VIDEO}": ("youtube", NO_COOKIE + VIDEO),
    f"http://m.youtube.com/watch?app=desktop&v={VIDEO}&t=1m30s": (
        "youtube",
        f"{NO_COOKIE}{VIDEO}?start=90",
    ),
    f"HTTPS://YouTube.com/watch?v={VIDEO}": ("youtube", NO_COOKIE + VIDEO),
    f"https://youtu.be/{VIDEO}?si=abc&t=43": ("youtube", f"{NO_COOKIE}{VIDEO}?start=43"),
    f"https://www.youtube.com/shorts/{VIDEO}": ("youtube", NO_COOKIE + VIDEO),
    f"https://www.youtube.com/live/{VIDEO}?feature=share": ("youtube", NO_COOKIE + VIDEO),
    f"https://www.youtube-nocookie.com/embed/{VIDEO}?start=7": (
        "youtube",
        f"{NO_COOKIE}{VIDEO}?start=7",
    ),
    "https://www.youtube.com/playlist?list=PL123_a-b": (
        "youtube",
        f"{NO_COOKIE}videoseries?list=PL123_a-b",
    ),
    "https://vimeo.com/76979871": ("vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
    "https://vimeo.com/76979871/8272103f6e": (
        "vimeo",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1",
    ),
    "https://player.vimeo.com/video/76979871?h=8272103f6e": (
        "vimeo",
        "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1",
    ),
    "https://twitter.com/somebody/status/20?s=20": (
        "x",
        "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true",
    ),
    "https://x.com/i/web/status/20": (
        "x",
        "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true",
    ),
    "https://bsky.app/profile/news.example/post/3kabcdefghij2": (
        "bluesky",
        f"{BLUESKY}news.example/app.bsky.feed.post/3kabcdefghij2",
    ),
    "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghij2": (
        "bluesky",
        f"{BLUESKY}did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghij2",
    ),
    "https://www.instagram.com/p/CxYz_1-2/?igsh=abc": (
        "instagram",
        "https://www.instagram.com/p/CxYz_1-2/embed/",
    ),
    "https://www.instagram.com/somebody/reel/CxYz/": (
        "instagram",
        "https://www.instagram.com/reel/CxYz/embed/",
    ),
    "https://www.tiktok.com/@some.body/video/6718335390845095173": (
        "tiktok",
        "https://www.tiktok.com/player/v1/6718335390845095173",
    ),
    "https://www.facebook.com/somebody/posts/pfbid02abc": (
        "facebook",
        f"{FACEBOOK}post.php?show_text=true&href={POST}",
    ),
    "https://www.facebook.com/watch/?v=123": (
        "facebook",
        f"{FACEBOOK}video.php?show_text=false&href={FILM}",
    ),
    "https://www.threads.net/@some_body/post/C8abc": (
        "threads",
        "https://www.threads.com/@some_body/post/C8abc/embed",
    ),
    "https://soundcloud.com/somebody/a-track?si=1": (
        "soundcloud",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsomebody%2Fa-track",
    ),
    "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1": (
        "soundcloud",
        "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1",
    ),
    "https://open.spotify.com/intl-de/episode/7makk4oTQel546B0PZlDM5?si=1": (
        "spotify",
        "https://open.spotify.com/embed/episode/7makk4oTQel546B0PZlDM5",
    ),
    "https://datawrapper.dwcdn.net/AbC12/3/": (
        "datawrapper",
        "https://datawrapper.dwcdn.net/AbC12/",
    ),
    "https://public.flourish.studio/visualisation/1234/": (
        "flourish",
        "https://flo.uri.sh/visualisation/1234/embed",
    ),
    "https://www.documentcloud.org/documents/123-some-report.html": (
        "documentcloud",
        "https://embed.documentcloud.org/documents/123-some-report/?embed=1",
    ),
    "https://www.openstreetmap.org/#map=14/36.2000/37.1500": (
        "openstreetmap",
        f"{MAP}?bbox=37.122534%2C36.186148%2C37.177466%2C36.213852&layer=mapnik",
    ),
    "https://www.openstreetmap.org/?mlat=36.2&mlon=37.15#map=14/36.2/37.15": (
        "openstreetmap",
        f"{MAP}?bbox=37.122534%2C36.186148%2C37.177466%2C36.213852&layer=mapnik&marker=36.2%2C37.15",
    ),
    "https://www.google.com/maps/place/Eiffel+Tower/@48.85,2.29,17z": (
        "googlemaps",
        "https://www.google.com/maps?q=Eiffel+Tower&output=embed&ll=48.85,2.29",
    ),
    "https://www.google.com/maps/embed?pb=!1m18!1m12": (
        "googlemaps",
        "https://www.google.com/maps/embed?pb=%211m18%211m12",
    ),
    "https://maps.google.com/?q=Aleppo": (
        "googlemaps",
        "https://www.google.com/maps?q=Aleppo&output=embed",
    ),
}

LOOKS_LIKE_A_PROVIDER = [
    f"https://youtube.com.evil.example/watch?v={VIDEO}",
    f"https://evil-youtube.com/watch?v={VIDEO}",
    f"https://evil.youtube.com/watch?v={VIDEO}",
    f"https://youtu.be@evil.example/{VIDEO}",
    f"https://youtu.be:secret@evil.example/{VIDEO}",
    f"https://evil.example@youtu.be/{VIDEO}",
    f"https://youtu.be:8443/{VIDEO}",
    f"https://youtu.be:443/{VIDEO}",
    f"https://youtu.be:/{VIDEO}",
    f"https://youtu.be./{VIDEO}",
    f"https://evil.example\\@youtu.be/{VIDEO}",
    f"https://youtu.be\\.evil.example/{VIDEO}",
    f"https:\\\\youtu.be/{VIDEO}",
    f"https://evil.example/https://youtu.be/{VIDEO}",
    f"https://evil.example#@youtu.be/{VIDEO}",
    f"https://evil.example?youtu.be/{VIDEO}",
    f"https://xn--yutube-iqc.com/watch?v={VIDEO}",
    f"https://y\u043eutube.com/watch?v={VIDEO}",  # a Cyrillic letter
    f"https://ｙｏｕｔｕｂｅ.com/watch?v={VIDEO}",
    "https://www.ti\u212atok.com/@somebody/video/6718335390845095173",  # the sign for kelvin
    f"https://youtube。com/watch?v={VIDEO}",
    f"javascript://youtu.be/{VIDEO}%0aalert(1)",
    f"data://youtu.be/{VIDEO}",
    f"ftp://youtu.be/{VIDEO}",
    f"//youtu.be/{VIDEO}",
    f"youtu.be/{VIDEO}",
    f"https:/youtu.be/{VIDEO}",
    f"https://youtu.be/{VIDEO}\n",
    f"https://you\ntu.be/{VIDEO}",
    f"https://you\ttu.be/{VIDEO}",
    f" https://youtu.be/{VIDEO}",
    f"https://youtu.be\x00.evil.example/{VIDEO}",
    f"https://[youtu.be]/{VIDEO}",
    f"https://%79outu.be/{VIDEO}",
    f"https://youtu.be/{VIDEO}'onload='alert(1)",
    f'https://www.youtube.com/watch?v={VIDEO}"onload="x',
    "https://www.youtube.com/watch?v=short",
    f"https://www.youtube.com/watch?v={VIDEO}{VIDEO}",
    f"https://www.youtube.com/redirect?q=https://evil.example&v={VIDEO}",
    "https://www.youtube.com/@somebody",
    f"https://youtu.be/{VIDEO}?" + "x" * 500,
    f"https://www.youtube.com/watch?{'a&' * 40}v={VIDEO}",
    "https://w.soundcloud.com/player/?url=https://evil.example/x",
    "https://w.soundcloud.com/player/?url=javascript:alert(1)",
    "https://www.google.com/search?q=maps",
    "https://www.google.com/url?q=https://evil.example",
    "https://www.openstreetmap.org/#map=14/evil/37.1",
    "https://www.openstreetmap.org/",
    "https://bsky.app/profile/a.example/post/../../../x",
    "https://mastodon.social/@somebody/123",
    "https://evil.example/@somebody/123/embed",
    "",
    "https://",
    "https://٣.example",
    "https://x.com/somebody/status/123/\ud800",
    "https://www.google.com/maps/place/\udfff",
    f"https://www.youtube.com/embed/{VIDEO}?\u202e",
]


@pytest.mark.parametrize("url", SHOWN)
def test_an_address_of_a_provider_is_shown_in_the_frame_with_fewest_traces(url):
    found = embeddable_at(url)

    assert (found.provider.key, found.frame) == SHOWN[url]


@pytest.mark.parametrize("url", LOOKS_LIKE_A_PROVIDER)
def test_an_address_that_only_looks_like_a_providers_is_no_embed(url):
    assert embeddable_at(url) is None


def test_every_provider_has_an_example_here():
    assert {key for key, _frame in SHOWN.values()} == {each.key for each in PROVIDERS}


def test_a_frame_comes_from_the_host_that_the_policy_allows_and_nothing_else():
    for url in SHOWN:
        found = embeddable_at(url)
        assert found.source == f"https://{found.provider.frame_host}"
        assert urlsplit(found.frame).scheme == "https"
        assert re.fullmatch(r"""[^\s"'<>;]+""", found.frame)


def test_what_stands_upright_has_another_shape_than_a_film():
    assert embeddable_at(f"https://www.youtube.com/shorts/{VIDEO}").shape == "tall"
    assert embeddable_at(f"https://youtu.be/{VIDEO}").shape == "wide"


def test_mastodon_is_where_the_settings_say(settings):
    settings.MASTODON_HOSTS = ["social.example"]

    found = embeddable_at("https://social.example/@somebody@other.example/123")

    assert found.frame == "https://social.example/@somebody@other.example/123/embed"
    assert found.source == "https://social.example"
    assert embeddable_at("https://social.example.evil.example/@somebody/123") is None
    assert embeddable_at("https://other.example/@somebody/123") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("1h2m3s", 3723), ("", 0), ("-1", 0), ("9" * 9, 0), ("١", 0)],
)
def test_the_second_at_which_a_film_starts_is_read_in_all_its_spellings(text, seconds):
    assert seconds_in(text) == seconds
