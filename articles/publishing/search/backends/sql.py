"""Statements with their values by name, the same for both databases."""

from ...database_routing import read_connection


def named(queryset, kind="value"):
    """A queryset's statement and its values by name, to be part of another statement; of two in
    one statement each has a `kind` of its own."""
    sql, values = queryset.query.sql_with_params()
    names = [f"{kind}_{number}" for number in range(len(values))]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, values, strict=True))


def rows_of(sql, values):
    """All rows that a statement gives to a reader."""
    with read_connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
