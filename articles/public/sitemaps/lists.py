"""The maps of what lists stories: the front page, sections, topics, authors."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ...publishing.edition import Edition
from ...publishing.feed_addresses import absolute
from ...publishing.listing import AuthorListing, TopicListing
from ..headers import reader_page
from .markup import MOST_ADDRESSES, answer, entry


@reader_page
def pages_map(request):
    """The front page, the list of all stories, the topics' index, and the sections."""
    at = timezone.now()
    newest = Edition.objects.live(at).newest_first().values_list("live_from", flat=True).first()
    entries = [
        entry("url", absolute(reverse("front"), request), newest),
        entry("url", absolute(reverse("latest"), request), newest),
        entry("url", absolute(reverse("topics"), request)),
        entry("url", absolute(reverse("corrections"), request)),
    ]
    return answer("urlset", entries + lists(request, Section, Edition.objects.live(at), "section"))


@reader_page
def topics_map(request):
    """The topics that have stories."""
    lines = TopicListing.objects.live(timezone.now())
    return answer("urlset", lists(request, Topic, lines, "topic"))


@reader_page
def authors_map(request):
    """The authors who have stories."""
    lines = AuthorListing.objects.live(timezone.now())
    return answer("urlset", lists(request, Author, lines, "author"))


def lists(request, model, lines, name):
    """The pages of those things that have live lines; each last changed when its top line came."""
    own = lines.filter(**{name: OuterRef("pk")}).newest_first()
    rows = (
        model.objects.annotate(newest=Subquery(own.values("live_from")[:1]))
        .filter(newest__isnull=False)
        .values_list("slug", "newest")[:MOST_ADDRESSES]
    )
    return [
        entry("url", absolute(reverse(name, args=[slug]), request), newest) for slug, newest in rows
    ]
