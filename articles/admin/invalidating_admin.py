"""Screens for what stands on pages without being published: names, descriptions, pictures."""

from django.contrib import admin

from ..publishing.invalidation.site_stamp import invalidate
from ..publishing.surrogate_keys import SITE_KEY
from .saves.guarded_admin import GuardedAdmin


class InvalidatingAdmin(GuardedAdmin, admin.ModelAdmin):
    """Rows whose words stand on pages: a change counts as a change of the site."""

    def keys_of(self, row, *, new):
        """The keys of the pages that show a row, or now could. A name may stand on any page."""
        return [SITE_KEY]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        invalidate(self.keys_of(form.instance, new=not change))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        invalidate()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        invalidate()
