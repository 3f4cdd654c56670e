"""Deleting topics and authors: only those that no story needs; the others are merged."""

from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy, ngettext

from ....desk.write_conflicts import LostTwice, tried_twice
from ....publishing.names.counts import is_used
from ....publishing.names.refusals import NameRefused
from ....publishing.names.remove import StillUsed, remove

MOST_NAMED = 10
"""Names and refusals that are told one by one."""


def _deleted(names):
    """What is said of those that were deleted, by name while they are few."""
    if len(names) > MOST_NAMED:
        return ngettext("%d was deleted.", "%d were deleted.", len(names)) % len(names)
    # Translators: a list of names.
    return gettext("Deleted: %s.") % ", ".join(names)


class RemovalOfUnused:
    """Mixed into the admin of topics or authors, after MergePages."""

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        if row is not None and self.has_delete_permission(request, row) and is_used(self.kind, row):
            messages.warning(request, str(StillUsed(row.name)))
            return redirect(self.page("merge", row=row.pk))
        try:
            return super().delete_view(request, object_id, extra_context)
        except NameRefused as refusal:
            # A colleague gave it to a story while this person was asked.
            messages.warning(request, str(refusal))
            return redirect(self.page("changelist"))

    def delete_model(self, request, obj):
        remove(obj, by=request.user)

    @admin.action(description=gettext_lazy("Delete unused ones"), permissions=["delete"])
    def remove_unused(self, request, queryset):
        """Delete those of the chosen rows that no story names; say of each other why not."""
        removed, refused = [], []
        for row in queryset:
            try:
                tried_twice(partial(self.remove_one, request, row))
                removed.append(row.name)
            except (NameRefused, LostTwice) as refusal:
                refused.append(str(refusal))
        if removed:
            self.message_user(request, _deleted(removed), messages.SUCCESS)
        for reason in refused[:MOST_NAMED]:
            self.message_user(request, reason, messages.WARNING)
        if (more := len(refused) - MOST_NAMED) > 0:
            said = ngettext("%d more is in use.", "%d more are in use.", more) % more
            self.message_user(request, said, messages.WARNING)

    @transaction.atomic
    def remove_one(self, request, row):
        self.log_deletions(request, [row])
        remove(row, by=request.user)

    def get_actions(self, request):
        # The stock action would take topics out of stories.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
