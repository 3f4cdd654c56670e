"""Reading the files of an export into the scratch database, before anything is made."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from ..library.naming.old_paths import path_key
from ..publishing.dates import day_of
from .addresses import upload_key
from .incoming import (
    DRAFT,
    LIVE,
    SCHEDULED,
    Attachment,
    Incoming,
    LeftOut,
    Mended,
    OldPlace,
    Person,
    Reusable,
    Site,
    Term,
    Told,
    Unreadable,
)
from .moments import as_moment
from .options import Options
from .readers import reader_for
from .readers.reusable_blocks import Filler
from .scratch import Scratch, as_json
from .slugs import wanted_slug


@dataclass
class ReadFile:
    """A file of the export: what it is, how much was in it, and why it ended early."""

    name: str
    size: int
    sha256: str
    format: str
    items: int
    fault: str


class Reading:
    """Reads files into a scratch database; `hosts` are those of the old site."""

    def __init__(self, scratch: Scratch, options: Options) -> None:
        self.scratch, self.options = scratch, options
        self.hosts: set[str] = set()
        self.files: list[ReadFile] = []

    def read(self, say: Callable[[str], None]) -> None:
        for path in self.options.files:
            name, fault, items = "", "", 0
            try:
                reader = reader_for(path)
                name = reader.name
                say(_("%(file)s: an export of %(format)s.") % {"file": path.name, "format": name})
                for item in reader.read(path, self.options.zone):
                    items += isinstance(item, Incoming | Attachment | LeftOut)
                    self.take(item)
            except Unreadable as error:
                fault = str(error)
                say(f"{path.name}: {fault}")
                self.scratch.problem("", "file_ended", path.name, fault)
            # What is refused outright is refused at once, however large it is.
            sha256 = "" if fault and not items else sha256_of(path)
            self.files.append(ReadFile(path.name, size_of(path), sha256, name, items, fault))
        self.refuse_too_many()
        self.fill_in_reusable()
        self.choose()

    def take(self, item: object) -> None:
        scratch = self.scratch
        match item:
            case Site():
                self.hosts |= item.hosts
            case Mended():
                scratch.count(f"mended_{item.code}", item.count)
            case Person():
                row = (item.key, item.name, item.bio, item.picture)
                scratch.run("INSERT OR IGNORE INTO people VALUES (?, ?, ?, ?)", row)
            case Reusable():
                scratch.run("INSERT OR IGNORE INTO reusable VALUES (?, ?)", (item.id, item.html))
            case Term():
                scratch.run("INSERT OR IGNORE INTO terms VALUES (?, ?)", (item.key, item.parent))
            case OldPlace():
                place = (item.kind, item.pattern, item.feed)
                scratch.run("INSERT OR IGNORE INTO places VALUES (?, ?, ?)", place)
            case Told():
                scratch.problem("", item.code, "", item.said)
            case LeftOut():
                scratch.item(item.id, item.kind, item.title, "left_out", item.reason)
            case Attachment():
                self.take_attachment(item)
            case Incoming():
                self.take_story(item)

    def take_attachment(self, item: Attachment) -> None:
        row = (item.id, upload_key(item.address), item.address, item.parent)
        words = (item.alt, item.caption, item.credit)
        added = self.scratch.run(
            "INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, *words)
        )
        for address in (item.address, *item.addresses):
            if key := path_key(address):
                self.scratch.run(
                    "INSERT OR IGNORE INTO attachment_pages VALUES (?, ?)", (key, item.id)
                )
        outcome = ("left_out", "attachment") if added.rowcount else ("left_out", "same_id")
        self.scratch.item(item.id, "attachment", item.address, *outcome)

    def take_story(self, item: Incoming) -> None:
        scratch = self.scratch
        if item.is_for_members and not self.options.members_as_public:
            item.status = DRAFT
            item.notes.append(("members", ""))
        if item.kind not in self.options.types:
            scratch.item(item.id, item.kind, item.title, "left_out", "type_not_asked_for")
            return
        row = (item.id, number_of(item.id), as_json(item.as_data()), item.title)
        added = scratch.run(
            "INSERT OR IGNORE INTO stories (id, number, data, title, day, wanted)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*row, *address_of(item)),
        )
        if not added.rowcount:
            scratch.item(item.id, item.kind, item.title, "left_out", "same_id")
            return
        for address in item.addresses:
            if key := path_key(address):
                scratch.run("INSERT OR IGNORE INTO paths VALUES (?, ?)", (key, item.id))

    def refuse_too_many(self) -> None:
        most, count = self.options.most_stories, self.scratch.rows("SELECT count(*) FROM stories")
        if most is not None and count[0][0] > most:
            raise Unreadable(
                _("It has %(count)s stories, more than %(most)s: import it with the command.")
                % {"count": f"{count[0][0]:,}", "most": f"{most:,}"}
            )

    def fill_in_reusable(self) -> None:
        """Give stories the words of the reusable blocks that they name, which may come later."""
        scratch = self.scratch
        if not scratch.rows("SELECT 1 FROM reusable LIMIT 1"):
            return
        keys = scratch.rows("SELECT id FROM stories WHERE data LIKE '%<!--%wp:%block%ref%'")
        for (key,) in keys:
            [(data,)] = scratch.rows("SELECT data FROM stories WHERE id = ?", [key])
            story, filler = Incoming.of_data(json.loads(data)), Filler(self.reusable)
            story.html = filler.fill(story.html)
            story.notes += [("words_left_out", words) for words in filler.replaced]
            filled = as_json(story.as_data())
            scratch.run("UPDATE stories SET data = ? WHERE id = ?", (filled, key))

    def reusable(self, key: str) -> str:
        rows = self.scratch.rows("SELECT html FROM reusable WHERE id = ?", [key])
        return rows[0][0] if rows else ""

    def choose(self) -> None:
        """Mark the stories that are to be imported; the others are left out by name."""
        scratch, options = self.scratch, self.options
        where, values = "", []
        if options.only:
            where, values = "WHERE id = ?", [options.only]
        limit = -1 if options.limit is None else options.limit
        scratch.run(
            "UPDATE stories SET chosen = 1 WHERE id IN (SELECT id FROM stories "  # noqa: S608
            f"{where} ORDER BY number IS NULL, number, id LIMIT ?)",
            [*values, limit],
        )
        scratch.run(
            "INSERT INTO items (id, kind, title, outcome, why) SELECT id, '', title, 'left_out',"
            " 'not_chosen' FROM stories WHERE NOT chosen ORDER BY number IS NULL, number, id"
        )


def number_of(key: str) -> int | None:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def address_of(item: Incoming) -> tuple[str | None, str]:
    """The day and the slug with which a story wants to be live."""
    moment = as_moment(item.published_at)
    if item.status not in {LIVE, SCHEDULED} or moment is None or not item.title:
        return None, wanted_slug(item)
    return day_of(moment).isoformat(), wanted_slug(item)


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def sha256_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
