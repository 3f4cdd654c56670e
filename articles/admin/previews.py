"""Previews: pages of the site that only the desk may see."""


def keep_private(response):
    """Keep a preview out of every cache and search engine."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
