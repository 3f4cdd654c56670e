"""Topics that readers can see: those with a live story."""

from django.db.models import Exists, OuterRef

from ...library.topic import Topic
from ...publishing.editions.listing import TopicListing


def with_stories(at, told=None):
    """The topics that some live story has; of those in a language, if one is `told`."""
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk"))
    lines = told.of(lines, at=at, edition="edition__") if told else lines
    return Topic.objects.filter(Exists(lines))
