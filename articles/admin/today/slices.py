"""The first rows of many lists in one query, each row under the name of its list."""

import datetime as dt
from dataclasses import dataclass

from django.db import connections
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.dateparse import parse_datetime

COLUMNS = ("list_name", "post_key", "row_key", "moment", "said", "said_by")


@dataclass(frozen=True)
class Line:
    """One row of a list: a story (0 for none) or another row, with a moment and perhaps words."""

    name: str
    post: int
    row: int
    moment: dt.datetime
    words: str
    who: str


def lines_of(rows: QuerySet, name, *, moment, post="pk", row=None, words=None, who=None):
    """A sliced queryset as a list with a name; `words` and `who` are expressions."""
    columns = (
        Value(name),
        F(post) if post else Value(0),
        F(row) if row else Value(0),
        F(moment),
        words if words is not None else Value(""),
        who if who is not None else Value(""),
    )
    return rows.values(**dict(zip(COLUMNS, columns, strict=True)))


def read_lines(lists):
    """The Lines of several lists, {name: [Line]}, in one query that reads no more than they show.

    Each list is compiled by itself and wrapped, because SQLite allows no LIMIT inside a UNION's own
    parts.
    """
    found: dict[str, list[Line]] = {}
    lists = list(lists)
    if not lists:
        return found
    statements, parameters = [], []
    for rows in lists:
        statement, own = rows.query.get_compiler(using=rows.db).as_sql()
        statements.append(f"SELECT {', '.join(COLUMNS)} FROM ({statement}) AS list")  # noqa: S608
        parameters += own
    with connections[lists[0].db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), parameters)
        for name, post, row, moment, words, who in cursor.fetchall():
            line = Line(name, post, row, as_moment(moment), words, who)
            found.setdefault(name, []).append(line)
    return found


def as_moment(value):
    """A datetime as the database gives it: SQLite keeps text, in UTC."""
    if isinstance(value, str):
        value = parse_datetime(value)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def name_of(path):
    """The name of the user that a path leads to, in SQL; "" for nobody."""
    full = Trim(Concat(F(f"{path}__first_name"), Value(" "), F(f"{path}__last_name")))
    return Coalesce(NullIf(full, Value("")), F(f"{path}__username"), Value(""))


def asked_each(rows, column, values):
    """Those rows with one of these values in a column of another table, asked row by row.

    By an index on that column PostgreSQL would first collect all that have the value there: every
    draft of the desk, all stories of one person.
    """
    return rows.alias(asked=Coalesce(column, column)).filter(asked__in=values)
