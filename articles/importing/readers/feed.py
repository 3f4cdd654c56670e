"""Feeds as an archive of a site that offers nothing else: RSS, RDF, Atom, JSON Feed."""

import datetime as dt
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import feedparser
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from ...library.naming.slugs import make_slug
from ..incoming import (
    DRAFT,
    HTML,
    LIVE,
    Incoming,
    Item,
    LeftOut,
    Mended,
    Name,
    Site,
    Told,
    Unreadable,
    Use,
)
from ..moments import moment
from ..names import no_mail
from .opened import opened
from .wordpress import host_of, plain
from .xml_items import MOST_DEPTH
from .xml_text import decoded
from .zips import Stream

NAME = "Feed"
MOST_BYTES = 50 * 1024 * 1024
"""A feed is read whole."""

_ROOT = re.compile(r"<(?:rss|rdf:RDF|RDF|feed|channel)[\s>]", re.I)
BLOGGER_KIND = "http://schemas.google.com/g/2005#kind"
_LONG_TAG = re.compile("<[^<>]{50000}")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.I)
_JSON_FEED = re.compile(r'^\s*\{.{0,2000}?"https?://jsonfeed\.org/version/', re.S)


def fits(head: bytes) -> bool:
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = head.decode(encoding, "replace")
    if _JSON_FEED.match(text):
        return True
    start = text.lstrip()[:1]
    return start == "<" and bool(_ROOT.search(text)) and "<html" not in text[:1000].lower()


def read(path: Path, zone: dt.tzinfo) -> Iterator[Item]:
    with opened(path) as file:
        is_json = file.read(100).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    entries = list((json_entries if is_json else xml_entries)(path))
    stories = [each for each in entries if isinstance(each, dict)]
    yield from (each for each in entries if not isinstance(each, dict))
    if not stories:
        raise Unreadable(_("There is not a single entry in it."))
    for entry in stories:
        yield story(entry, zone)


Entry = dict[str, Any]
"""id, link, title, content, summary, published, updated, authors, names, pictures, players."""


def xml_entries(path: Path) -> Iterator[Entry | Item]:
    counts = Counter[str]()
    with opened(path) as file:
        text = _DECLARATION.sub("", "".join(decoded(io.BytesIO(whole(file)), counts)))
    root = _ROOT.search(text)
    before = text[: root.start()] if root else text
    if "<!DOCTYPE" in (before := _DOCTYPE.sub("", before)).upper() or "<!ENTITY" in before.upper():
        raise Unreadable(_("It declares a document type with entities, which no feed needs."))
    text = before + (text[root.start() :] if root else "")
    refuse_monstrous(text)
    # As a stream: a text that looks like an address would be fetched.
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    yield Site({host} if (host := host_of(parsed.feed.get("link", ""))) else set())
    yield from (Mended(code, count) for code, count in counts.items() if count)
    if parsed.bozo and parsed.entries:
        yield Told("feed_broken", str(parsed.get("bozo_exception", ""))[:200])
    for entry in parsed.entries:
        yield xml_entry(entry)


def refuse_monstrous(text: str) -> None:
    """Raise Unreadable for what the parser would take hours for."""
    if _LONG_TAG.search(text):
        raise Unreadable(_("A tag in it is longer than that of any feed."))
    with suppress(ParseError, DefusedXmlException):
        # What is no XML is looked at up to there, and may be a feed all the same.
        DefusedXMLParser(target=Depth(), encoding="utf-8").feed(text.encode("utf-8", "replace"))


class Depth:
    """Refuses elements that are nested deeper than those of any feed."""

    def __init__(self) -> None:
        self.depth = 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unreadable(_("Elements are nested deeper than %d.") % MOST_DEPTH)

    def end(self, _tag: str) -> None:
        self.depth -= 1


def whole(file: IO[bytes] | Stream) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(_("A feed may have %d MB.") % (MOST_BYTES // 1024**2))
    return data


def xml_entry(entry: Any) -> Entry:
    contents = [each.get("value", "") for each in entry.get("content", ())]
    # Asked with `get`, the parser gives the date of publication in its place.
    updated = entry["updated"] if "updated" in entry else ""  # noqa: SIM401
    return {
        "id": entry.get("id", ""),
        "link": entry.get("link", ""),
        "title": entry.get("title", ""),
        "content": max(contents, key=len, default=""),
        "summary": entry.get("summary", ""),
        "published": entry.get("published") or entry.get("created") or updated,
        "updated": updated,
        "authors": [name_in(each.get("name", "")) for each in entry.get("authors", ()) if each],
        "names": [
            each.get("label") or each.get("term") or ""
            for each in entry.get("tags", ())
            if each.get("scheme") != BLOGGER_KIND
        ],
        "kind": kind_of(entry),
        "is_draft": is_draft(entry),
        **media_of(entry),
    }


def kind_of(entry: Any) -> str:
    """What an entry is in an archive of Blogger: a post, page, comment, setting or template."""
    kinds = [each.get("term", "") for each in entry.get("tags", ())]
    named = next((kind.partition("#")[2] for kind in kinds if "/blogger/" in kind), "")
    return (entry.get("blogger_type") or named or "post").lower()


def is_draft(entry: Any) -> bool:
    status = entry.get("blogger_status", "live").lower()
    return entry.get("app_draft", "").lower() == "yes" or status != "live"


def name_in(author: str) -> str:
    """The name in “anna@old.example (Anna Brown)”, of which the parser may leave some."""
    return author.partition("(")[2].rstrip(") ") if "(" in author else author


def media_of(entry: Any) -> dict[str, Any]:
    """The pictures and the players of an entry, each once."""
    credit = " / ".join(
        filter(None, (plain(each.get("content", "")) for each in entry.get("media_credit", ())))
    )
    pictures: dict[str, Use] = {}
    players: dict[str, str] = {}
    found = [*entry.get("media_content", ()), *entry.get("enclosures", ())]
    for each in found:
        address = each.get("url") or each.get("href") or ""
        kind = (each.get("type") or each.get("medium") or "").partition("/")[0].lower()
        if kind == "image" or (not kind and re.search(r"\.(jpe?g|png|webp|gif)\b", address, re.I)):
            pictures.setdefault(address, Use(address=address, credit=credit))
        elif kind in {"audio", "video"}:
            players.setdefault(address, kind)
    if not pictures:
        for each in entry.get("media_thumbnail", ()):
            pictures.setdefault(
                each.get("url", ""), Use(address=each.get("url", ""), credit=credit)
            )
    pictures.pop("", None)
    return {"pictures": list(pictures.values()), "players": players}


def json_entries(path: Path) -> Iterator[Entry | Item]:
    try:
        with opened(path) as file:
            data = json.loads(without_halves(whole(file).decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is no JSON that can be read: %s.") % str(error)[:200]) from error
    home = str(data.get("home_page_url") or "")
    yield Site({host_of(home)} if host_of(home) else set())
    items = data.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield json_entry(item)


def without_halves(text: str) -> str:
    """JSON in which halves of characters, such as of an emoji that was cut, are marks of a gap.

    No database holds them.
    """
    return _ESCAPE.sub(lambda found: r"\ufffd" if found["half"] else found[0], text)


_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def json_entry(item: Entry) -> Entry:
    def text(name: str) -> str:
        value = item.get(name)
        return "" if value is None or isinstance(value, list | dict) else str(value)

    words = "".join(
        f"<p>{escape(each)}</p>" for each in re.split(r"\n\s*\n", text("content_text")) if each
    )
    authors = item.get("authors") or [item.get("author")]
    attached = [each for each in item.get("attachments") or () if isinstance(each, dict)]
    kinds = {str(each.get("url")): str(each.get("mime_type", "")) for each in attached}
    images = [text("image"), *(url for url, kind in kinds.items() if kind.startswith("image/"))]
    return {
        "id": text("id"),
        "link": text("url"),
        "title": text("title"),
        "content": text("content_html") or words,
        "summary": text("summary"),
        "published": text("date_published"),
        "updated": text("date_modified"),
        "authors": [str(a.get("name") or "") for a in authors if isinstance(a, dict)],
        "names": [str(each) for each in item.get("tags") or () if isinstance(each, str)],
        "pictures": [Use(address=each) for each in dict.fromkeys(images) if each],
        "players": {
            url: kind.partition("/")[0]
            for url, kind in kinds.items()
            if kind.startswith(("audio/", "video/"))
        },
    }


def story(entry: Entry, zone: dt.tzinfo) -> Incoming | LeftOut:
    entry = {
        name: value.replace("\x00", " ") if isinstance(value, str) else value
        for name, value in entry.items()
    }
    title, published = plain(entry["title"]), moment(entry["published"], zone)
    key = entry["id"] or entry["link"] or hash_of_entry(title, entry["published"])
    if (kind := entry.get("kind", "post")) not in {"post", "page"}:
        return LeftOut(key, kind, title, "not_a_story")
    found = Incoming(
        id=key,
        kind=kind,
        status=LIVE if entry["content"] and not entry.get("is_draft") else DRAFT,
        title=title,
        slug=slug_in(entry["link"]),
        published_at=published,
        saved_at=moment(entry["updated"], zone),
        html=(entry["content"] or entry["summary"]) + more_of(entry),
        markup=HTML,
        authors=named(map(no_mail, map(plain, entry["authors"]))),
        categories=named(map(plain, entry["names"])),
        lead=entry["pictures"][0] if entry["pictures"] else None,
        addresses=[each for each in dict.fromkeys((entry["link"], entry["id"])) if "://" in each],
    )
    if entry.get("is_draft"):
        found.notes.append(("status", "draft"))
    if entry["content"]:
        found.standfirst = standfirst(entry)
    else:
        found.notes.append(("summary_only", ""))
    return found


def standfirst(entry: Entry) -> str:
    """The summary, unless it is the beginning of the text once more."""
    summary = plain(entry["summary"])
    start = summary.rstrip(" .…[]")[:100]
    return "" if not start or plain(entry["content"]).startswith(start) else summary


def more_of(entry: Entry) -> str:
    """Pictures beside the first, and players, as elements after the text."""
    pictures = [f'<img src="{escape(use.address)}">' for use in entry["pictures"][1:]]
    known = entry["content"]
    players = [
        f'<{kind} src="{escape(url)}"></{kind}>'
        for url, kind in entry["players"].items()
        if url not in known
    ]
    return "".join(pictures + players)


def named(names: Iterator[str]) -> list[Name]:
    return [Name(make_slug(name, 100) or name, name) for name in dict.fromkeys(names) if name]


def slug_in(link: str) -> str:
    """The last part of an address that has words in it."""
    path = link.partition("?")[0].partition("#")[0].rstrip("/")
    last = path.rpartition("/")[2] if "://" in path and path.count("/") > 2 else ""
    return re.sub(r"\.\w{2,5}$", "", last)


def hash_of_entry(title: str, date: str) -> str:
    digest = hashlib.sha256(f"{title}\n{date}".encode("utf-8", "surrogatepass"))
    return f"hash:{digest.hexdigest()}"
