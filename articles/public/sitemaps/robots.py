"""What robots are asked to leave alone, and where the maps are."""

from django.http import HttpResponse
from django.urls import reverse

from ...publishing.urls import absolute
from ..public_view import public_view


@public_view
def robots(request):
    """robots.txt (RFC 9309)."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        *(f"Sitemap: {absolute(reverse(name), request)}" for name in ("sitemap_index", "news_map")),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
