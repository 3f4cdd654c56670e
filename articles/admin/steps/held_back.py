"""Telling whoever saves what their save has held back."""

import datetime as dt

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import Caption
from ...library.date_formats import say_day
from ...publishing.editions.edition import MAY_BE_AHEAD, Edition
from ...publishing.steps.holding import hold_what_is_refused, lock_scheduled, with_photo

SOON = dt.timedelta(days=7)
MOST_NAMED = 5


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


def tell_still_shown(request, photo):
    """Name the stories that readers see with a photo whose rights have ended or end soon."""
    today, until = timezone.localdate(), photo.rights_until
    if until is None or until > today + SOON:
        return
    stories = list(live_with(photo)[: MOST_NAMED + 1])
    if not stories:
        return
    names = ", ".join(f"“{edition.headline}”" for edition in stories[:MOST_NAMED])
    told = _("The rights to this picture end on %(day)s, and readers see it in %(stories)s.")
    if until < today:
        told = _(
            "The rights to this picture ended on %(day)s, and readers still see it in %(stories)s."
        )
    words = {
        "day": say_day(until),
        "stories": _("%s and others") % names if len(stories) > MOST_NAMED else names,
    }
    todo = _("Publish each without it, or withdraw it.")
    messages.warning(request, f"{told % words} {todo}")


def live_with(photo):
    """The editions that readers see with a photo, newest first.

    Looked for among the stories whose desk copy has it, or has changed since.
    """
    has_it = Exists(Caption.objects.filter(photo=photo, parent=OuterRef("post")))
    has_changed = Q(post__version__gt=F("post__published_version"))
    return (
        with_photo(Edition.objects.live(timezone.now()).filter(has_it | has_changed), photo)
        .order_by("-live_from", "-pk")
        .only("headline")
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
            tell_still_shown(request, form.instance)

    @transaction.atomic
    def delete_model(self, request, obj):
        lock_scheduled(obj)
        super().delete_model(request, obj)
        hold_and_tell(request, photo=obj)
