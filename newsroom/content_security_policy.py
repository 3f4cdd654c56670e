"""The Content-Security-Policy of every response."""

from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.core.signals import setting_changed

from .desk_middleware import DESK


class ContentSecurityPolicy(CSPMiddleware):
    """Sends the header: on the desk with a nonce for scripts. Readers' pages need none, so theirs
    is the same on every page, but for the `frames` of a response: the sources that these may come
    from."""

    def __call__(self, request):
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        response = self.get_response(request)
        response.headers.setdefault(HEADER, readers_policy(getattr(response, "frames", ())))
        return response

    def process_response(self, request, response):
        if frames := getattr(response, "frames", ()):
            response._csp_update = {"frame-src": [*frames]}
        return super().process_response(request, response)


@lru_cache(500)
def readers_policy(frames=()):
    return build_policy(update={"frame-src": [*frames]} if frames else None)


setting_changed.connect(lambda **signal: readers_policy.cache_clear(), weak=False)
