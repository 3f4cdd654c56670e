"""What other systems embedded is an embed here, shown in the page where its provider allows it."""

import pytest

from articles.importing.converter.convert import convert
from articles.importing.converter.pieces import Embedded
from articles.library.embeds.match import embeddable_at

HANDED_OUT = {
    "youtube": '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=x"></iframe>',
    "vimeo": '<iframe src="//player.vimeo.com/video/76979871?h=8272103f6e&dnt=1"></iframe>',
    "x": '<blockquote class="twitter-tweet"><p>Words</p>'
    '<a href="https://twitter.com/somebody/status/20?ref_src=x">1 May</a></blockquote>',
    "instagram": '<blockquote class="instagram-media" '
    'data-instgrm-permalink="https://www.instagram.com/p/CxYz/?utm_source=x"></blockquote>',
    "tiktok": '<blockquote class="tiktok-embed" '
    'cite="https://www.tiktok.com/@somebody/video/6718335390845095173"><a href="#">x</a>'
    "</blockquote>",
    "facebook": '<iframe src="https://www.facebook.com/plugins/video.php?'
    'href=https%3A%2F%2Fwww.facebook.com%2Fsomebody%2Fvideos%2F123%2F"></iframe>',
    "soundcloud": '<iframe src="https://w.soundcloud.com/player/?'
    'url=https%3A//api.soundcloud.com/tracks/1&color=ff"></iframe>',
    "spotify": "<iframe "
    'src="https://open.spotify.com/embed/episode/7makk4oTQel546B0PZlDM5?x=1"></iframe>',
    "datawrapper": '<iframe src="https://datawrapper.dwcdn.net/AbC12/1/"></iframe>',
    "flourish": '<iframe src="https://flo.uri.sh/visualisation/123/embed"></iframe>',
    "documentcloud": "<iframe "
    'src="https://embed.documentcloud.org/documents/123-report/?embed=1"></iframe>',
    "openstreetmap": '<iframe src="https://www.openstreetmap.org/export/embed.html?'
    'bbox=37.1%2C36.1%2C37.2%2C36.2&amp;layer=mapnik"></iframe>',
    "googlemaps": '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12"></iframe>',
    "bluesky": '<iframe src="https://embed.bsky.app/embed/'
    'did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghij2"></iframe>',
    "threads": '<iframe src="https://www.threads.net/@some_body/post/C8abc/embed"></iframe>',
}


@pytest.mark.parametrize("key", HANDED_OUT)
def test_what_a_provider_hands_out_for_embedding_is_shown_from_it(key):
    pieces = convert(f"<p>Before</p>{HANDED_OUT[key]}<p>After</p>", "html").pieces

    [found] = [piece for piece in pieces if isinstance(piece, Embedded)]
    assert embeddable_at(found.address).provider.key == key


def test_a_film_that_is_shown_to_who_has_its_key_alone_keeps_that():
    [found] = convert(HANDED_OUT["vimeo"], "html").pieces

    assert found.address == "https://vimeo.com/76979871/8272103f6e"


def test_a_frame_that_only_looks_like_a_providers_is_a_link():
    [found] = convert(
        '<iframe src="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ"></iframe>', "html"
    ).pieces

    assert embeddable_at(found.address) is None
