"""The providers whose pages can be shown in a story: one table of all that is known of them.

A new provider is a new entry here, and an example in the tests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from .frames import google_map, open_street_map, soundcloud, youtube
from .place import Place

WIDE, TALL, POST, SOUND, CHART, MAP = "wide", "tall", "post", "sound", "chart", "map"

Values = Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """One form of a provider's addresses: what matches a whole path, and what each of some
    parameters, and the frame's address made of what was found there."""

    path: str
    frame: str | Callable[[Place, Values], str]
    shape: str = ""
    query: Values = field(default_factory=dict)
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """A site that readers know by a name.

    `frame_host` is the only host that its frames come from. `allow` are the powers of browsers that
    they need, `referrer` what they are told of our page: nothing, unless they refuse to play then.
    `oembed` is where the site tells what is at an address, and `gone` with which answers it says
    that there is nothing any more; without it the page itself is asked, unless `answers_always`.
    """

    key: str
    name: str
    hosts: tuple[str, ...]
    frame_host: str
    forms: tuple[Form, ...]
    shape: str = POST
    allow: str = "fullscreen"
    referrer: str = "no-referrer"
    oembed: str = ""
    gone: frozenset[int] = frozenset({404, 410})
    answers_always: bool = False


_VIDEO = "fullscreen; picture-in-picture; encrypted-media"
_ID = r"[A-Za-z0-9_-]{1,80}"
_NAME = r"[A-Za-z0-9._-]{1,80}"
_NUMBER = r"\d{1,25}"
_SLUG = r"[A-Za-z0-9._%-]{1,200}"
_YOUTUBE_ID = r"[A-Za-z0-9_-]{11}"
_YOUTUBE = ("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com")
_NO_COOKIE = ("www.youtube-nocookie.com", "youtube-nocookie.com")
_KEY = r"[0-9a-f]{6,20}"

PROVIDERS = (
    Provider(
        "youtube",
        "YouTube",
        hosts=(*_YOUTUBE, *_NO_COOKIE),
        frame_host="www.youtube-nocookie.com",
        forms=(
            Form("/watch/?", youtube, query={"v": _YOUTUBE_ID}),
            Form(f"/(?:embed|live|v)/(?P<v>{_YOUTUBE_ID})/?", youtube),
            Form(f"/shorts/(?P<v>{_YOUTUBE_ID})/?", youtube, TALL),
            Form(f"/(?P<v>{_YOUTUBE_ID})", youtube, hosts=("youtu.be", "www.youtu.be")),
            Form(
                "/playlist/?",
                "https://www.youtube-nocookie.com/embed/videoseries?list={list}",
                query={"list": _ID},
            ),
        ),
        shape=WIDE,
        allow=_VIDEO,
        # It plays nothing for a page that does not say where it is.
        referrer="strict-origin",
        oembed="https://www.youtube.com/oembed?format=json&url={url}",
        gone=frozenset({400, 401, 403, 404, 410}),
    ),
    Provider(
        "vimeo",
        "Vimeo",
        hosts=("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
        frame_host="player.vimeo.com",
        forms=(
            Form(
                rf"/(?P<v>\d{{5,12}})/(?P<h>{_KEY})/?",
                "https://player.vimeo.com/video/{v}?h={h}&dnt=1",
            ),
            Form(
                r"/video/(?P<v>\d{5,12})/?",
                "https://player.vimeo.com/video/{v}?h={h}&dnt=1",
                query={"h": _KEY},
                hosts=("player.vimeo.com",),
            ),
            Form(
                r"/(?:video/|channels/[a-z0-9_-]+/|groups/[a-z0-9_-]+/videos/)?(?P<v>\d{5,12})/?",
                "https://player.vimeo.com/video/{v}?dnt=1",
            ),
        ),
        shape=WIDE,
        allow=_VIDEO,
        referrer="strict-origin",
        oembed="https://vimeo.com/api/oembed.json?url={url}",
    ),
    Provider(
        "x",
        "X",
        hosts=("x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
        frame_host="platform.twitter.com",
        forms=(
            Form(
                rf"/(?:[A-Za-z0-9_]{{1,20}}|i(?:/web)?)/status(?:es)?/(?P<id>{_NUMBER})(?:/.*)?",
                "https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true",
            ),
        ),
        oembed="https://publish.twitter.com/oembed?dnt=true&omit_script=true&url={url}",
    ),
    Provider(
        "bluesky",
        "Bluesky",
        hosts=("bsky.app", "www.bsky.app"),
        frame_host="embed.bsky.app",
        forms=(
            Form(
                rf"/profile/(?P<who>did:plc:[a-z2-7]{{24}}|{_NAME})/post/(?P<id>[a-z2-7]{{13}})/?",
                "https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
            ),
            Form(
                r"/embed/(?P<who>did:plc:[a-z2-7]{24})/app\.bsky\.feed\.post/(?P<id>[a-z2-7]{13})/?",
                "https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
                hosts=("embed.bsky.app",),
            ),
        ),
        oembed="https://embed.bsky.app/oembed?format=json&url={url}",
    ),
    Provider(
        "instagram",
        "Instagram",
        hosts=("instagram.com", "www.instagram.com"),
        frame_host="www.instagram.com",
        forms=(
            Form(
                rf"/(?:{_NAME}/)?(?P<sort>p|reel|tv)/(?P<id>{_ID})(?:/.*)?",
                "https://www.instagram.com/{sort}/{id}/embed/",
            ),
        ),
        answers_always=True,
    ),
    Provider(
        "tiktok",
        "TikTok",
        hosts=("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
        frame_host="www.tiktok.com",
        forms=(
            Form(rf"/@{_NAME}/video/(?P<id>{_NUMBER})/?", "https://www.tiktok.com/player/v1/{id}"),
            Form(
                rf"/(?:player/v1|embed(?:/v2)?)/(?P<id>{_NUMBER})/?",
                "https://www.tiktok.com/player/v1/{id}",
            ),
        ),
        shape=TALL,
        allow=_VIDEO,
        oembed="https://www.tiktok.com/oembed?url={url}",
        gone=frozenset({400, 404, 410}),
    ),
    Provider(
        "facebook",
        "Facebook",
        hosts=("facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"),
        frame_host="www.facebook.com",
        forms=(
            Form(
                rf"/(?:{_NAME}/videos/(?:{_SLUG}/)?{_NUMBER}|reel/{_NUMBER})/?",
                "https://www.facebook.com/plugins/video.php?show_text=false&href={url}",
                WIDE,
            ),
            Form(
                "/watch/?",
                "https://www.facebook.com/plugins/video.php?show_text=false&href={url}",
                WIDE,
                query={"v": _NUMBER},
            ),
            Form(
                rf"/{_NAME}/(?:posts|photos)/{_SLUG}(?:/{_NUMBER})?/?",
                "https://www.facebook.com/plugins/post.php?show_text=true&href={url}",
            ),
            Form(
                r"/(?:permalink|story|photo)(?:\.php|/)",
                "https://www.facebook.com/plugins/post.php?show_text=true&href={url}",
            ),
        ),
        allow=_VIDEO,
        answers_always=True,
    ),
    Provider(
        "threads",
        "Threads",
        hosts=("threads.com", "www.threads.com", "threads.net", "www.threads.net"),
        frame_host="www.threads.com",
        forms=(
            Form(
                rf"/@(?P<who>{_NAME})/post/(?P<id>{_ID})(?:/embed)?/?",
                "https://www.threads.com/@{who}/post/{id}/embed",
            ),
        ),
        answers_always=True,
    ),
    Provider(
        "soundcloud",
        "SoundCloud",
        hosts=("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"),
        frame_host="w.soundcloud.com",
        forms=(
            Form(rf"/(?!discover/|search/|you/){_NAME}/(?:sets/)?{_NAME}/?", soundcloud),
            Form("/player/?", soundcloud, query={"url": ".+"}, hosts=("w.soundcloud.com",)),
        ),
        shape=SOUND,
        allow="encrypted-media",
        oembed="https://soundcloud.com/oembed?format=json&url={url}",
    ),
    Provider(
        "spotify",
        "Spotify",
        hosts=("open.spotify.com",),
        frame_host="open.spotify.com",
        forms=(
            Form(
                r"/(?:intl-[a-z]{2}/)?(?:embed/)?(?P<sort>track|album|playlist|artist|episode|show)"
                r"/(?P<id>[A-Za-z0-9]{22})/?",
                "https://open.spotify.com/embed/{sort}/{id}",
            ),
        ),
        shape=SOUND,
        allow="encrypted-media; fullscreen",
        oembed="https://open.spotify.com/oembed?url={url}",
    ),
    Provider(
        "datawrapper",
        "Datawrapper",
        hosts=("datawrapper.dwcdn.net",),
        frame_host="datawrapper.dwcdn.net",
        forms=(
            Form(r"/(?P<id>[A-Za-z0-9]{5})(?:/\d{1,5})?/?", "https://datawrapper.dwcdn.net/{id}/"),
            Form(
                r"/_/(?P<id>[A-Za-z0-9]{5})/?",
                "https://datawrapper.dwcdn.net/{id}/",
                hosts=("www.datawrapper.de", "datawrapper.de"),
            ),
        ),
        shape=CHART,
        allow="",
    ),
    Provider(
        "flourish",
        "Flourish",
        hosts=("flo.uri.sh", "public.flourish.studio"),
        frame_host="flo.uri.sh",
        forms=(
            Form(
                r"/(?P<sort>visualisation|story)/(?P<id>\d{1,12})(?:/embed)?/?",
                "https://flo.uri.sh/{sort}/{id}/embed",
            ),
        ),
        shape=CHART,
    ),
    Provider(
        "documentcloud",
        "DocumentCloud",
        hosts=("documentcloud.org", "www.documentcloud.org", "embed.documentcloud.org"),
        frame_host="embed.documentcloud.org",
        forms=(
            Form(
                r"/documents/(?P<id>\d{1,12}(?:-[A-Za-z0-9_-]{0,150})?)(?:\.html)?/?",
                "https://embed.documentcloud.org/documents/{id}/?embed=1",
            ),
        ),
        shape=CHART,
        oembed="https://api.www.documentcloud.org/api/oembed.json?url={url}",
    ),
    Provider(
        "openstreetmap",
        "OpenStreetMap",
        hosts=("openstreetmap.org", "www.openstreetmap.org"),
        frame_host="www.openstreetmap.org",
        forms=(Form("/(?:export/embed.html)?", open_street_map),),
        shape=MAP,
        allow="",
        answers_always=True,
    ),
    Provider(
        "googlemaps",
        "Google Maps",
        hosts=("google.com", "www.google.com", "maps.google.com"),
        frame_host="www.google.com",
        forms=(
            Form("/maps(?:/.*)?", google_map),
            Form("/?", google_map, hosts=("maps.google.com",)),
        ),
        shape=MAP,
        allow="fullscreen",
        answers_always=True,
    ),
)

MASTODON = Provider(
    "mastodon",
    "Mastodon",
    hosts=(),  # those in the settings
    frame_host="",  # that of the address
    forms=(
        Form(
            rf"/(?P<who>@{_NAME}(?:@[a-z0-9.-]{{1,100}})?)/(?P<id>{_NUMBER})(?:/embed)?/?",
            "https://{host}/{who}/{id}/embed",
        ),
        Form(
            rf"/users/(?P<who>{_NAME})/statuses/(?P<id>{_NUMBER})/?",
            "https://{host}/@{who}/{id}/embed",
        ),
    ),
)


def providers_of(host: str) -> list[tuple[Provider, Form]]:
    """The forms that addresses of a host may have, each with its provider."""
    if host in settings.MASTODON_HOSTS:
        return [(MASTODON, form) for form in MASTODON.forms]
    return [
        (provider, form)
        for provider in PROVIDERS
        for form in provider.forms
        if host in (form.hosts or provider.hosts)
    ]
