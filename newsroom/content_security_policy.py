"""The Content-Security-Policy of every response."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.core.signals import setting_changed

from .desk_middleware import DESK


class ContentSecurityPolicy(CSPMiddleware):
    """Sends the header: on the desk with a nonce for scripts. Readers' pages need none, so theirs
    is the same on every page."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        response = self.get_response(request)
        response.headers.setdefault(HEADER, readers_policy())
        return response


readers_policy = cache(build_policy)
setting_changed.connect(lambda **signal: readers_policy.cache_clear(), weak=False)
