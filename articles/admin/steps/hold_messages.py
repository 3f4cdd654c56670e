"""Messages about what a save has put on hold, or came too late to hold."""

import datetime as dt

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import Caption
from ...library.date_formats import format_day
from ...publishing.editions.edition import Edition
from ...publishing.steps.hold_back import hold_back_refused, with_photo

RIGHTS_WARNING = dt.timedelta(days=7)
MAX_STORIES_NAMED = 5


def hold_and_warn(request, **changed):
    """Hold what a change of a `post` or `photo` no longer allows to be published, and say so."""
    for held in hold_back_refused(by=request.user, **changed):
        messages.warning(request, str(held))


def warn_rights_end(request, photo):
    """Name the live stories with a photo whose rights have ended or end soon."""
    today, until = timezone.localdate(), photo.rights_until
    if until is None or until > today + RIGHTS_WARNING:
        return
    stories = list(live_with(photo)[: MAX_STORIES_NAMED + 1])
    if not stories:
        return
    names = ", ".join(f"“{edition.headline}”" for edition in stories[:MAX_STORIES_NAMED])
    sentence = _("The rights to this picture end on %(day)s, and readers see it in %(stories)s.")
    if until < today:
        sentence = _(
            "The rights to this picture ended on %(day)s, and readers still see it in %(stories)s."
        )
    words = {
        "day": format_day(until),
        "stories": _("%s and others") % names if len(stories) > MAX_STORIES_NAMED else names,
    }
    todo = _("Publish each without it, or withdraw it.")
    messages.warning(request, f"{sentence % words} {todo}")


def live_with(photo):
    """The live editions with a photo, newest first.

    Looked for among the stories whose desk copy has it, or has changed since.
    """
    has_it = Exists(Caption.objects.filter(photo=photo, parent=OuterRef("post")))
    has_changed = Q(post__version__gt=F("post__published_version"))
    return (
        with_photo(Edition.objects.live(timezone.now()).filter(has_it | has_changed), photo)
        .order_by("-live_from", "-pk")
        .only("headline")
    )
