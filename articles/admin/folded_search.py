"""Search in the desk's lists and pickers, which ignores quotes, accents, case and hyphens.

It has no index: regular expressions look through the newest MAX_ROWS_SEARCHED rows of a list.
"""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from ..publishing.search.text.patterns import pattern_of, whole_pattern

MAX_ROWS_SEARCHED = 20_000
MAX_WORDS = 8


def patterns_in(typed: str) -> list[str]:
    """A pattern for each word typed; punctuation counts only if nothing else was typed."""
    words = typed.replace("\x00", "").split()[:MAX_WORDS]
    return list(map(pattern_of, [word for word in words if any(map(str.isalnum, word))] or words))


def name_condition(name: str, *columns: str) -> Q:
    """That one of the columns holds this name, in whatever spelling."""
    whole = whole_pattern(name.replace("\x00", ""))
    return Q(*(Q(**{f"{column}__regex": whole}) for column in columns), _connector=Q.OR)


def search_condition(model, fields: list[str], patterns: list[str], newest_by: str = "") -> Q:
    """That a row matches all patterns, each in one of these fields.

    With `newest_by`, an indexed column, only the newest rows are searched, and the fields are
    columns of the model's table; else a field may be one of related rows ("aliases__name").
    """
    if newest_by:
        return Q(pk__in=newest_matching(model, fields, patterns, newest_by=newest_by))
    return Q(*(any_field_matches(model, fields, pattern) for pattern in patterns))


def newest_matching(model, columns, patterns: list[str], *, newest_by: str) -> RawSQL:
    """A subquery for the keys of the newest rows that match all patterns.

    In a statement of its own, because PostgreSQL would rather read the whole table than take the
    newest rows first.
    """
    matches = " OR ".join(f"{column} {connection.operators['regex']}" for column in columns)
    return RawSQL(  # noqa: S611 (the table's name and the database's own words)
        f"WITH newest AS MATERIALIZED (SELECT id, {', '.join(columns)}"  # noqa: S608
        f" FROM {connection.ops.quote_name(model._meta.db_table)}"
        f" ORDER BY {newest_by} DESC, id DESC LIMIT {MAX_ROWS_SEARCHED})"
        f" SELECT id FROM newest WHERE {' AND '.join([f'({matches})'] * len(patterns))}",
        [pattern for pattern in patterns for _ in columns],
    )


def any_field_matches(model, fields: list[str], pattern: str) -> Q:
    condition = Q()
    for name in fields:
        related, _, field = name.rpartition("__")
        if not related:
            condition |= Q(**{f"{name}__regex": pattern})
            continue
        relation = model._meta.get_field(related)
        rows = relation.related_model.objects.filter(**{f"{field}__regex": pattern})
        condition |= Q(pk__in=rows.values(relation.field.name))
    return condition


class FoldedSearchMixin:
    newest_by = ""

    def get_search_results(self, request, queryset, search_term):
        if patterns := patterns_in(search_term):
            queryset = queryset.filter(
                search_condition(self.model, self.search_fields, patterns, self.newest_by)
            )
        return queryset, False
