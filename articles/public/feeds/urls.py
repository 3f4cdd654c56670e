"""The feeds' addresses."""

from django.urls import path, register_converter

from ...publishing.urls import FEED_FILES
from . import channel
from .corrections_channel import of_corrections
from .search_channel import of_search
from .views import feed, feeds


class File:
    """The name of a feed's file, which says its format."""

    regex = "|".join(FEED_FILES).replace(".", r"\.")

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(File, "feed")

urlpatterns = [
    path("feeds/", feeds, name="feeds"),
    path("search/<feed:file>", feed, {"channel": of_search}, name="search_feed"),
    path("corrections/<feed:file>", feed, {"channel": of_corrections}, name="corrections_feed"),
    path("feeds/<feed:file>", feed, {"channel": channel.of_site}, name="feed"),
    path(
        "sections/<name:slug>/<feed:file>",
        feed,
        {"channel": channel.of_section},
        name="section_feed",
    ),
    path("topics/<name:slug>/<feed:file>", feed, {"channel": channel.of_topic}, name="topic_feed"),
    path(
        "authors/<name:slug>/<feed:file>", feed, {"channel": channel.of_author}, name="author_feed"
    ),
]
