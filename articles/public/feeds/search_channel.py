"""The channel of a search: the newest stories that answer a reader's words."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ...library.section import Section
from ...publishing.edition import Edition
from ...publishing.search import find
from ...publishing.search.query import Query, parse
from ..filters import StoryFilter
from ..keyset import CURSORS, Page
from ..search import BEST, asked_for, narrowing_of, place_in
from .channel import Channel, whole


@dataclass(frozen=True)
class SearchChannel(Channel):
    """What a reader asked, and when."""

    asked: Query = None
    narrowing: find.Narrowing = find.NOWHERE
    at: object = None

    def page_of(self, request):
        """The answers that the request asks for, newest first. Raises Http404."""
        places = {name: place_in(request.GET[name]) for name in CURSORS if request.GET.get(name)}
        found = find.search(self.asked, at=self.at, narrowing=self.narrowing, **places)
        keys = [edition.pk for edition in found.editions]
        editions = {edition.pk: edition for edition in self.lines.filter(pk__in=keys)}
        return Page(
            [editions[key] for key in keys if key in editions],
            newer_url=self._at_place(request, "after", found.newer),
            older_url=self._at_place(request, "before", found.older),
        )

    def _at_place(self, request, name, place):
        return None if place is None else f"{request.path}?{self.query}&{name}={place}"


def of_search(request, at):
    """Stories that answer the words and the filters in the address."""
    asked = parse(request.GET.get("q", ""))
    if not asked:
        raise Http404("nothing is asked")
    sections = list(Section.objects.all()) if request.GET.get("section") else []
    stories = StoryFilter(request.GET, at=at, sections=sections)
    query = asked_for(request.GET, stories, asked.words, BEST).urlencode()
    names = {"words": asked.words, "site": settings.SITE_NAME}
    return SearchChannel(
        title=_("“%(words)s” · %(site)s") % names,
        description=_("The latest stories from %(site)s that answer “%(words)s”.") % names,
        page=f"{reverse('search')}?{query}",
        lines=whole(Edition.objects.live(at)).order_by(),
        query=query,
        pinged=False,
        asked=asked,
        narrowing=narrowing_of(stories.chosen),
        at=at,
    )
