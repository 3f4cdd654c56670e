"""The head of a page: what it says to programs that index, share, follow and quote."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from ...publishing.feed_addresses import ATOM, JSON, RSS, absolute, feed_addresses
from .json_ld import json_ld
from .languages import alternates
from .lists import breadcrumbs, item_list
from .news_article import news_article
from .pictures import largest
from .publisher import publisher, website

FEED_TYPES = {
    RSS: ("RSS", "application/rss+xml"),
    ATOM: ("Atom", "application/atom+xml"),
    JSON: ("JSON", "application/feed+json"),
}

HEADLINES = 3
"""How many headlines describe a page that has no words of its own."""

PLACES = {"sort", "page", "before", "after"}


@dataclass
class Head:
    """What a page says of itself; `edition` on a story's page only."""

    title: str
    description: str
    things: list
    feeds: list
    languages: list = field(default_factory=list)
    edition: object = None
    image: dict | None = None
    oembed: str = ""
    newer: str | None = None
    older: str | None = None
    locale: str = field(default_factory=lambda: to_locale(settings.LANGUAGE_CODE))

    @property
    def json_ld(self):
        return json_ld(self.things)


def head_of(request, page):
    """The head of a page; `page` is what its template is given."""
    if edition := page.get("edition"):
        return story_head(request, edition, page["canonical"], page["translations"])
    return list_head(request, page)


def story_head(request, edition, canonical, translations):
    """The head of a story's page."""
    steps = [
        (settings.SITE_NAME, reverse("front")),
        (edition.section.name, edition.section.get_absolute_url()),
        (edition.headline, edition.get_absolute_url()),
    ]
    return Head(
        title=edition.headline,
        description=edition.standfirst,
        things=[
            news_article(edition, canonical, request, translations=translations),
            breadcrumbs(steps, request),
            publisher(request),
        ],
        feeds=feeds_beside({}),
        languages=alternates(edition, canonical, translations, request),
        edition=edition,
        image=largest(edition.picture, "16x9", request),
        oembed=absolute(reverse("oembed") + "?" + urlencode({"url": canonical}), request),
        locale=to_locale(edition.language or settings.LANGUAGE_CODE),
    )


def list_head(request, page):
    """The head of any other page, which may list stories."""
    shown, editions = page.get("page"), editions_on(page)
    things = [website(request), publisher(request)]
    if steps := steps_to(page):
        things = [breadcrumbs([(settings.SITE_NAME, reverse("front")), *steps], request)]
    if editions:
        things.append(item_list(editions, request))
    thing = page.get("section") or page.get("topic") or page.get("author")
    return Head(
        title=page.get("said") or page.get("page_title") or settings.SITE_NAME,
        description=description_of(thing, editions),
        things=things,
        feeds=feeds_beside(page),
        newer=shown and shown.newer_url,
        older=shown and shown.older_url,
    )


def description_of(thing, editions):
    """What a page is about in a sentence or two: its own words, else its first headlines."""
    own = getattr(thing, "description", "") or getattr(thing, "bio", "")
    return own or " · ".join(edition.headline for edition in editions[:HEADLINES])


def editions_on(page):
    """The stories that a page lists, in the order in which it shows them."""
    found = [*page.get("pinned", ()), page.get("lead")]
    found += [*page.get("seconds", ()), *page.get("latest", ())]
    for strip in page.get("strips", ()):
        found += strip["editions"]
    if shown := page.get("page"):
        found += shown.editions
    found += page.get("near", ())
    return [edition for edition in found if edition]


def steps_to(page):
    """The way to a list from the front page, as (text, path) pairs; none on the front page."""
    if "topic" in page:
        topic = page["topic"]
        return [(_("Topics"), reverse("topics")), (topic.name, topic.get_absolute_url())]
    for name in ("section", "author"):
        if name in page:
            return [(page[name].name, page[name].get_absolute_url())]
    if "up" in page:
        own = (page["title_text"], page["path"])
        return [*((step["text"], step["url"]) for step in page["up"]), own]
    return [] if page["path"] == reverse("front") else [(page["page_title"], page["path"])]


def feeds_beside(page):
    """The feeds of what a page lists, else of the site: [{title, name, type, url}]."""
    name, args, title, query = "feed", [], settings.SITE_NAME, ""
    for kind in ("section", "topic", "author"):
        if thing := page.get(kind):
            name, args, title = f"{kind}_feed", [thing.slug], thing.name
    asks = page.get("path") == reverse("search") and page.get("query")
    if asks and not page["form"].errors:
        name, title, query = "search_feed", page["page_title"], "?" + question_in(page["canonical"])
    return [
        {
            "title": f"{title} ({FEED_TYPES[file][0]})",
            "name": FEED_TYPES[file][0],
            "type": FEED_TYPES[file][1],
            "url": url + query,
        }
        for file, url in zip(FEED_TYPES, feed_addresses(name, *args), strict=True)
    ]


def question_in(address):
    """What an address of the search asks, whatever the order and the page."""
    pairs = parse_qsl(urlsplit(address).query)
    return urlencode([(name, value) for name, value in pairs if name not in PLACES])
