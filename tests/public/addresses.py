"""Every kind of public address, for tests that walk them all."""

import datetime as dt

from articles.publishing.editions.edition import Edition
from articles.publishing.steps.publish import publish
from tests.builders import make_link, make_post, make_story

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)

FIXED = (
    "/",
    "/latest/",
    "/latest/?topic=syria&topic=labour",
    "/latest/?section=politics&author=anna-brown&from=2026-05-01&to=2026-06-30",
    "/search/?q=words",
    "/search/?q=words&sort=newest&topic=syria",
    "/2026/",
    "/2026/06/",
    "/2026/06/01/",
    "/topics/",
    "/topics/?letter=S",
    "/topics/syria/",
    "/corrections/",
    "/sections/politics/",
    "/authors/anna-brown/",
)

# What programs read: feeds, maps, and what goes with them; the first have stories' headlines.
MACHINES = (
    "/feeds/rss.xml",
    "/sections/politics/atom.xml",
    "/topics/syria/feed.json",
    "/authors/anna-brown/rss.xml",
    "/search/rss.xml?q=words",
    "/sitemaps/news.xml",
)
WITHOUT_HEADLINES = (
    "/topics/",
    "/topics/?letter=S",
    "/corrections/",
    "/privacy/",
    "/corrections/rss.xml",
    "/feeds/",
    "/robots.txt",
    "/opensearch.xml",
    "/search/suggest/?q=wo",
    "/search/complete/?q=wo",
    "/sitemap.xml",
    "/sitemaps/2026-06.xml",
    "/sitemaps/pages.xml",
    "/sitemaps/topics.xml",
    "/sitemaps/authors.xml",
    "/oembed/?url=http%3A%2F%2Ftestserver%2F2026%2F06%2F01%2Fmain-story%2F",
)


def walk():
    """All public addresses, with those of every edition that there is."""
    fixed = dict.fromkeys([*FIXED, *MACHINES, *WITHOUT_HEADLINES])
    return [*fixed, *{edition.get_absolute_url() for edition in Edition.objects.all()}]


def make_site(at=NOON):
    """A story with everything in it, live from that moment."""
    other = make_story("Earlier story", at=at - HOUR, topics=["Syria", "Labour"])
    post = make_post("Main story", topics=["Syria", "Labour"], authors=["Anna Brown"])
    make_link(post, other, label="watch")
    make_link(post)
    publish(post, by=None, now=at)
    post.refresh_from_db()
    return post
