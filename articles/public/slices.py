"""The first few rows of several lists at once, in one query that reads no more than it shows."""


def first_of_each(querysets, column):
    """A subquery with this column of the rows that the sliced querysets hold.

    Each slice is wrapped, because SQLite allows no LIMIT inside a UNION's own parts. Needs at
    least one queryset.
    """
    arms = [
        rows.model._base_manager.filter(pk__in=rows.values("pk")).order_by().values(column)
        for rows in querysets
    ]
    return arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
