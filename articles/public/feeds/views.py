"""The feeds' addresses, and the page that lists them for people."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ...publishing.urls import ATOM, JSON, RSS
from ..head.head import feeds_for
from ..moment import moment_of
from ..navigation import sections_of
from ..pages.former_slugs import redirect_with_query
from ..public_view import public_view
from ..render_page import render_page
from . import json_feed
from .atom import Atom
from .channel import Moved
from .feed import feed_of
from .rss import Rss

FORMATS = {
    RSS: (Rss.write_entry, Rss.write_feed, Rss.content_type),
    ATOM: (Atom.write_entry, Atom.write_feed, Atom.content_type),
    JSON: (json_feed.write_entry, json_feed.write_feed, "application/feed+json; charset=utf-8"),
}


@public_view
def feed(request, file, channel, **names):
    """A channel's feed in the format that the file's name says."""
    at = moment_of(request)
    try:
        found = channel(request, at, **names)
    except Moved as moved:
        return redirect_with_query(request, reverse(moved.name, args=[*moved.args, file]))
    if found.lang.language and not found.page.editions:
        raise Http404("no stories in this language")
    write_entry, write_feed, content_type = FORMATS[file]
    text = write_feed(feed_of(found, request, file, write_entry, at=at))
    response = HttpResponse(text, content_type=content_type)
    # Programs in a browser may read what everybody may read.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_view
def feeds(request):
    """The page that tells people which feeds there are."""
    at = moment_of(request)
    sections = sections_of(request, at)
    return render_page(
        request,
        "feeds/page.html",
        at=at,
        page_title=_("Feeds"),
        description=_("The addresses of our feeds, which bring new stories to a feed reader."),
        groups=[
            feed_group(_("All stories"), {}),
            feed_group(
                _("Corrections"), {"feed": "corrections_feed", "page_title": _("Corrections")}
            ),
            *(feed_group(section.name, {"section": section}) for section in sections),
        ],
    )


def feed_group(title, shown):
    """A list's feeds for people: {title, feeds: [{title, type, url}]}."""
    return {"title": title, "feeds": feeds_for(shown)}
