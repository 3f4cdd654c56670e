"""What every answer to a reader says about itself, in one place."""

from functools import partial, wraps

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response

from ...publishing.replica import made_for_readers, refuse_if_behind
from ...publishing.site_version import version_and_touch
from ..errors import nothing_here
from ..keyset import TopReached
from ..read_only import read_only
from .kept import kept
from .known import Known, name_of, recall, remember
from .lifetime import lifetime, right_until
from .page_keys import carry, keys_of


def reader_page(view):
    """Make a function a public view: GET and HEAD only, the same for everybody.

    A page that a reader has already costs one light query, or two when something else changed on
    the site; a page that was kept costs that and a look into the cache. A cache in front may keep
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

    return read_only(page)


def _answer(make, request):
    now, name = timezone.now(), name_of(request)
    known, answer = recall(name), None
    asked = (known.keys, known.checked) if known else ()
    version, touched = version_and_touch(now, *asked)
    request.site_version = version
    refuse_if_behind(version)
    if known and not known.is_right(version, now, touched):
        known = None
    if known:
        answer = get_conditional_response(request, etag=known.etag)
    if answer is None:
        answer = kept(
            name,
            version,
            partial(_described, make, version, now),
            is_right=lambda other: other.same_as(known) or other.is_right(version, now),
        )
        carry(answer)
        shown = getattr(answer, "known", None)
        if shown is None or not shown.same_as(known):
            known = shown
            remember(name, shown)
        if known:
            answer = get_conditional_response(request, etag=known.etag, response=answer)
    if known:
        answer.headers["ETag"] = known.etag
    until = known.right_until if known else right_until(version, now)
    # As long as is left now: making the page took time.
    answer.headers.setdefault("Cache-Control", lifetime(until, timezone.now()))
    return answer


def _described(make, version, now):
    """The page that `make()` returns, with what is `known` of it when it may be shown again."""
    page = make()
    if page.status_code == 200 and not page.streaming:
        page.known = Known.of(page, keys_of(page), version, now)
    return page


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
