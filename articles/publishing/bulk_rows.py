"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

`bulk_create` and `bulk_update` compile SQL for every row and cost several times as much.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection, connections, models

Row = tuple[Any, ...]
_STORED_AS_THEY_ARE = (
    models.AutoField,
    models.BinaryField,
    models.BooleanField,
    models.IntegerField,
)


def rows_of(
    model: type[models.Model], objects: Sequence[models.Model] | Sequence[dict[str, Any]]
) -> list[Row]:
    """Instances, or dicts of all column values (`post_id=…`), as rows for `insert`.

    Asks nothing of the database; the rows can be pickled. The primary key is left to the database
    where it is None, and in dicts.
    """
    if not objects:
        return []
    has_key = isinstance(objects[0], models.Model) and objects[0].pk is not None
    fields = _fields(model, with_key=has_key)
    values_of = itemgetter(*(field.attname for field in fields))
    columns = zip(*map(values_of, map(_columns_of, objects)), strict=True)
    return list(zip(*map(_stored, fields, columns), strict=True))


def _stored(field: models.Field, column: Sequence[Any]) -> Sequence[Any]:
    """The values of a field as they are stored."""
    prepare = _preparation(field)
    return [value if value is None else prepare(value) for value in column] if prepare else column


def _columns_of(each: models.Model | dict[str, Any]) -> dict[str, Any]:
    return each if isinstance(each, dict) else vars(each)


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows made by `rows_of`. Raises IntegrityError."""
    if not rows:
        return
    fields = _fields(model, with_key=len(rows[0]) == len(model._meta.concrete_fields))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    into = f"{model._meta.db_table} ({columns})"
    if connection.vendor == "postgresql":
        copy_into(into, rows)
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})", rows)  # noqa: S608


def copy_into(into: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table (columns) of PostgreSQL. Raises IntegrityError."""
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def expect_many_rows(cache_megabytes: int = 256) -> None:
    """Settings for a transaction, or a connection, that stores many rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Where it was built with lz4: its own compression takes several times as long.
            cursor.execute(
                "SELECT set_config(name, 'lz4', true) FROM pg_settings"
                " WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            )
        else:
            # The indexes grow in many places at once.
            cursor.execute(f"PRAGMA cache_size = -{cache_megabytes * 1024:d}")


def update(objects: Sequence[models.Model], names: Collection[str]) -> None:
    """Write these fields of objects of one model, without `save()` and its signals."""
    if not objects:
        return
    meta = type(objects[0])._meta
    fields = [field for field in meta.concrete_fields if field.name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    written = [*fields, meta.pk]
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE {meta.db_table} SET {columns} WHERE "{meta.pk.column}" = %s',  # noqa: S608
            [
                [
                    field.get_db_prep_save(getattr(each, field.attname), connection)
                    for field in written
                ]
                for each in objects
            ],
        )


def reserve_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys for so many new rows, in ascending order; nobody else is given them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [key for (key,) in cursor]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count]
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def _fields(model: type[models.Model], *, with_key: bool) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if with_key or not field.primary_key]


def _preparation(field: models.Field) -> Callable[[Any], Any] | None:
    """How a value of a field is brought into the form in which it is stored; None: not at all."""
    if isinstance(field, models.JSONField):
        # As text on both databases: COPY reads it so.
        return (field.encoder or json.JSONEncoder)().encode
    if isinstance(field, models.CharField | models.TextField):
        return field.to_python  # where unseen characters are taken out
    if field.is_relation or isinstance(field, _STORED_AS_THEY_ARE):
        return None
    if isinstance(field, models.DateTimeField):
        return _stored_moment
    database = connections[connection.alias]  # without the thread's proxy, asked for each value
    return lambda value: field.get_db_prep_save(value, database)


@lru_cache(4096)
def _stored_moment(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def analyze_tables() -> None:
    """Let PostgreSQL look at what bulk work has stored.

    Autovacuum does so a minute or more later; until then statements are planned for the tables as
    they were, and a page takes several times as long.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in apps.get_app_config("articles").get_models():
                cursor.execute(f'ANALYZE "{model._meta.db_table}"')
