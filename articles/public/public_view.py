"""What every answer to a reader says about itself, in one place."""

from functools import partial, wraps

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response

from ..publishing.invalidation.site_stamp import highest_stamp
from ..publishing.replica import made_for_readers, refuse_if_behind
from .errors import nothing_here
from .http.cache_control import lifetime, right_until
from .http.page_cache import look_up, make_once
from .http.read_only import read_only
from .http.surrogate_headers import carry, keys_of
from .http.validators import Validator, cache_key
from .lists.keyset import TopReached
from .lists.languages import Elsewhere
from .navigation import read_site


def public_view(view):
    """Make a function a public view: GET and HEAD only, the same for everybody.

    A cached page, or a 304 for it, costs one query, which asks for the highest stamp of its
    surrogate keys. A cache in front may keep it for no longer than nothing changes by itself.

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

    return read_only(page)


def _answer(make, request):
    now, key = timezone.now(), cache_key(request)
    page = _cached(request, key, now) or _made_anew(make, request, key, now)
    validator, answer = getattr(page, "validator", None), page
    if validator:
        answer = get_conditional_response(request, etag=validator.etag, response=page)
        answer.headers["ETag"] = validator.etag
    until = validator.right_until if validator else right_until(request.site.changes_at, now)
    # As long as is left now: making the page took time.
    answer.headers.setdefault("Cache-Control", lifetime(until, timezone.now()))
    return answer


def _cached(request, key, now):
    """The cached page if it is still right, or None. One query at most."""
    cached = look_up(key)
    if cached is None or not cached.validator.is_current(now):
        return None
    count, highest = highest_stamp(cached.validator.keys)
    refuse_if_behind(count)
    if highest > cached.validator.count:
        return None
    return _carrying(cached.page())


def _made_anew(make, request, key, now):
    """The page made now; once for all threads of this process that ask for it together."""
    site = read_site(request, now)
    refuse_if_behind(site.count)
    return _carrying(make_once(key, site, partial(_validated, make, site)))


def _carrying(page):
    carry(page)
    return page


def _validated(make, site):
    """The page that `make()` returns, with a `validator` when it may be cached."""
    page = make()
    if page.status_code == 200 and not page.streaming:
        page.validator = Validator.of(page, keys_of(page), site)
    return page


def _made(view, request, *args, **kwargs):
    """The view's answer; that something is not there is an answer too, until it appears."""
    try:
        return view(request, *args, **kwargs)
    except (TopReached, Elsewhere) as found:
        return HttpResponseRedirect(found.url)
    except Http404:
        if settings.DEBUG:
            raise
        return nothing_here(request)
