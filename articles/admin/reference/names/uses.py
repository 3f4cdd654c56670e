"""How often topics and authors are used, in their lists: columns, and a filter for tidying."""

from collections import defaultdict

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ....publishing.names.counts import with_uses
from ....publishing.names.kinds import kind_of


class UsesFilter(admin.SimpleListFilter):
    """Those that no story names, or just one."""

    title = _("used")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("never", _("In no story")), ("once", _("In one story"))]

    def queryset(self, request, queryset):
        if self.value() not in {"never", "once"}:
            return queryset
        kind = kind_of(queryset.model)
        desk, site = (
            place.model._base_manager.filter(**{place.name: OuterRef("pk")}).order_by()
            for place in (kind.on_desk, kind.on_site)
        )
        if self.value() == "never":
            return queryset.filter(~Exists(desk), ~Exists(site))
        return queryset.filter(Exists(desk), ~Exists(desk[1:2]))


class UsesList(ChangeList):
    """A list whose rows on the page, and no others, are counted."""

    def get_results(self, request):
        super().get_results(request)
        shown = list(self.result_list)
        kind, keys = kind_of(self.model), [row.pk for row in shown]
        counted = with_uses(kind, self.model.objects.filter(pk__in=keys), at=timezone.now())
        uses = {row.pk: row for row in counted.order_by()}
        names = defaultdict(list)
        others = kind.other_names.objects.filter(**{f"{kind.key}__in": keys}).order_by("name", "pk")
        for key, name in others.values_list(kind.key, "name"):
            names[key].append(name)
        for row in shown:
            row.uses, row.named = uses.get(row.pk, row), names[row.pk]
        self.result_list = shown


class UsesColumns:
    """Mixed into the admin of topics or authors: columns of their uses."""

    empty_value_display = ""

    def get_changelist(self, request, **kwargs):
        return UsesList

    @admin.display(description=_("stories"))
    def stories(self, row):
        """How many stories, and how many live ones."""
        return render_to_string("admin/articles/names/uses.html", {"row": row.uses})

    @admin.display(description=_("other names"))
    def named(self, row):
        more = len(row.named) - MOST_NAMED
        return ", ".join(row.named[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


MOST_NAMED = 4
"""Other names that a line shows."""
