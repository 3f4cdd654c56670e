"""Rows on their way into tables: COPY on PostgreSQL, one prepared statement on SQLite.

Values are strings, numbers and None, in a form that both databases read: moments as
"2016-12-13 16:42:00" in UTC, JSON as text, a UUID as 32 hexadecimal digits.
"""

import marshal

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from ...models import (
    Address,
    AuthorListing,
    Caption,
    Edition,
    Post,
    PostAuthor,
    PostTopic,
    PullQuote,
    RelatedLink,
    Text,
    TopicListing,
)

_LISTED = "published_at live_from live_until post_id edition_id"
_PLACE = "parent_id region ordering"
# The fields that generated rows set, in the order in which rows may name each other; the others
# have their defaults.
FIELDS = {
    Post: "headline slug kicker standfirst section_id status published_at uuid source source_id "
    "published_version saved_at",
    PostAuthor: "post_id author_id position",
    PostTopic: "content_object_id tag_id",
    Text: f"{_PLACE} html",
    Caption: f"{_PLACE} photo_id caption",
    RelatedLink: f"{_PLACE} label story_id",
    PullQuote: f"{_PLACE} text attribution",
    Edition: "post_id number kind live_from live_until uuid family published_at posted_on slug "
    "headline kicker standfirst language section_id byline picture topics notes document body "
    "renderer word_count version made_at",
    TopicListing: f"{_LISTED} topic_id",
    AuthorListing: f"{_LISTED} author_id",
    Address: "posted_on slug post_id",
}
FIELDS = {model: names.split() for model, names in FIELDS.items()}
# Until the transaction ends; where PostgreSQL was built with it.
QUICK_COMPRESSION = """
    SELECT set_config(name, 'lz4', true) FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)
"""


def plan(model):
    """The columns of a model's rows, and the constants that follow the values of each row."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    own = [model._meta.pk.attname, *FIELDS[model]]
    rest = [name for name in fields if name not in own]
    columns = [fields[name].column for name in (*own, *rest)]
    defaults = [fields[name].get_default() for name in rest]
    return columns, tuple(str(value) if isinstance(value, str) else value for value in defaults)


def next_keys():
    """The next primary key of each table. In a transaction, nobody else adds rows after this."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        names = ", ".join(model._meta.db_table for model in FIELDS)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute(QUICK_COMPRESSION)
    return {
        model: (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1 for model in FIELDS
    }


class Tables:
    """The rows of a batch, numbered on from given keys; made without asking the database."""

    def __init__(self, keys):
        self.began, self.next = dict(keys), dict(keys)
        self.rows, self.packed = {model: [] for model in FIELDS}, {}

    def add(self, model, *values):
        """Add a row, its values in the order of FIELDS; returns its primary key."""
        key = self.next[model]
        self.next[model] = key + 1
        self.rows[model].append((key, *values))
        return key

    def pack(self):
        """Bring all rows into the form in which they travel quickly to another process."""
        self.packed = {model: packed(model, rows) for model, rows in self.rows.items() if rows}
        self.rows = {}

    def write(self):
        """Store all rows, packed before."""
        for model, rows in self.packed.items():
            store(model, rows)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), list(FIELDS)):
                    cursor.execute(sql)


def packed(model, rows):
    """Rows, of the fields in FIELDS, as bytes: for COPY itself on PostgreSQL."""
    _names, constants = plan(model)
    if connection.vendor != "postgresql":
        return marshal.dumps([row + constants for row in rows] if constants else rows)
    ending = "".join(f"\t{as_text(value)}" for value in constants) + "\n"
    return "".join([copied_line(row) + ending for row in rows]).encode()


def store(model, rows):
    """Put packed rows into a table."""
    names, _constants = plan(model)
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(rows)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
                marshal.loads(rows),  # noqa: S302  our own, from a moment ago
            )


def as_text(value):
    """A value as COPY reads it. Generated text holds no tab; JSON writes line ends as \\n."""
    if value is None:
        return "\\N"
    if type(value) is not str:
        return str(value)
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def copied_line(row):
    return "\t".join([as_text(value) for value in row])
