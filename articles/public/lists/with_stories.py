"""Topics and authors that readers can see: those with a live story."""

from django.db.models import Exists, OuterRef

from ...library.author import Author
from ...library.topic import Topic
from ...publishing.editions.listing import AuthorListing, TopicListing


def topics_with_stories(at, lang=None):
    """The topics of some live story; of those in a language, if one is given."""
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk"))
    lines = lang.of(lines, at=at, edition="edition__") if lang else lines
    return Topic.objects.filter(Exists(lines))


def authors_with_stories(at):
    """The authors of some live story."""
    return Author.objects.filter(
        Exists(AuthorListing.objects.live(at).filter(author=OuterRef("pk")))
    )
