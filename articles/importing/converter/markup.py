"""Block comments and shortcodes as elements: <wp-block n="…" d="{…}">, <wp-short n="…" a="…">."""

import re
from collections import Counter
from html import escape

_COMMENT = re.compile(r"\s*(/?)wp:([a-z][a-z0-9_/-]*)\s*(\{.*\})?\s*(/?)\s*", re.S)
_TAG_OR_CODE = re.compile(
    r"<[^<>]*+>"
    r"|\[(\[?)(/?)([A-Za-z][\w-]{0,60})((?:[=\s/][^\[\]\"]*+(?:\"[^\"\[\]]*+\"[^\[\]\"]*+)*+)?)\](\]?)"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_HIDDEN = re.compile(r"<(script|style|template)\b[^>]*>.*?</\1\s*>", re.S | re.I)
ENCLOSING = {"caption", "wp_caption", "embed", "gallery", "audio", "video", "playlist"}
"""Shortcodes that become elements; the rest lose their brackets."""

SITES = {
    *("youtube", "vimeo", "twitter", "tweet", "instagram", "facebook", "soundcloud", "spotify"),
    *("tiktok", "dailymotion", "googlevideo", "ted", "flickr", "scribd", "gist", "reddit"),
    *("bandcamp", "mixcloud", "slideshare", "vine", "wpvideo", "videopress", "pinterest"),
    *("googlemaps", "iframe", "fb", "kickstarter", "tumblr"),
}
"""Shortcodes that show something from another site, by its address."""


def as_elements(html: str, counts: Counter[str]) -> str:
    """The text with its block comments and shortcodes as elements; unknown shortcodes counted."""
    html = _comments(html)
    return _shortcodes(html, counts) if "[" in html else html


def _comments(html: str) -> str:
    out, place = [], 0
    while (start := html.find("<!--", place)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        out += [html[place:start], _element(html[start + 4 : end])]
        place = end + 3
    out.append(html[place:])
    return "".join(out)


def _element(comment: str) -> str:
    found = _COMMENT.fullmatch(comment)
    if not found:
        # <!--more--> may stand between two words.
        return " "
    closes, name, data, is_void = found.groups()
    if closes:
        return "</wp-block>"
    start = f'<wp-block n="{name.removeprefix("core/")}" d="{escape(data or "")}">'
    return start + "</wp-block>" if is_void else start


def _shortcodes(html: str, counts: Counter[str]) -> str:
    closed = set(re.findall(r"\[/([A-Za-z][\w-]*)\]", html))

    def replaced(found: re.Match[str]) -> str:
        if found[3] is None:
            return found[0]
        before, slash, name, attributes, after = found.groups()
        if before and after:
            return found[0][1:-1]
        if not is_shortcode(found, closed):
            return found[0]
        element = _shortcode(name.lower(), slash, attributes, is_closed=name in closed)
        if element is None:
            counts[f"shortcode_{name.lower()}"] += not slash
        return before + (element or "") + after

    return _TAG_OR_CODE.sub(replaced, html)


def is_shortcode(found: re.Match[str], closed: set[str]) -> bool:
    """Whether brackets hold a shortcode, and not words such as [sic] or [the minister]."""
    _before, slash, name, attributes, _after = found.groups()
    lower = name.lower()
    if slash or name in closed or lower in ENCLOSING or lower in SITES:
        return True
    if _ATTRIBUTE.search(attributes) or attributes.strip() == "/" or "_" in name:
        return True
    # By itself on its line it is none of the words.
    text = found.string
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    rest = text[found.end() : found.end() + 200].partition("\n")[0]
    return not attributes.strip() and not _words(line[-200:]) and not _words(rest)


def _words(html: str) -> str:
    return re.sub(r"<[^<>]*>?", "", html).strip()


def _shortcode(name: str, slash: str, attributes: str, *, is_closed: bool) -> str | None:
    """The element of a shortcode; None for one that only loses its brackets."""
    if name not in ENCLOSING and name not in SITES:
        return None
    if slash:
        return "</wp-short>"
    start = f'<wp-short n="{name}" a="{escape(attributes)}">'
    return start if is_closed else start + "</wp-short>"


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a shortcode, as written in its brackets."""
    return {
        found[1].lower(): found[2] or found[3] or found[4] or ""
        for found in _ATTRIBUTE.finditer(text)
    }
