"""What an export says of the pictures that its stories use, which is a part of each story."""

import re

from ..addresses import originals_of, upload_key
from ..incoming import Incoming
from ..scratch import Scratch, as_json

_NUMBERS = re.compile(
    r"""(?:wp-image-|attachment_|"ids?":\s*\[?|\b(?:ids|include)=["']|data-id=["'])([\d,\s]+)"""
)
_ADDRESSES = re.compile(
    r"""\b(?:src|data-orig-file|data-large-file|data-src)=["']([^"']{1,2000})"""
)
Row = tuple[str, ...]
COLUMNS = "id, key, parent, alt, caption, credit"


def words_used(scratch: Scratch, stories: list[Incoming]) -> dict[str, str]:
    """{id of a story: all that is said of its pictures}; stories without such words are left out.

    Rather a picture too many than one too few: a story that is taken for changed is only stored
    once more.
    """
    if not scratch.rows("SELECT 1 FROM attachments LIMIT 1"):
        return {}
    numbers = {story.id: numbers_in(story) for story in stories}
    keys = {story.id: keys_in(story) for story in stories}
    galleries = {story.id: [story.id] for story in stories if "[gallery" in story.html}
    by_number: dict[str, Row] = {}
    by_key: dict[str, Row] = {}
    by_parent: dict[str, list[Row]] = {}
    for row in attachments(scratch, "id", numbers) + attachments(scratch, "key", keys):
        by_number[row[0]], by_key[row[1]] = row, row
    for row in attachments(scratch, "parent", galleries):
        by_parent.setdefault(row[2], []).append(row)
    found = {}
    for key in numbers:
        rows = {by_number[each] for each in numbers[key] if each in by_number}
        rows |= {by_key[each] for each in keys[key] if each in by_key}
        rows |= {*by_parent.get(key, ())}
        if said := sorted((row[0], *row[3:]) for row in rows if any(row[3:])):
            found[key] = as_json(said)
    return found


def attachments(scratch: Scratch, column: str, wanted: dict[str, list[str]]) -> list[Row]:
    sql = f"SELECT {COLUMNS} FROM attachments WHERE {column} IN ({{}})"  # noqa: S608
    return scratch.found(sql, (each for some in wanted.values() for each in some))


def numbers_in(story: Incoming) -> list[str]:
    found = [story.lead.attachment] if story.lead else []
    for some in _NUMBERS.findall(story.html):
        found += re.split(r"[,\s]+", some)
    return [number for number in found if number]


def keys_in(story: Incoming) -> list[str]:
    addresses = _ADDRESSES.findall(story.html)
    return [key for address in addresses for key in originals_of(upload_key(address)) if key]
