"""The head of a page: what it says to programs that index, share, follow and quote."""

from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from ...library.pictures.renditions import is_for_others
from ...library.urls import path_of
from ...publishing.editions.translations import ListLanguage
from ...publishing.editions.withheld import picture_in_list
from ...publishing.urls import ATOM, JSON, RSS, absolute, feed_paths
from ..navigation import other_languages
from .json_ld import json_ld
from .lists import breadcrumbs, item_list
from .news_article import news_article
from .pictures import picture_of, sharing_image
from .publisher import publisher, strapline, website
from .translations import alternates

FEED_TYPES = {
    RSS: ("RSS", "application/rss+xml"),
    ATOM: ("Atom", "application/atom+xml"),
    JSON: ("JSON", "application/feed+json"),
}

MAX_DESCRIPTION_LENGTH = 200
DESCRIBING_HEADLINES = 3
"""How many headlines describe a page that has no words of its own."""

PAGING_PARAMETERS = {"sort", "page", "before", "after"}


@dataclass
class Head:
    """What a page says of itself; `edition` on a story's page only."""

    title: str
    description: str
    nodes: list
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
        return json_ld(self.nodes)


def story_head(request, edition, canonical, translations):
    """The head of a story's page."""
    steps = [
        (settings.SITE_NAME, path_of("front")),
        (edition.section.name, edition.section.get_absolute_url()),
        (edition.headline, edition.get_absolute_url()),
    ]
    return Head(
        title=edition.headline,
        description=edition.standfirst or first_words(edition),
        nodes=[
            news_article(edition, canonical, request, translations=translations),
            breadcrumbs(steps, request),
            publisher(request),
        ],
        feeds=feeds_for({}),
        languages=alternates(edition, canonical, translations, request),
        edition=edition,
        image=sharing_image(picture_of(edition), request),
        oembed=absolute(path_of("oembed") + "?" + urlencode({"url": canonical}), request),
        locale=to_locale(edition.language or settings.LANGUAGE_CODE),
    )


def list_head(request, page):
    """The head of any other page, which may list stories; `page` is what its template is given."""
    shown, editions = page.get("page"), editions_on(page)
    nodes = [website(request), publisher(request)]
    if steps := breadcrumb_path(page):
        nodes = [breadcrumbs([(settings.SITE_NAME, path_of("front")), *steps], request)]
    if editions:
        nodes.append(item_list(editions, request))
    thing = page.get("section") or page.get("topic") or page.get("author")
    return Head(
        title=page.get("page_title") or settings.SITE_NAME,
        description=page.get("description") or description_of(thing, editions),
        nodes=nodes,
        feeds=feeds_for(page),
        languages=list_languages(request, page),
        image=image_on(thing, editions, request),
        newer=shown and shown.newer_url,
        older=shown and shown.older_url,
    )


def description_of(thing, editions):
    """What a page is about in a sentence or two: its own words, else its first headlines, else
    what the site is."""
    own = getattr(thing, "description", "") or getattr(thing, "bio", "")
    headlines = " · ".join(edition.headline for edition in editions[:DESCRIBING_HEADLINES])
    return own or headlines or strapline()


def first_words(edition):
    """The first words of a story that has no standfirst; its headline, if it has no words."""
    pieces = (piece for piece in edition.body if not piece.get("own") and "plain" not in piece)
    text = next((piece["html"] for piece in pieces if piece.get("html")), "")
    words = unescape(strip_tags(text)).split()
    return Truncator(" ".join(words) or edition.headline).chars(MAX_DESCRIPTION_LENGTH)


def image_on(thing, editions, request):
    """The picture of a list for sharing: its own, else that of its first story that has one."""
    own = getattr(thing, "picture", None)
    pictures = filter(is_for_others, map(picture_in_list, editions))
    first = (own and own.as_picture()) or next(pictures, None)
    return sharing_image(first, request)


def list_languages(request, page):
    """The same list in each language, where each has stories: the front page's, and all stories'.

    As `alternates` of a story; empty while all stories are told in one language.
    """
    everything = page["path"] in {path_of("front"), path_of("latest")}
    filters = len(page.get("chips", ())) - len(page["lang"].pairs)
    others = other_languages(request, page["now"])
    if not everything or filters > 0 or not others:
        return []
    own = absolute(page["path"], request)
    return [
        {"language": settings.LANGUAGE_CODE, "url": own},
        *({"language": code, "url": own + ListLanguage(code).suffix} for code in others),
        {"language": "x-default", "url": own},
    ]


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


def breadcrumb_path(page):
    """The way to a list from the front page, as (text, path) pairs; none on the front page."""
    if "topic" in page:
        topic = page["topic"]
        return [(_("Topics"), path_of("topics")), (topic.name, topic.get_absolute_url())]
    for name in ("section", "author"):
        if name in page:
            return [(page[name].name, page[name].get_absolute_url())]
    if "up" in page:
        own = (page["title_text"], page["path"])
        return [*((step["text"], step["url"]) for step in page["up"]), own]
    return [] if page["path"] == path_of("front") else [(page["page_title"], page["path"])]


def feeds_for(page):
    """The feeds of what a page lists, else of the site: [{title, name, type, url}]. A page of no
    section, topic or author says itself which are its own (`feed`)."""
    name, args, title = "feed", [], settings.SITE_NAME
    query = page["lang"].suffix if "lang" in page else ""
    for kind in ("section", "topic", "author"):
        if thing := page.get(kind):
            name, args, title = f"{kind}_feed", [thing.slug], thing.name
    if page.get("feed"):
        name, title = page["feed"], page["page_title"]
    asks = page.get("path") == path_of("search") and page.get("query")
    if asks and not page["form"].errors:
        name, title, query = (
            "search_feed",
            page["page_title"],
            "?" + search_parameters(page["canonical"]),
        )
    return [
        {
            "title": f"{title} ({FEED_TYPES[file][0]})",
            "name": FEED_TYPES[file][0],
            "type": FEED_TYPES[file][1],
            "url": url + query,
        }
        for file, url in zip(FEED_TYPES, feed_paths(name, *args), strict=True)
    ]


def search_parameters(address):
    """What an address of the search asks, whatever the order and the page."""
    pairs = parse_qsl(urlsplit(address).query)
    return urlencode([(name, value) for name, value in pairs if name not in PAGING_PARAMETERS])
