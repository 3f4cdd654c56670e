"""The first few rows of several lists at once, in one query that reads no more than it shows."""

from django.db.models import F
from django.db.models.expressions import RawSQL


def first_of_each(querysets, column):
    """A subquery with this column of the rows that the sliced querysets hold.

    Each slice is compiled by itself and they are joined as text: as parts of one queryset Django
    would copy and relabel them all, which takes longer than to answer. Each is wrapped, because
    SQLite allows no LIMIT inside a UNION's own parts. Needs at least one queryset.
    """
    statements, parameters = [], []
    for rows in querysets:
        query = rows.values(first=F(column)).query
        statement, own = query.get_compiler(using=rows.db).as_sql()
        statements.append(f"SELECT first FROM ({statement}) AS slice")  # noqa: S608 (Django's own)
        parameters += own
    return RawSQL(" UNION ALL ".join(statements), parameters)  # noqa: S611 (the same)
