"""WordPress: its export file (WXR), an RSS feed with names of its own, in versions 1.0 to 1.2."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ..incoming import (
    CLASSIC,
    DRAFT,
    HTML,
    IN_REVIEW,
    LIVE,
    SCHEDULED,
    Attachment,
    Incoming,
    Item,
    LeftOut,
    Mended,
    Name,
    OldPlace,
    Person,
    Reusable,
    Site,
    Term,
    Unreadable,
    Use,
)
from ..moments import moment
from ..names import author_key, no_mail
from .xml_items import Fields, items_of

NAME = "WordPress"

_NAMESPACES = (
    (re.compile(r"https?://(?:www\.)?wordpress\.org/export/(?:\d\.\d/)?excerpt/?"), "excerpt:"),
    (re.compile(r"https?://(?:www\.)?wordpress\.org/export/(?:\d\.\d/?)?"), "wp:"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content:"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc:"),
)
_MARK = re.compile(r"wordpress\.org/export/")
NO_STORIES = {
    *("attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"),
    *("oembed_cache", "user_request", "wp_block", "wp_template", "wp_template_part"),
    *("wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face"),
}
"""Types of items that are furniture of the old site."""

NEVER = {"trash", "auto-draft", "inherit"}
STATUSES = {"publish": LIVE, "future": SCHEDULED, "pending": IN_REVIEW, "draft": DRAFT}
PLACES = [
    OldPlace(kind, f"{path}/{{}}/{feed}", feed=bool(feed))
    for kind, path in (("category", "/category"), ("tag", "/tag"), ("author", "/author"))
    for feed in ("", "feed/", "feed/atom/", "feed/rss2/")
]
PLACES += [
    OldPlace("site", path, feed=True)
    for path in ("/feed/", "/feed/atom/", "/feed/rss2/", "/feed/rss/", "/feed/rdf/", "/rss/")
]
"""Where names and feeds are on a site of WordPress that nobody told otherwise."""

_FOOTNOTES = re.compile(r"<!--\s*wp:footnotes\b[^>]*/-->")
SEO = re.compile(r"_yoast_|_aioseo|rank_math_|_genesis_|_seopress|_wpseo")


def fits(head: bytes) -> bool:
    text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1", "replace")
    return "<rss" in text and bool(_MARK.search(text))


def short(tag: str) -> str:
    """The name of an element with the prefix that exports usually give it."""
    namespace, _brace, name = tag.removeprefix("{").rpartition("}")
    for pattern, prefix in _NAMESPACES:
        if pattern.fullmatch(namespace):
            return prefix + name
    return name


def read(path: Path, zone: dt.tzinfo) -> Iterator[Item]:
    site, seen = Site(), 0
    elements = items_of(
        path,
        short,
        {"item", "wp:author", "wp:category"},
        {"wp:postmeta", "wp:comment", "wp:termmeta"},
    )
    for element in elements:
        if isinstance(element, Mended):
            yield element
            continue
        name, fields = element
        if name == "wp:category":
            if parent := first(fields, "wp:category_parent").strip():
                yield Term(first(fields, "wp:category_nicename").strip(), parent)
        elif name == "wp:author":
            yield Person(author_key(first(fields, "wp:author_login")), person(fields))
        elif name in {"wp:base_site_url", "wp:base_blog_url", "link"} and not seen:
            if host := host_of(first(fields, "")):
                site.hosts.add(host)
        elif name == "item":
            if not seen:
                yield site
                yield from PLACES
            seen += 1
            if is_shown_block(fields):
                yield Reusable(
                    first(fields, "wp:post_id").strip(), first(fields, "content:encoded")
                )
            yield item(fields, zone)
    if not seen:
        raise Unreadable(_("There is not a single item in it."))


def is_shown_block(fields: Fields) -> bool:
    """Whether it is a reusable block that readers saw: no draft, and not behind a password."""
    kind, status = first(fields, "wp:post_type"), first(fields, "wp:status")
    return (kind, status, first(fields, "wp:post_password")) == ("wp_block", "publish", "")


def person(fields: Fields) -> str:
    """The name of an author. An e-mail address is no name, and is read nowhere."""
    given = (first(fields, f"wp:author_{part}") for part in ("first_name", "last_name"))
    for name in (first(fields, "wp:author_display_name"), " ".join(given)):
        if name.strip() and "@" not in name:
            return plain(name)
    return ""


def item(fields: Fields, zone: dt.tzinfo) -> Item:
    kind, status = first(fields, "wp:post_type") or "post", first(fields, "wp:status")
    key = first(fields, "wp:post_id").strip()
    title = plain(first(fields, "title"))
    if kind == "attachment" and (address := first(fields, "wp:attachment_url").strip()):
        return attachment(fields, key, address)
    if kind in NO_STORIES:
        return LeftOut(key, kind, title, "not_a_story")
    if status in NEVER:
        return LeftOut(key, kind, title, f"status_{status}")
    if not key:
        return LeftOut(key, kind, title, "no_id")
    return story(fields, key, kind, status, title, zone)


def attachment(fields: Fields, key: str, address: str) -> Attachment:
    meta = meta_of(fields)
    credit = " / ".join(
        filter(None, (plain(meta.get(name, "")) for name in ("_media_credit", CREDIT_ORG)))
    )
    return Attachment(
        id=key,
        address=address,
        parent=first(fields, "wp:post_parent").strip(),
        alt=plain(meta.get("_wp_attachment_image_alt", "")),
        caption=plain(first(fields, "excerpt:encoded")),
        credit=credit,
        addresses=[*addresses(fields), f"/?attachment_id={key}"],
    )


CREDIT_ORG = "_navis_media_credit_org"


def story(
    fields: Fields, key: str, kind: str, status: str, title: str, zone: dt.tzinfo
) -> Incoming:
    meta = meta_of(fields)
    html = with_footnotes(first(fields, "content:encoded"), meta.get("footnotes", ""))
    has_markup = "<!-- wp:" in html or re.search(r"<p[\s>]", html, re.I)
    found = Incoming(
        id=key,
        kind=kind,
        status=STATUSES.get(status, DRAFT),
        title=title,
        slug=first(fields, "wp:post_name").strip(),
        standfirst=standfirst(fields, meta),
        published_at=published(fields, zone),
        saved_at=moment(first(fields, "wp:post_modified_gmt"))
        or moment(first(fields, "wp:post_modified"), zone),
        html=html,
        markup=HTML if has_markup else CLASSIC,
        addresses=addresses(fields),
    )
    add_names(found, fields)
    if thumbnail := meta.get("_thumbnail_id", "").strip():
        found.lead = Use(attachment=thumbnail)
    if status not in STATUSES:
        found.notes.append(("status", status))
    if first(fields, "wp:post_password").strip():
        found.status = DRAFT
        found.notes.append(("password", ""))
    if canonical := canonical_elsewhere(meta, first(fields, "link")):
        found.notes.append(("canonical", canonical))
    found.aside |= set_aside(fields, meta)
    return found


def with_footnotes(html: str, kept: str) -> str:
    """The text with its footnotes, which WordPress keeps beside it, where their block stands."""
    if not kept or not (found := _FOOTNOTES.search(html)):
        return html
    try:
        notes = json.loads(kept)
        items = "".join(f"<li>{note['content']}</li>" for note in notes)
    except (ValueError, TypeError, KeyError, RecursionError):
        return html
    return f"{html[: found.start()]}<ol>{items}</ol>{html[found.end() :]}"


def standfirst(fields: Fields, meta: dict[str, str]) -> str:
    """The subtitle, else the excerpt; both where there are both, the subtitle first."""
    parts = (meta.get("newspack_post_subtitle", ""), first(fields, "excerpt:encoded"))
    return "\n".join(dict.fromkeys(filter(None, map(plain, parts))))


def published(fields: Fields, zone: dt.tzinfo) -> str:
    return (
        moment(first(fields, "wp:post_date_gmt"))
        or moment(first(fields, "wp:post_date"), zone)
        or moment(first(fields, "pubDate"))
    )


def addresses(fields: Fields) -> list[str]:
    """The addresses that a story had: its link, its guid, and those with its former names."""
    link = first(fields, "link").strip()
    former = []
    for old in metas(fields, "_wp_old_slug"):
        name = first(fields, "wp:post_name").strip()
        if old.strip() and name and name in link:
            head, _name, tail = link.rpartition(name)
            former.append(head + old.strip() + tail)
    guid = fields["guid"][0] if fields["guid"] else ""
    found = [link, guid[0] if isinstance(guid, tuple) else guid, *former]
    return list(dict.fromkeys(each.strip() for each in found if each.strip()))


def add_names(found: Incoming, fields: Fields) -> None:
    """Authors, categories and tags in the order of the file."""
    guests = []
    for each in fields["category"]:
        text, attributes = each if isinstance(each, tuple) else (each, {})
        name, key = plain(text), attributes.get("nicename", "").strip()
        domain = attributes.get("domain", "category")
        if domain == "author":
            guests.append(Name(author_key(key.removeprefix("cap-")), no_mail(name)))
        elif name and domain in {"category", "post_tag", "tag"}:
            rows = found.categories if domain == "category" else found.tags
            named = next((row for row in rows if row.name == name), None)
            if named is None:
                rows.append(Name(key or name, name))
            elif key:
                # Version 1.0 names each twice, once without its address.
                named.key = key
        elif name:
            found.aside[f"taxonomy_{domain}"] = found.aside.get(f"taxonomy_{domain}", 0) + 1
    login = first(fields, "dc:creator").strip()
    found.authors = guests or ([Name(author_key(login), "")] if login else [])


def canonical_elsewhere(meta: dict[str, str], link: str) -> str:
    canonical = meta.get("_yoast_wpseo_canonical", "").strip()
    return canonical if host_of(canonical) not in {"", host_of(link)} else ""


def set_aside(fields: Fields, meta: dict[str, str]) -> dict[str, int]:
    """What stays behind, counted."""
    counts = {}
    if comments := len(fields["wp:comment"]):
        counts["comments"] = comments
    if seo := sum(1 for name in meta if SEO.match(name)):
        counts["seo"] = seo
    return counts


def first(fields: Fields, name: str) -> str:
    values = fields.get(name)
    if not values:
        return ""
    value = values[0]
    return value[0] if isinstance(value, tuple) else value


def meta_of(fields: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in fields["wp:postmeta"]:
        found.setdefault(first(each, "wp:meta_key").strip(), first(each, "wp:meta_value"))
    return found


def metas(fields: Fields, key: str) -> list[str]:
    return [
        first(each, "wp:meta_value")
        for each in fields["wp:postmeta"]
        if first(each, "wp:meta_key").strip() == key
    ]


def plain(text: Any) -> str:
    """Words without tags, entities decoded (those of titles are often encoded twice)."""
    text = re.sub(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", "", str(text), flags=re.S)
    return " ".join(unescape(unescape(text)).split())


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
