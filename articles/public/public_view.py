"""The decorator of every public view: caching, conditional requests, the replica, 404 pages."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response

from ..publishing.invalidation.site_stamp import SiteStamp, highest_stamp
from ..publishing.replica import made_for_readers, refuse_if_behind
from .errors import moved_or_nothing
from .http.cache_control import cache_control, fresh_until
from .http.page_cache import look_up, make_once
from .http.page_validator import Validator, cache_key
from .http.read_only import read_only
from .http.surrogate_headers import add_surrogate_headers, keys_of
from .lists.keyset import TopReached
from .lists.languages import InAnotherLanguage
from .navigation import read_site

Make = Callable[[], HttpResponse]


def public_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a function a public view: GET and HEAD only, the same page for everybody, cached.

    A cached page, or a 304 for it, costs one query, for the highest stamp of its surrogate keys.

    Pages are made from the replica where there is one. Whoever is signed in may just have changed
    the site, so their pages come from the primary, and no cache may store them.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        make = partial(_call_view, view, request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = _respond(make, request)
            response.headers["Cache-Control"] = "private, no-store"
            return response
        return made_for_readers(partial(_respond, make, request))

    public = read_only(respond)
    # What the desk's time machine calls: the page alone, made anew and kept nowhere.
    public.page_alone = partial(_call_view, view)  # type: ignore[attr-defined]
    return public


def _respond(make: Make, request: HttpRequest) -> HttpResponse:
    now, key = timezone.now(), cache_key(request)
    page = _cached_page(key, now) or _new_page(make, request, key, now)
    add_surrogate_headers(page)
    if validator := getattr(page, "validator", None):
        until = validator.fresh_until
        frames = getattr(page, "frames", ())
        # The stubs say that it may be None, which it never is when it is given a response.
        page = get_conditional_response(request, validator.etag, response=page)  # type: ignore[assignment]
        page.headers["ETag"] = validator.etag
        # A 304 has new headers, which browsers put in place of those that they kept.
        page.frames = frames  # type: ignore[attr-defined]
    else:
        until = fresh_until(request.site.changes_at, now)  # type: ignore[attr-defined]
    # The lifetime counts from now: making the page took time.
    page.headers.setdefault("Cache-Control", cache_control(until, timezone.now()))
    return page


def _cached_page(key: str | None, now: datetime) -> HttpResponse | None:
    """The cached page if it is still valid. One query at most."""
    cached = look_up(key)
    if cached is None or not cached.validator.is_current(now):
        return None
    count, highest = highest_stamp(cached.validator.keys)
    refuse_if_behind(count)
    return cached.page() if highest <= cached.validator.count else None


def _new_page(make: Make, request: HttpRequest, key: str | None, now: datetime) -> HttpResponse:
    """The page made now, once for all threads of this process that ask for it together."""
    site = read_site(request, now)
    refuse_if_behind(site.count)
    return make_once(key, site, partial(_with_validator, make, site))


def _with_validator(make: Make, site: SiteStamp) -> HttpResponse:
    """The page that `make()` returns, with a `validator` when it may be cached."""
    page = make()
    if page.status_code in {200, 404, 410} and not page.streaming:
        page.validator = Validator.of(page, keys_of(page), site)  # type: ignore[attr-defined]
    return page


def _call_view(
    view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The view's response. A 404 is a page too, right until something appears there."""
    try:
        return view(request, *args, **kwargs)
    except (TopReached, InAnotherLanguage) as found:
        return HttpResponseRedirect(found.url)
    except Http404:
        if settings.DEBUG:
            raise
        return moved_or_nothing(request)
