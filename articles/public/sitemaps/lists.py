"""The maps of what lists stories: the front page, sections, topics, authors."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from ...library.author import Author
from ...library.naming.slugs import is_slug
from ...library.section import Section
from ...library.topic import Topic
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import AuthorListing, TopicListing
from ...publishing.editions.translations import SITE_LANGUAGE
from ...publishing.urls import absolute
from ..public_view import public_view
from .markup import MAX_URLS, entry, xml_response


@public_view
def pages_map(request):
    """The front page, the list of all stories, the topics' index, and the sections."""
    at = timezone.now()
    sections = newest_of(Section, SITE_LANGUAGE.of(Edition.objects.live(at), at=at), "section")
    newest = max((changed for _, changed in sections), default=None)
    entries = [
        entry("url", absolute(reverse("front"), request), newest),
        entry("url", absolute(reverse("latest"), request), newest),
        entry("url", absolute(reverse("topics"), request)),
        entry("url", absolute(reverse("corrections"), request)),
    ]
    return xml_response("urlset", entries + url_entries("section", sections, request))


@public_view
def topics_map(request):
    """The topics that have stories."""
    lines = live_lines(TopicListing)
    return xml_response("urlset", url_entries("topic", newest_of(Topic, lines, "topic"), request))


@public_view
def authors_map(request):
    """The authors who have stories."""
    lines = live_lines(AuthorListing)
    return xml_response(
        "urlset", url_entries("author", newest_of(Author, lines, "author"), request)
    )


def live_lines(listing):
    """Lines of the site's own lists: what has none of them leads to a list in another language."""
    at = timezone.now()
    return SITE_LANGUAGE.of(listing.objects.live(at), at=at, edition="edition__")


def newest_of(model, lines, name):
    """Those things that have live lines, [(slug, when their top line came)], in one query."""
    own = lines.filter(**{name: OuterRef("pk")}).newest_first()
    return list(
        model.objects.annotate(newest=Subquery(own.values("live_from")[:1]))
        .filter(newest__isnull=False)
        .values_list("slug", "newest")[:MAX_URLS]
    )


def url_entries(name, rows, request):
    """The pages of these things; each last changed when its top line came."""
    return [
        entry("url", absolute(reverse(name, args=[slug]), request), newest)
        for slug, newest in rows
        if is_slug(slug)
    ]
