"""A database on disk for the length of a run: what the files hold, found by id and by address.

Memory stays the same however large the archive is.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE stories (
    id TEXT PRIMARY KEY, number INTEGER, data TEXT, title TEXT, chosen INTEGER DEFAULT 0,
    day TEXT, wanted TEXT, slug TEXT
) WITHOUT ROWID;
CREATE INDEX story_by_day ON stories (day);
CREATE TABLE paths (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE attachments (
    id TEXT PRIMARY KEY, key TEXT, address TEXT, parent TEXT, alt TEXT, caption TEXT, credit TEXT
) WITHOUT ROWID;
CREATE INDEX attachment_by_key ON attachments (key);
CREATE INDEX attachment_by_parent ON attachments (parent);
CREATE TABLE names (
    kind TEXT, key TEXT, name TEXT, count INTEGER, goes TEXT, pk INTEGER, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE people (key TEXT PRIMARY KEY, name TEXT, bio TEXT, picture TEXT) WITHOUT ROWID;
CREATE TABLE reusable (id TEXT PRIMARY KEY, html TEXT) WITHOUT ROWID;
CREATE TABLE new_authors (pk INTEGER, picture TEXT);
CREATE TABLE terms (key TEXT PRIMARY KEY, parent TEXT) WITHOUT ROWID;
CREATE TABLE places (
    kind TEXT, pattern TEXT, feed INTEGER, PRIMARY KEY (kind, pattern)
) WITHOUT ROWID;
CREATE TABLE attachment_pages (key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE files (key TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE pictures (name TEXT PRIMARY KEY, photo INTEGER, why TEXT) WITHOUT ROWID;
CREATE TABLE used (address TEXT PRIMARY KEY, photo INTEGER) WITHOUT ROWID;
CREATE TABLE items (
    place INTEGER PRIMARY KEY, id TEXT, kind TEXT, title TEXT, outcome TEXT, why TEXT
);
CREATE INDEX item_by_id ON items (id, outcome);
CREATE TABLE problems (place INTEGER PRIMARY KEY, id TEXT, code TEXT, title TEXT, said TEXT);
CREATE INDEX problem_by_code ON problems (code, place);
CREATE TABLE counts (name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
"""
CHUNK = 500


class Scratch:
    """The database; use it as a context manager."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="newsroom-import-")
        self.db = sqlite3.connect(Path(self.folder.name) / "scratch.sqlite3", isolation_level=None)
        self.db.executescript(_TABLES)
        self.db.execute("BEGIN")

    def __enter__(self) -> "Scratch":
        return self

    def __exit__(self, *_error: object) -> None:
        self.db.close()
        self.folder.cleanup()

    def run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self.db.execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self.db.executemany(sql, rows)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows one after the other, on a cursor of their own."""
        yield from self.db.execute(sql, values)

    def found(self, sql: str, keys: Iterable[Any]) -> list[tuple[Any, ...]]:
        """Rows of a statement with `IN ({})`, for any number of keys."""
        keys, found = list(dict.fromkeys(keys)), []
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]
            found += self.rows(sql.format(", ".join("?" * len(some))), some)
        return found

    def count(self, name: str, by: int = 1) -> None:
        self.run(
            "INSERT INTO counts VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
            " SET count = count + excluded.count",
            (name, by),
        )

    def problem(self, key: str, code: str, title: str, said: str = "") -> None:
        self.run(
            "INSERT INTO problems (id, code, title, said) VALUES (?, ?, ?, ?)",
            (key, code, title, said),
        )

    def item(self, key: str, kind: str, title: str, outcome: str, why: str = "") -> None:
        self.run(
            "INSERT INTO items (id, kind, title, outcome, why) VALUES (?, ?, ?, ?, ?)",
            (key, kind, title[:300], outcome, why),
        )


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
