"""Screens of rows that people here call otherwise than their model does."""

from django.contrib import admin
from django.utils.text import capfirst


class NamedScreens(admin.ModelAdmin):
    """Calls its rows by `called`: one of them, several of them, and the words to add one."""

    called: tuple = ()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, self.names() | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        one, _many, new = self.called
        context = self.names() | {"title": capfirst(one) if object_id else new}
        context |= extra_context or {}
        return super().changeform_view(request, object_id, form_url, context)

    def names(self):
        return dict(zip(("called_one", "called_many", "called_new"), self.called, strict=True))
