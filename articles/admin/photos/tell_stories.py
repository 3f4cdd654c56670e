"""What a change of a picture's words or rights means for the stories that show it."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.search.index import index_named
from ...publishing.invalidation.invalidate import invalidate
from ...publishing.pictures.where_used import posts_with, published_with

WORDS = {"caption", "credit", "alt"}
MAX_STORIES_NAMED = 5


def tell_stories(request, photo, changed):
    """Have the desk find stories by its new words. Feeds and other sites are kept from it at once;
    name the stories that go on keeping them from a picture that is for them now."""
    if WORDS & set(changed):
        index_named(posts_with(photo))
    if "not_for_others" in changed:
        invalidate()
        warn_kept_from_others(request, photo)


def warn_kept_from_others(request, photo):
    """Name the live stories that go on keeping a picture from others, though it is for them now."""
    if photo.not_for_others:
        return
    live, _before = published_with(photo, timezone.now())
    if live:
        names = ", ".join(f"“{edition.headline}”" for edition in live[:MAX_STORIES_NAMED])
        names = _("%s and others") % names if len(live) > MAX_STORIES_NAMED else names
        sentence = _("Feeds and other sites get this picture once these are published again: %s.")
        messages.warning(request, sentence % names)
