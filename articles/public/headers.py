"""What every answer to a reader says about itself, in one place."""

from functools import wraps

from django.http import HttpResponseRedirect
from django.views.decorators.http import conditional_page, require_safe

from .keyset import TopReached


def reader_page(view):
    """Make a function a public view: GET and HEAD only, the same for everybody, asked for anew.

    A cache may keep the page but has to ask whether it still holds (the ETag answers that), so
    that no page outlives the next scheduled change.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except TopReached as reached:
            response = HttpResponseRedirect(reached.url)
        response.headers.setdefault("Cache-Control", "public, no-cache")
        return response

    return require_safe(conditional_page(page))
