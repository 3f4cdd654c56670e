"""The view of a story's URL."""

import datetime as dt

from django.http import Http404

from ...moment import moment_of
from ...public_view import public_view
from .former_address import moved_or_gone
from .page import story_page
from .query import STORY


@public_view
def story(request, year, month, day, slug):
    """The live edition at a URL. If there is none, redirects to the story or answers 410."""
    at = moment_of(request)
    try:
        posted_on = dt.date(year, month, day)
    except ValueError as error:
        raise Http404("no such day") from error
    row = STORY.first(at=at, posted_on=posted_on, slug=slug)
    if row is None:
        return moved_or_gone(request, posted_on, slug, at=at)
    return story_page(request, row, at=at)
