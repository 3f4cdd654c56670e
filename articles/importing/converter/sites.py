"""Sites whose videos and posts are shown by their address, and what an embed of one is called."""

import re
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _

from ...library.embeds.providers import PROVIDERS

OTHERS = {
    "dailymotion.com": "Dailymotion",
    "reddit.com": "Reddit",
    "spotify.com": "Spotify",
    "mixcloud.com": "Mixcloud",
    "podcasts.apple.com": "Apple Podcasts",
    "flickr.com": "Flickr",
    "imgur.com": "Imgur",
    "pinterest.com": "Pinterest",
    "tumblr.com": "Tumblr",
    "scribd.com": "Scribd",
    "slideshare.net": "SlideShare",
    "ted.com": "TED",
    "kickstarter.com": "Kickstarter",
    "issuu.com": "Issuu",
    "google.com": "Google",
    "archive.org": "Internet Archive",
    "giphy.com": "Giphy",
    "linkedin.com": "LinkedIn",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "mastodon.social": "Mastodon",
}
"""Sites of which nothing is shown in a page, and hosts that have more than what is."""

SITES = {
    host.removeprefix("www."): provider.name
    for provider in PROVIDERS
    for hosts in (provider.hosts, *(form.hosts for form in provider.forms))
    for host in hosts
} | OTHERS

PLUGINS = {"/plugins/post.php", "/plugins/video.php"}
"""What Facebook shows a post in, or a film: the address of that is a parameter."""


def is_address(text: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>\"']{3,490}", text)) and bool(host_of(text))


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def site_of(address: str) -> str:
    """The name of the site, if it is one of those that are known."""
    host = host_of(address)
    while host:
        if host in SITES:
            return SITES[host]
        host = host.partition(".")[2]
    return ""


def whole(address: str) -> str:
    """An address with its scheme; that of a player as that of the page that it plays."""
    address = address.strip()
    if address.startswith("//"):
        address = "https:" + address
    parts = urlsplit(address) if is_address(address) else None
    if (
        parts
        and site_of(address) == "YouTube"
        and (found := re.match("/embed/([^/]+)", parts.path))
    ):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if parts and (parts.hostname or "") == "player.vimeo.com":
        key = "".join(f"/{each}" for each in parse_qs(parts.query).get("h", [])[:1])
        return f"https://vimeo.com/{parts.path.rpartition('/')[2]}{key}"
    if parts and parts.path in PLUGINS and (href := parse_qs(parts.query).get("href")):
        return href[0]
    return address


def title_of(address: str, kind: str = "") -> str:
    """What a link to an embed says when the old site gave it no title."""
    if kind in {"audio", "video", "file"}:
        name = urlsplit(address).path.rpartition("/")[2][:120]
        words = {"audio": _("Audio: %s"), "video": _("Video: %s"), "file": _("Document: %s")}
        return words[kind] % (name or host_of(address))
    return _("See it on %s") % (site_of(address) or host_of(address))
