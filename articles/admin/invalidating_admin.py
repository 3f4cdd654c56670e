"""Screens of rows that pages show without an edition: names, descriptions, pictures."""

from django.contrib import admin

from ..publishing.invalidation.invalidate import invalidate
from ..publishing.surrogate_keys import SITE_KEY
from .saves.guarded_admin import GuardedAdmin


class InvalidatingAdmin(GuardedAdmin, admin.ModelAdmin):
    """A change of such a row invalidates the pages that show it."""

    def keys_of(self, row):
        """The surrogate keys of the pages that may show a row: a name may be on any."""
        return [SITE_KEY]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        invalidate(self.keys_of(form.instance))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        invalidate()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        invalidate()
