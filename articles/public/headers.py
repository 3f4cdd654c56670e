"""What every answer to a reader says about itself, in one place."""

from functools import partial, wraps

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..publishing.replica import has_replica, made_for_readers, refuse_if_behind
from ..publishing.site_version import site_version
from .errors import nothing_here
from .freshness import lifetime, validator
from .kept import kept
from .keyset import TopReached
from .page_keys import carry


def reader_page(view):
    """Make a function a public view: GET and HEAD only, the same for everybody.

    Its validator is known before it is made, so a page that a reader has already costs one light
    query, and a page that was kept costs that and a look into the cache. A cache in front may keep
    it for no longer than nothing changes by itself.

    It is made from the replica where there is one; but for somebody who is signed in, and so may
    have changed the site just now, from the primary, and no cache may keep what they are sent.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        answer = partial(_answer, partial(_made, view, request, *args, **kwargs), request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            private = answer()
            private.headers["Cache-Control"] = "private, no-store"
            return private
        return made_for_readers(answer)

    return require_safe(page)


def _answer(make, request):
    now = timezone.now()
    version = request.site_version = site_version(now)
    refuse_if_behind(version)
    etag = validator(request, version, now)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = kept(request, etag, make, holds=partial(_holds, version))
        carry(answer)
    if answer.status_code in {200, 304}:
        answer.headers["ETag"] = etag
    # As long as is left now: making the page took time.
    answer.headers.setdefault("Cache-Control", lifetime(version, timezone.now()))
    return answer


def _holds(version):
    """Whether a page made at a version may be kept under its name for all who read that version.

    The site may have changed while the page was made. With one database nobody asks for the
    version before it again; a replica may, for a while.
    """
    return not has_replica() or site_version() == version


def _made(view, request, *args, **kwargs):
    """The view's answer; that something is not there is an answer too, until it appears."""
    try:
        return view(request, *args, **kwargs)
    except TopReached as reached:
        return HttpResponseRedirect(reached.url)
    except Http404:
        if settings.DEBUG:
            raise
        return nothing_here(request)
