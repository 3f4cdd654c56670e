"""The view of a story's URL."""

import datetime as dt

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone

from ....publishing.editions.edition import story_address
from ...errors import gone
from ...public_view import public_view
from .page import story_page
from .query import ADDRESS, STORY


@public_view
def story(request, year, month, day, slug):
    """The live edition at a URL. If there is none, redirects to the story or answers 410."""
    at = timezone.now()
    try:
        posted_on = dt.date(year, month, day)
    except ValueError as error:
        raise Http404("no such day") from error
    row = STORY.first(at=at, posted_on=posted_on, slug=slug)
    if row is None:
        return moved_or_gone(request, posted_on, slug, at=at)
    return story_page(request, row, at=at)


def moved_or_gone(request, posted_on, slug, *, at):
    """Redirect to the story of this URL; 410 if it is withdrawn; 404 if it was never live."""
    past = ADDRESS.first(at=at, posted_on=posted_on, slug=slug)
    if past is None or past.began is None:
        raise Http404("no such story")
    if past.here_from and past.here_from > at:
        raise Http404("not yet")
    if past.now_slug is not None:
        return HttpResponsePermanentRedirect(story_address(past.now_on, past.now_slug))
    return gone(request, at=at)
