"""Telling whoever saves what their save has held back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction

from ..publishing.holding import hold_what_is_refused, lock_scheduled


def hold_and_tell(request, **what):
    """Hold back what is scheduled (`post` or `photo`) and may not go out any more, and say so."""
    for held in hold_what_is_refused(by=request.user, **what):
        messages.warning(request, str(held))


class HoldsStories:
    """For the screen of photos: a change of one may hold back the stories it is in."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        posted = request.method == "POST" and object_id
        if photo := posted and self.get_object(request, unquote(object_id)):
            lock_scheduled(photo)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            hold_and_tell(request, photo=form.instance)

    @transaction.atomic
    def delete_model(self, request, obj):
        lock_scheduled(obj)
        super().delete_model(request, obj)
        hold_and_tell(request, photo=obj)
