"""Filters of the list of photos."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HasWords(admin.SimpleListFilter):
    """Whether a text field is filled."""

    field = None

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        empty = {self.field: ""}
        if self.value() == "yes":
            return queryset.exclude(**empty)
        return queryset.filter(**empty) if self.value() == "no" else queryset


class HasCredit(HasWords):
    title = _("has a credit")
    parameter_name = "credited"
    field = "credit"


class HasAlt(HasWords):
    title = _("has alt text")
    parameter_name = "described"
    field = "alt"


class Rights(admin.SimpleListFilter):
    """Photos whose rights have ended, or end within thirty days."""

    title = _("rights")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [("ended", _("Ended")), ("ending", _("End within 30 days"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "ended":
            return queryset.filter(rights_until__lt=today)
        if self.value() == "ending":
            soon = today + timezone.timedelta(days=30)
            return queryset.filter(rights_until__gte=today, rights_until__lte=soon)
        return queryset
