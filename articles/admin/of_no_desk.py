"""Screens of what belongs to no section: they are for who has the right everywhere."""

from django.contrib.auth import get_permission_codename

from ..desk.rights.may_do import may_everywhere


class OfNoDesk:
    """Mixed into a ModelAdmin: who has rights at some desks only reads its rows."""

    def _may_everywhere(self, request, verb):
        codename = get_permission_codename(verb, self.opts)
        return may_everywhere(request.user, f"{self.opts.app_label}.{codename}")

    def has_add_permission(self, request):
        return self._may_everywhere(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._may_everywhere(request, "change")

    def has_delete_permission(self, request, obj=None):
        return self._may_everywhere(request, "delete")
