"""Screens for what stands on pages without being published: names, descriptions, pictures."""

from django.contrib import admin

from ..publishing.site_version import count_change


class OnPagesAdmin(admin.ModelAdmin):
    """Rows whose words stand on pages: a change counts as a change of the site."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        count_change()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        count_change()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        count_change()
