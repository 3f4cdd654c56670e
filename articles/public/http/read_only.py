"""Read-only views: GET and HEAD, and nothing else."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """Make a view answer GET and HEAD; any other method gets 405 with `Allow`."""
    # A forged request can change nothing, because every method that could is refused. Without the
    # exemption the CSRF check would come first and answer 403. A view that is to take a POST
    # cannot be `read_only`, and so is checked.
    return csrf_exempt(require_safe(view))
