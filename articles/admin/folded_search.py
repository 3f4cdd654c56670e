"""Searching lists and pickers of the desk: quotes, accents, case and hyphens as readers' search.

No index of words stands behind it, so each list is looked through as far as its newest SEARCHED
rows, whatever was typed.
"""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from ..publishing.search.text.patterns import pattern_of, whole_of

SEARCHED = 20_000
"""Rows that a search looks through, the newest."""
MOST_WORDS = 8


def patterns_in(typed: str) -> list[str]:
    """A pattern for each typed word; of signs only where nothing else was typed."""
    words = typed.replace("\x00", "").split()[:MOST_WORDS]
    return list(map(pattern_of, [word for word in words if any(map(str.isalnum, word))] or words))


def named(name: str, *columns: str) -> Q:
    """The condition that one of these columns holds this name, however it is typed."""
    whole = whole_of(name.replace("\x00", ""))
    return Q(*(Q(**{f"{column}__regex": whole}) for column in columns), _connector=Q.OR)


def newest_saying(model, columns, patterns: list[str], *, newest: str) -> RawSQL:
    """A subquery for the keys of those of the newest rows that say all these patterns.

    In a statement of its own, because PostgreSQL would rather read the whole table than take the
    newest rows first.
    """
    says = " OR ".join(f"{column} {connection.operators['regex']}" for column in columns)
    return RawSQL(  # noqa: S611 (the table's name and the database's own words)
        f"WITH newest AS MATERIALIZED (SELECT id, {', '.join(columns)}"  # noqa: S608
        f" FROM {connection.ops.quote_name(model._meta.db_table)}"
        f" ORDER BY {newest} DESC, id DESC LIMIT {SEARCHED})"
        f" SELECT id FROM newest WHERE {' AND '.join([f'({says})'] * len(patterns))}",
        [pattern for pattern in patterns for _ in columns],
    )


class FoldedSearchMixin:
    """Searches `search_fields`, columns of the model's own table, among its newest rows."""

    newest_by = ""
    """The column that tells which are the newest, with an index; all are looked through without."""

    def get_search_results(self, request, queryset, search_term):
        patterns = patterns_in(search_term)
        if patterns:
            queryset = queryset.filter(self.saying(patterns))
        return queryset, False

    def saying(self, patterns: list[str]) -> Q:
        """The condition that a row says all these patterns."""
        if self.newest_by:
            columns = self.search_fields
            return Q(pk__in=newest_saying(self.model, columns, patterns, newest=self.newest_by))
        return Q(*map(self.says, patterns))

    def says(self, pattern: str) -> Q:
        """The condition that one of the fields says a pattern; of other rows, that one does."""
        said = Q()
        for name in self.search_fields:
            others, _, field = name.rpartition("__")
            if not others:
                said |= Q(**{f"{name}__regex": pattern})
                continue
            relation = self.model._meta.get_field(others)
            rows = relation.related_model.objects.filter(**{f"{field}__regex": pattern})
            said |= Q(pk__in=rows.values(relation.field.name))
        return said
