"""Where categories, tags and authors go: sections, topics and authors of ours, found or made.

The map says so: a CSV of kind, from, count, to. A dry run proposes one.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from ..library.author import Author, AuthorAlias
from ..library.fields import MOST_WORDS
from ..library.naming.names import name_key, tidy_name
from ..library.naming.slugs import make_slug, tidy, validate_slug
from ..library.section import Section
from ..library.topic import Topic, TopicAlias
from .imported_story import hash_of
from .incoming import Incoming, Name, Unreadable
from .options import Options
from .scratch import Scratch

COLUMNS = ("kind", "from", "count", "to")
KINDS = ("category", "tag", "author")
SECTION, TOPIC, AUTHOR, BYLINE, DROP = "section", "topic", "author", "byline", "drop"
PLURAL = {"category": "categories", "tag": "tags", "author": "authors"}
HIDDEN = "author-"
FORMULAS = tuple("=+-@\t")
LONGEST_MAP = 10 * 1024 * 1024


def read_map(text: str) -> dict[tuple[str, str], str]:
    """The map of a CSV: {(kind, from): to}. Raises Unreadable, naming the line."""
    if len(text) > LONGEST_MAP:
        raise Unreadable(_("The map is too long."))
    goes: dict[tuple[str, str], str] = {}
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        if not {"kind", "from", "to"} <= set(rows.fieldnames or ()):
            raise Unreadable(_("The map's first line must say: kind,from,count,to"))
        for row in rows:
            kind, came, to = ((row[name] or "").strip() for name in ("kind", "from", "to"))
            if came.startswith("'") and came[1:2] in FORMULAS:
                came = came[1:]
            if not to:
                continue
            if kind not in KINDS or not _is_place(kind, to):
                raise Unreadable(
                    _("Line %(line)d of the map: “%(to)s” is no place for a %(kind)s.")
                    % {"line": rows.line_num, "to": to[:80], "kind": kind[:20]}
                )
            goes[kind, came] = to
    except csv.Error as error:
        raise Unreadable(_("The map is no CSV: %s.") % error) from error
    return goes


def _is_place(kind: str, to: str) -> bool:
    what, _colon, slug = to.partition(":")
    if what == SECTION:
        return kind != "author" and Section.objects.find_by_slug(slug) is not None
    if to in {BYLINE, DROP}:
        return to == DROP or kind == "author"
    return what == (AUTHOR if kind == "author" else TOPIC) and _is_slug(slug)


def _is_slug(slug: str) -> bool:
    try:
        validate_slug(slug)
    except (ValidationError, IndexError):
        return False
    return len(slug) <= 100


def count_names(scratch: Scratch, stories: Iterable[Incoming]) -> None:
    """Note every name that the chosen stories have, and how often."""
    for story in stories:
        for kind in KINDS:
            for name in {each.key: each for each in getattr(story, PLURAL[kind])}.values():
                scratch.run(
                    "INSERT INTO names (kind, key, name, count) VALUES (?, ?, ?, 1)"
                    " ON CONFLICT (kind, key) DO UPDATE SET count = count + 1",
                    (kind, name.key, name.name),
                )


def settle_names(scratch: Scratch, options: Options) -> None:
    """Decide where every name goes, and make the topics and authors that are new."""
    settler = Settler(options.goes)
    for kind in KINDS:
        rows = scratch.rows("SELECT key, name FROM names WHERE kind = ? ORDER BY key", [kind])
        if kind == "author":
            people = {row[0]: row[1:] for row in scratch.rows("SELECT * FROM people")}
            settler.bios = {key: bio for key, (_name, bio, _picture) in people.items()}
            rows = [
                (key, people.get(key, ("",))[0] or name or without_name(key)) for key, name in rows
            ]
        names = [Name(*row) for row in rows]
        settler.look_up(kind, names)
        for name in names:
            goes, pk = settler.place_of(kind, name)
            scratch.run(
                "UPDATE names SET goes = ?, pk = ?, name = ? WHERE kind = ? AND key = ?",
                (goes, pk, name.name, kind, name.key),
            )
    scratch.run_many(
        "INSERT INTO new_authors SELECT ?, picture FROM people WHERE key = ? AND picture <> ''",
        [(pk, key) for key, pk in settler.new_authors.items()],
    )


def proposed_map(scratch: Scratch) -> str:
    """The map as it was followed, to be edited and given back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = scratch.rows(
        "SELECT kind, key, count, goes, pk FROM names ORDER BY kind, count DESC, key"
    )
    slugs = {
        SECTION: dict(Section.objects.values_list("pk", "slug")),
        TOPIC: _slugs(Topic, (pk for *_others, goes, pk in rows if goes == TOPIC)),
        AUTHOR: _slugs(Author, (pk for *_others, goes, pk in rows if goes == AUTHOR)),
    }
    for kind, key, count, goes, pk in rows:
        # A spreadsheet would take the first of these for a formula.
        came = "'" + key if key[:1] in FORMULAS else key
        writer.writerow((kind, came, count, f"{goes}:{slugs[goes][pk]}" if pk else goes))
    return out.getvalue()


def _slugs(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    keys, found = list(dict.fromkeys(keys)), {}
    for start in range(0, len(keys), 500):
        rows = model._default_manager.filter(pk__in=keys[start : start + 500])
        found |= dict(rows.values_list("pk", "slug"))
    return found


class Settler:
    """Finds or makes the rows that names go to; looks many up at once."""

    def __init__(self, goes: dict[tuple[str, str], str]) -> None:
        self.goes = goes
        sections = list(Section.objects.all())
        self.sections = {section.slug: section for section in sections}
        self.sections_by_name = {name_key(section.name): section for section in sections}
        self.found: dict[tuple[str, str, str], int] = {}
        self.bios: dict[str, str] = {}
        self.new_authors: dict[str, int] = {}

    def look_up(self, kind: str, names: list[Name]) -> None:
        """Ask for all rows of these names in a few queries."""
        what = AUTHOR if kind == "author" else TOPIC
        for start in range(0, len(names), 300):
            some = names[start : start + 300]
            slugs = {slug for name in some if (slug := slug_of(name))}
            slugs |= {
                to.partition(":")[2] for name in some if (to := self.goes.get((kind, name.key)))
            }
            keys = {key for name in some if (key := name_key(name.name))}
            for how, value, pk in _rows(what, slugs, keys):
                self.found.setdefault((what, how, value), pk)

    def place_of(self, kind: str, name: Name) -> tuple[str, int | None]:
        """(where, primary key) of a name."""
        what = AUTHOR if kind == "author" else TOPIC
        goes = self.goes.get((kind, name.key), "")
        if goes in {DROP, BYLINE}:
            return goes, None
        if goes.startswith("section:"):
            section = Section.objects.find_by_slug(goes.partition(":")[2])
            return SECTION, section.pk
        if goes:
            slug = goes.partition(":")[2]
            return found_or_dropped(what, self._by_slug(what, slug) or self._make(what, name, slug))
        if kind == "category" and (section := self._section(name)):
            return SECTION, section.pk
        if not name_key(name.name):
            return DROP, None
        known = self._known(what, name)
        return found_or_dropped(what, known or self._make(what, name, slug_of(name)))

    def _section(self, name: Name) -> Section | None:
        return self.sections.get(slug_of(name)) or self.sections_by_name.get(name_key(name.name))

    def _known(self, what: str, name: Name) -> int | None:
        return self._by_slug(what, slug_of(name)) or self.found.get(
            (what, "name", name_key(name.name))
        )

    def _by_slug(self, what: str, slug: str) -> int | None:
        return self.found.get((what, "slug", slug)) if slug else None

    def _make(self, what: str, name: Name, slug: str) -> int | None:
        """The primary key of a new topic or author; None where its name cannot be one."""
        model = Topic if what == TOPIC else Author
        longest = model._meta.get_field("name").max_length
        row = model(name=_cut(tidy_name(name.name or slug), longest))
        row.slug = slug if slug and not row.slug_is_taken(slug) else ""
        try:
            if what == TOPIC and (topic := Topic.objects.find_by_name(row.name)):
                row = topic
            else:
                if what == AUTHOR:
                    row.bio = self.bios.get(name.key, "")[:MOST_WORDS]
                row.full_clean()
                row.save()
                if what == AUTHOR:
                    self.new_authors[name.key] = row.pk
        except ValidationError:
            return None
        self.found[what, "slug", row.slug] = row.pk
        self.found.setdefault((what, "name", name_key(row.name)), row.pk)
        self.found.setdefault((what, "name", name_key(name.name)), row.pk)
        return row.pk


def found_or_dropped(what: str, pk: int | None) -> tuple[str, int | None]:
    """A name that can be neither a topic nor an author ends no import."""
    return (what, pk) if pk else (DROP, None)


def _rows(what: str, slugs: set[str], keys: set[str]) -> Iterator[tuple[str, str, int]]:
    """(how, value, primary key) of rows by address, name and other name, the best first."""
    model: Any = Topic if what == TOPIC else Author
    rows = model.objects.order_by("pk")
    for pk, slug, key in rows.filter(slug__in=slugs).values_list("pk", "slug", "name_key"):
        yield "slug", slug, pk
        yield "name", key, pk
    for pk, key in rows.filter(name_key__in=keys).values_list("pk", "name_key"):
        yield "name", key, pk
    former = rows.filter(former_slugs__slug__in=slugs)
    for pk, slug in former.values_list("pk", "former_slugs__slug"):
        yield "slug", slug, pk
    others: Any = TopicAlias if what == TOPIC else AuthorAlias
    owner = "topic" if what == TOPIC else "author"
    for pk, slug in others.objects.filter(slug__in=slugs).values_list(owner, "slug"):
        yield "slug", slug, pk
    named = others.objects.filter(name_key__in=keys).order_by("pk")
    for pk, key in named.values_list(owner, "name_key"):
        yield "name", key, pk


def author_key(login: str) -> str:
    """How an author is called by an import: never by an e-mail address."""
    return f"{HIDDEN}{hash_of(login.strip().lower())[:12]}" if "@" in login else login.strip()


def without_name(key: str) -> str:
    """What an author is called of whom the export says no more than the login."""
    return "" if key.startswith(HIDDEN) else key


def no_mail(name: str) -> str:
    return "" if "@" in name else name


def slug_of(name: Name) -> str:
    """The address that a name had, as one of ours; empty for none that could be one."""
    if name.key.startswith(HIDDEN):
        return make_slug(name.name, 100)
    slug = tidy(unquote(name.key).strip()).lower()
    if _is_slug(slug):
        return slug
    return make_slug(slug, 100)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


Places = dict[tuple[str, str], tuple[str, Any, str]]
"""{(kind, key): (where, primary key, name)}"""


def names_of(scratch: Scratch, stories: Iterable[Incoming]) -> Places:
    """Where the names of some stories go."""
    found: Places = {}
    stories = list(stories)
    for kind in KINDS:
        keys = {each.key for story in stories for each in getattr(story, PLURAL[kind])}
        sql = f"SELECT key, goes, pk, name FROM names WHERE kind = '{kind}' AND key IN ({{}})"  # noqa: S608
        for key, *place in scratch.found(sql, keys):
            found[kind, key] = tuple(place)
    return found
