"""The index of the maps."""

from django.urls import reverse
from django.utils import timezone

from ...publishing.editions.listing import AuthorListing, TopicListing
from ...publishing.urls import absolute
from ..public_view import public_view
from .markup import entry, xml_response
from .months import last_changes, months_with_stories


@public_view
def index(request):
    """A map for each month with stories, and those of the lists."""
    at = timezone.now()
    changed = last_changes(at)
    entries = [index_entry(request, reverse("pages_map"))]
    for name, lines in (("topics_map", TopicListing), ("authors_map", AuthorListing)):
        if lines.objects.live(at).exists():
            entries.append(index_entry(request, reverse(name)))
    entries += [
        index_entry(
            request, reverse("month_map", args=[month.year, month.month]), changed.get(month)
        )
        for month in months_with_stories(at)
    ]
    return xml_response("sitemapindex", entries)


def index_entry(request, path, changed=None):
    """One map, and when it last changed if that is known."""
    return entry("sitemap", absolute(path, request), changed)
