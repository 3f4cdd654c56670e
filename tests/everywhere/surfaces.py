"""Where a word can be found: every table, every public page, every dump."""

import io
import zlib
from contextlib import suppress

from django.core.management import call_command
from django.db import connection

from articles.publishing.editions.packing import PARTS, unpack
from tests.public.addresses import walk

ENDS_OF_SHADOWS = ("_data", "_idx", "_docsize", "_config")
"""Tables in which FTS5 keeps an index that only a merge of its parts shortens."""


def where_found(word, client, *addresses):
    """The names of all places where a word is found, in whatever case."""
    return {*in_tables(word), *on_pages(word, client, addresses), *in_a_dump(word)}


def in_tables(word):
    """The columns of tables that hold it, packed or not; the index of words too."""
    found = set()
    for table in connection.introspection.table_names():
        if table.endswith(ENDS_OF_SHADOWS):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}"
                    for name, value in zip(columns, row, strict=True)
                    if word.lower() in as_text(value, table).lower()
                }
    return found


def as_text(value, table):
    """A value as text; what is packed is unpacked, but what is sealed."""
    if not isinstance(value, bytes | memoryview):
        return str(value)
    data = bytes(value)
    if table == "articles_sealedstory":
        return data.decode("latin-1")
    for part in PARTS:
        with suppress(zlib.error, ValueError):
            return str(unpack(data, part)) + str(unpack(data, PARTS[0]))
    with suppress(zlib.error):
        return zlib.decompress(data).decode("utf-8", "replace")
    return data.decode("latin-1")


def on_pages(word, client, addresses=()):
    """The public addresses whose answers hold it, in their words or in their headers."""
    asked = (f"/search/?q={word}", f"/search/?q={word}&sort=newest")
    found = set()
    begun = (f"/search/{what}/?q={word[:4]}" for what in ("suggest", "complete"))
    for address in [*walk(), *begun, *addresses]:
        answer = client.get(address)
        if word.lower() in f"{answer.text} {answer.headers}".lower():
            found.add(address)
    # The answer to a search repeats what was asked.
    found |= {address for address in asked if client.get(address).text.count('"card-words"')}
    return found


def in_a_dump(word):
    """Whether a dump of the newsroom holds it."""
    said = io.StringIO()
    call_command("dumpdata", stdout=said)
    return {"dumpdata"} if word.lower() in said.getvalue().lower() else set()
