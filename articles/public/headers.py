"""What every answer to a reader says about itself, in one place."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..publishing.site_version import site_version
from .freshness import lifetime, validator
from .kept import kept
from .keyset import TopReached


def reader_page(view):
    """Make a function a public view: GET and HEAD only, the same for everybody.

    Its validator is known before it is made, so a page that a reader has already costs one light
    query, and a page that was kept costs that and a look into the cache. A cache in front may keep
    it for no longer than nothing changes by itself.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        now = timezone.now()
        version = request.site_version = site_version(now)
        etag = validator(request, version, now)
        answer = get_conditional_response(request, etag=etag)
        if answer is None:
            answer = kept(request, etag, lambda: _made(view, request, *args, **kwargs))
        if answer.status_code in {200, 304}:
            answer.headers["ETag"] = etag
        answer.headers.setdefault("Cache-Control", lifetime(version, now))
        return answer

    return require_safe(page)


def _made(view, request, *args, **kwargs):
    try:
        return view(request, *args, **kwargs)
    except TopReached as reached:
        return HttpResponseRedirect(reached.url)
