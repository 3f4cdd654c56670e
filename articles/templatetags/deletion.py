"""What the desk's own pages say of what is deleted."""

from collections.abc import Iterable

from django import template
from django.contrib import admin

register = template.Library()


@register.filter
def counted(going: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """[(name, count)] of what goes with a row, from Django's [(plural, count)]: the name for one or
    for several, of what the desk has pages for. The other tables are a part of these."""
    names = {}
    for model, screen in admin.site._registry.items():
        one, several = model._meta.verbose_name, model._meta.verbose_name_plural
        one_here, several_here, *_new = getattr(screen, "called", None) or (one, several)
        names[str(several)] = str(one_here), str(several_here)
    return [
        (names[str(plural)][count > 1], count) for plural, count in going if str(plural) in names
    ]
