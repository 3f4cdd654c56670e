"""The channel of a search: the newest stories that answer a reader's words."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ...library.words.query import parse
from ...publishing.dates import possible
from ...publishing.editions.edition import Edition
from ...publishing.search.matching import newest
from ..lists.filters import filters_of
from ..lists.keyset import Page, cursor_pairs
from ..pages.search import BEST, read_search_cursor, search_filters_of, search_query, with_sections
from .channel import Channel
from .written import whole_entries


def of_search(request, at):
    """Stories that match the words and the filters in the URL.

    Raises Http404 when nothing is asked, and when a filter is wrong: without it the feed would be
    of other stories, and nobody looks at a feed to be told so.
    """
    asked = parse(request.GET.get("q", ""))
    if not asked:
        raise Http404("nothing is asked")
    places = {name: read_search_cursor(cursor) for name, cursor in cursor_pairs(request)}
    stories = filters_of(request, at)
    if not stories.is_valid():
        raise Http404("a filter is wrong")
    query = search_query(request.GET, stories, asked.words, BEST).urlencode()
    live = whole_entries(possible(Edition.objects.live(at)), at=at)
    found = newest(asked, live, at=at, filters=search_filters_of(stories), **places)
    with_sections(request, found.editions, at=at)
    names = {"words": asked.words, "site": settings.SITE_NAME}
    return Channel(
        title=_("“%(words)s” · %(site)s") % names,
        description=_("The latest stories from %(site)s that answer “%(words)s”.") % names,
        path=f"{reverse('search')}?{query}",
        page=Page(
            found.editions,
            newer_url=cursor_url(request.path, query, "after", found.newer),
            older_url=cursor_url(request.path, query, "before", found.older),
        ),
        query=query,
        pinged=False,
        lang=stories.lang,
    )


def cursor_url(path, query, name, place):
    """The feed's address at a place in the order of time, or None."""
    return None if place is None else f"{path}?{query}&{name}={place}"
