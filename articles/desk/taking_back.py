"""Taking back a story that was sent to review, as long as nobody has begun to read it."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from .second_reader_rule import ReviewState
from .transition import Transition
from .writing.presence import Presence


def take_back_refusal(user: User, review: ReviewState) -> str:
    """Why this person may not take back the story in review now, or ""."""
    request = review.pending_request
    if request is None or request.by_id != user.pk:
        return _("A colleague sent this story to review.")
    if request.opened_since:  # type: ignore[attr-defined] # annotated
        return _("%s has opened this story. Ask them to send it back.") % _who_opened(request)
    return ""


def _who_opened(request: Transition) -> str:
    """The name of the first colleague who has had the story open since it was sent."""
    pages = Presence.objects.filter(post=request.post_id, seen_at__gte=request.at)
    first = pages.exclude(user=request.by_id).select_related("user").order_by("seen_at").first()
    if first is None:
        return _("A colleague")
    return first.user.get_full_name() or first.user.get_username()
