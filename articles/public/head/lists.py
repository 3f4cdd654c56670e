"""Where a page stands, and what it lists, in schema.org's words."""

from ...publishing.urls import absolute


def breadcrumbs(steps, request):
    """The way to a page from the front page: (text, path) pairs."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": text,
                "item": absolute(path, request),
            }
            for position, (text, path) in enumerate(steps, start=1)
        ],
    }


def item_list(editions, request):
    """The stories that a page lists, in its order."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "url": absolute(edition.get_absolute_url(), request),
            }
            for position, edition in enumerate(editions, start=1)
        ],
    }
