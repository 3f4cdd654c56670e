"""Telling whoever saves what their save has held back."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...publishing.editions.edition import MAY_BE_AHEAD
from ...publishing.steps.holding import hold_what_is_refused, lock_scheduled


def hold_and_tell(request, **what):
    """Hold back what is scheduled (`post` or `photo`) and may not go out any more, and say so."""
    for held in hold_what_is_refused(by=request.user, **what):
        messages.warning(request, str(held))


def tell_too_late(request, post):
    """Say that an embargo takes nothing down, when readers see the story or will in a moment."""
    now = timezone.now()
    embargoed = post.embargo_until and post.embargo_until > now
    if embargoed and post.editions.live(now + MAY_BE_AHEAD).exists():
        messages.warning(
            request,
            _("Readers see this story already: an embargo holds only what is still to come. ")
            + _("Withdraw it to take it off the site."),
        )


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
