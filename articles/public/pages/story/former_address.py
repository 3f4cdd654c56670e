"""URLs without a live story: redirects to where it is now, and 410 for a withdrawn one."""

from django.http import Http404, HttpResponsePermanentRedirect

from ....publishing.editions.address import sealed_slug
from ....publishing.editions.edition import story_address
from ...errors import gone
from .query import ADDRESS


def moved_or_gone(request, posted_on, slug, *, at):
    """Redirect to the story of this URL, or to the one in its place; 410 if it is withdrawn or
    killed; 404 if it was never live."""
    sealed = sealed_slug(posted_on, slug)
    past = ADDRESS.first(at=at, posted_on=posted_on, slug=slug, sealed=sealed)
    if past is None or (past.began is None and not past.killed):
        raise Http404("no such story")
    if past.here_from and past.here_from > at:
        raise Http404("not yet")
    if past.now_slug is not None:
        return HttpResponsePermanentRedirect(story_address(past.now_on, past.now_slug))
    if past.instead_slug is not None:
        return HttpResponsePermanentRedirect(story_address(past.instead_on, past.instead_slug))
    return gone(request, at=at, headline=past.headline, told=past.words)
