"""Taking back a story that was sent to review, as long as nobody has begun to read it."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from .second_reader_rule import ReviewState


def take_back_refusal(user: User, review: ReviewState) -> str:
    """Why this person may not take back the story in review now, or ""."""
    request = review.pending_request
    if request is None or request.by_id != user.pk:
        return _("A colleague sent this story to review.")
    if request.opened_since:  # type: ignore[attr-defined] # annotated
        return _("A colleague has begun to read this story. Ask them to send it back.")
    return ""
