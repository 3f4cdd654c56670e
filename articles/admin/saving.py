"""Saving a post in the admin without losing anybody's words."""

from ..desk.saving import claim_save
from ..desk.workflow import may_change


class SavingMixin:
    """A save counts as one version, made by one person; only who may change a post saves it."""

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return may_change(obj, request.user)

    def save_model(self, request, obj, form, change):
        if change:
            claim_save(obj, started_from=obj.version, by=request.user)
        else:
            obj.created_by = obj.saved_by = request.user
        super().save_model(request, obj, form, change)
