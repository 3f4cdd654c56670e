"""Search by name in lists and pickers, which ignores quotes, accents, case and hyphens.

It has no index: regular expressions look through all rows. Stories and pictures have their own.
"""

from django.db.models import Q

from ..library.words.patterns import pattern_of

MAX_WORDS = 8


def patterns_in(typed: str) -> list[str]:
    """A pattern for each word typed; punctuation counts only if nothing else was typed."""
    words = typed.replace("\x00", "").split()[:MAX_WORDS]
    return list(map(pattern_of, [word for word in words if any(map(str.isalnum, word))] or words))


def search_condition(model, fields: list[str], patterns: list[str]) -> Q:
    """That a row matches all patterns, each in one of these fields, which may be one of related
    rows ("aliases__name")."""
    return Q(*(any_field_matches(model, fields, pattern) for pattern in patterns))


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
    def get_search_results(self, request, queryset, search_term):
        if patterns := patterns_in(search_term):
            queryset = queryset.filter(search_condition(self.model, self.search_fields, patterns))
        return queryset, False
