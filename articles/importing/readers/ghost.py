"""Ghost: the JSON of Settings → Export, versions 2 to 6, alone or in a zip with its pictures.

Only the fields that are named here are ever read: accounts, keys, members and e-mail addresses
never become objects.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson
from django.utils.translation import gettext as _

from ..incoming import (
    DRAFT,
    HTML,
    LIVE,
    SCHEDULED,
    Incoming,
    Item,
    LeftOut,
    Name,
    OldPlace,
    Person,
    Site,
    Unreadable,
    Use,
)
from ..moments import moment
from ..names import no_mail
from .ghost_words import html_of_lexical, html_of_mobiledoc
from .markdown import html_of_markdown
from .opened import opened
from .wordpress import plain

NAME = "Ghost"
STATUSES = {"published": LIVE, "scheduled": SCHEDULED, "draft": DRAFT, "sent": DRAFT}
FIELDS = {
    "users": {"id", "name", "slug", "bio", "profile_image", "image"},
    "tags": {"id", "name", "slug", "visibility"},
    "posts_authors": {"post_id", "author_id", "sort_order"},
    "posts_tags": {"post_id", "tag_id", "sort_order"},
    "posts_meta": {
        *("post_id", "feature_image_alt", "feature_image_caption", "meta_title"),
        *("meta_description", "email_only"),
    },
    "posts": {
        *("id", "uuid", "title", "slug", "html", "lexical", "mobiledoc", "markdown", "type"),
        *("page", "status", "visibility", "feature_image", "image", "custom_excerpt", "author_id"),
        *("published_at", "created_at", "updated_at", "canonical_url", "codeinjection_head"),
        *("codeinjection_foot", "feature_image_alt", "feature_image_caption", "language", "locale"),
        *("meta_title", "meta_description"),
    },
}
"""The fields that are read of each table; nothing else is."""

PLACES = [
    OldPlace("tag", "/tag/{}/"),
    OldPlace("category", "/tag/{}/"),
    OldPlace("author", "/author/{}/"),
    OldPlace("tag", "/tag/{}/rss/", feed=True),
    OldPlace("category", "/tag/{}/rss/", feed=True),
    OldPlace("author", "/author/{}/rss/", feed=True),
    OldPlace("site", "/rss/", feed=True),
]
LONGEST_TEXT = 10 * 1024 * 1024
MOST_BYTES_OF_TEXT = 3 * LONGEST_TEXT
PIECE = 4 * 1024
LONGEST_PREFIX = 4_000
"""Characters of the names of what an element is in."""

_CREDIT = re.compile(
    r"\s*(?:photo|image|picture|foto|credit|source)s?\s*(?:by|:|from|/)|.*/\s*(?:unsplash|getty|afp"
    r"|reuters|pexels|shutterstock|wikimedia)|\s*©",
    re.I | re.S,
)
Row = dict[str, Any]


def fits(head: bytes) -> bool:
    text = head.decode("utf-8-sig", "replace").lstrip()
    if re.match(r'\{\s*"db"\s*:\s*\[', text):
        return True
    return bool(re.match(r'\{\s*"(?:meta|data)"\s*:\s*\{', text)) and (
        '"exported_on"' in text or '"posts' in text
    )


def read(path: Path, zone: dt.tzinfo) -> Iterator[Item]:
    tables = Tables()
    for table, row in rows(path, set(FIELDS) - {"posts"}):
        tables.take(table, row)
    yield Site()
    yield from PLACES
    for user in tables.users.values():
        yield person(user)
    seen = 0
    for _table, row in rows(path, {"posts"}):
        seen += 1
        yield story(row, tables)
    if not seen:
        raise Unreadable(_("There is not a single story in it."))


class Tables:
    """What posts refer to, by their keys."""

    def __init__(self) -> None:
        self.users: dict[str, Row] = {}
        self.tags: dict[str, Row] = {}
        self.meta: dict[str, Row] = {}
        self.of_post: dict[str, dict[str, list[tuple[int, str]]]] = {
            "posts_authors": defaultdict(list),
            "posts_tags": defaultdict(list),
        }

    def take(self, table: str, row: Row) -> None:
        if table == "posts_meta":
            self.meta[text(row, "post_id")] = row
        elif table in self.of_post:
            key = "author_id" if table == "posts_authors" else "tag_id"
            order = row.get("sort_order")
            place = (int(order) if isinstance(order, int) else 0, text(row, key))
            self.of_post[table][text(row, "post_id")].append(place)
        else:
            (self.users if table == "users" else self.tags)[text(row, "id")] = row

    def authors(self, post: Row) -> list[Row]:
        keys = [key for _place, key in sorted(self.of_post["posts_authors"][text(post, "id")])]
        keys = keys or [text(post, "author_id")]
        return [self.users[key] for key in keys if key in self.users]

    def tags_of(self, post: Row) -> list[Row]:
        keys = [key for _place, key in sorted(self.of_post["posts_tags"][text(post, "id")])]
        return [self.tags[key] for key in keys if key in self.tags]


def rows(path: Path, wanted: set[str]) -> Iterator[tuple[str, Row]]:
    """(table, row) of some tables, as a stream; of each row the fields of FIELDS alone."""
    try:
        with opened(path) as file:
            yield from _rows(file, wanted)
    except (ijson.JSONError, UnicodeError) as error:
        raise Unreadable(
            _("This is no JSON that can be read: %s.") % str(error).partition("\n")[0]
        ) from error
    except OSError as error:
        raise Unreadable(_("The file cannot be read: %s.") % error.strerror) from error


def _rows(file: Any, wanted: set[str]) -> Iterator[tuple[str, Row]]:
    row: Row | None = None
    table = where = ""
    # Small pieces: the parser makes events of a whole one before any of them is looked at.
    for prefix, event, value in ijson.parse(Texts(file), use_float=True, buf_size=PIECE):
        if len(prefix) > LONGEST_PREFIX:
            raise Unreadable(_("It is nested deeper than any export."))
        if row is not None:
            if prefix == where and event == "end_map":
                yield table, row
                row = None
            elif prefix.startswith(where + ".") and "." not in prefix[len(where) + 1 :]:
                name = prefix[len(where) + 1 :]
                if name in FIELDS[table] and event in {"string", "number", "boolean"}:
                    row[name] = value
        elif event == "start_map" and (found := _TABLE.fullmatch(prefix)) and found[1] in wanted:
            table, where, row = found[1], prefix, {}


class Texts:
    """A file in which no text may be longer than any story: the parser keeps it whole."""

    def __init__(self, file: Any) -> None:
        self.file, self.length, self.last = file, 0, b" "

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        seen = self.last + data
        place = seen.rfind(b'"', 1)
        while place > 0 and seen[place - 1 : place] == b"\\":
            place = seen.rfind(b'"', 1, place)
        self.length = self.length + len(data) if place < 0 else len(seen) - place
        self.last = data[-1:] or b" "
        if self.length > MOST_BYTES_OF_TEXT:
            raise Unreadable(_("A text in it is longer than %d MB.") % (LONGEST_TEXT // 1024**2))
        return data


_TABLE = re.compile(r"(?:db\.item\.)?data\.(\w+)\.item")


def text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).replace("\x00", " ")


def person(user: Row) -> Person:
    return Person(
        key=text(user, "slug"),
        name=no_mail(plain(text(user, "name"))),
        bio=no_mail(plain(text(user, "bio"))),
        picture=at_site(text(user, "profile_image") or text(user, "image")),
    )


def at_site(address: str) -> str:
    return address.replace("__GHOST_URL__", "")


def story(row: Row, tables: Tables) -> Item:
    key, title = text(row, "id"), plain(text(row, "title"))
    if title == "(Untitled)":
        title = ""
    if not key:
        return LeftOut(key, "post", title, "no_id")
    status, meta = text(row, "status"), tables.meta.get(key, {})
    is_page = text(row, "type") == "page" or row.get("page") in (True, 1)
    found = Incoming(
        id=key,
        kind="page" if is_page else text(row, "type") or "post",
        status=STATUSES.get(status, DRAFT),
        title=title,
        slug=text(row, "slug"),
        standfirst=plain(text(row, "custom_excerpt")),
        published_at=moment(text(row, "published_at")),
        saved_at=moment(text(row, "updated_at")),
        html=words_of(row),
        markup=HTML,
        addresses=[f"/{text(row, 'slug')}/", f"/p/{text(row, 'uuid')}/"],
    )
    add_names(found, row, tables)
    add_lead(found, row, meta)
    add_notes(found, row, meta, status)
    return found


def words_of(row: Row) -> str:
    """The words as HTML, from whichever column has them."""
    html = at_site(text(row, "html"))
    if not html.strip():
        made = (
            html_of_lexical(text(row, "lexical"))
            or html_of_mobiledoc(text(row, "mobiledoc"))
            or html_of_markdown(text(row, "markdown"))
        )
        html = at_site(made)
    if len(html) > LONGEST_TEXT:
        raise Unreadable(_("A text in it is longer than %d MB.") % (LONGEST_TEXT // 1024**2))
    return html


def add_names(found: Incoming, row: Row, tables: Tables) -> None:
    """Authors and tags in their order; the first tag may be a section, internal ones go."""
    found.authors = [Name(text(user, "slug"), "") for user in tables.authors(row)]
    names = [
        Name(text(tag, "slug"), plain(text(tag, "name")))
        for tag in tables.tags_of(row)
        if text(tag, "visibility") != "internal" and not text(tag, "name").startswith("#")
    ]
    found.categories, found.tags = names[:1], names[1:]


def add_lead(found: Incoming, row: Row, meta: Row) -> None:
    address = at_site(text(row, "feature_image") or text(row, "image"))
    if not address:
        return
    caption, alt = (
        plain(text(meta, f"feature_image_{name}") or text(row, f"feature_image_{name}"))
        for name in ("caption", "alt")
    )
    found.lead = Use(address=address, alt=alt, caption=caption)
    if caption and _CREDIT.match(caption):
        found.notes.append(("credit_offered", caption))


def add_notes(found: Incoming, row: Row, meta: Row, status: str) -> None:
    found.is_for_members = text(row, "visibility") not in {"", "public"}
    if status == "sent" or meta.get("email_only") in (True, 1):
        found.status = DRAFT
        found.notes.append(("sent", ""))
    elif status not in STATUSES:
        found.notes.append(("status", status))
    canonical = text(row, "canonical_url")
    if canonical and "__GHOST_URL__" not in canonical:
        found.notes.append(("canonical", canonical))
    if text(row, "codeinjection_head") or text(row, "codeinjection_foot"):
        found.notes.append(("code", ""))
    if seo := sum(bool(text(each, f"meta_{n}")) for each in (row, meta) for n in SEO):
        found.aside["seo"] = seo


SEO = ("title", "description")
