"""Channels: what a feed is of.

A list's words come with its stories, in one query; only of a list without any are they asked by
themselves.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import DateTimeField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ...publishing.dates import possible
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import AuthorListing, TopicListing, with_author_slugs
from ...publishing.editions.translations import SITE_LANGUAGE, ListLanguage
from ...publishing.editions.withheld import with_withheld
from ..lists.keyset import CompiledList, Page, keyset_page
from ..lists.languages import feed_language
from ..lists.with_stories import authors_with_stories, topics_with_stories
from ..pages.former_slugs import find_renamed


class Moved(Exception):
    """The channel is found under another address now; `args` are those of its feed's address."""

    def __init__(self, name, *args):
        self.name = name
        super().__init__(*args)


@dataclass(frozen=True)
class Channel:
    """A list of stories: its words, the path of its page, and the stories that are asked for."""

    title: str
    description: str
    path: str
    page: Page
    query: str = ""
    """The parameters that belong to the feed's address."""
    pinged: bool = True
    """Whether the hub is told of changes."""
    lang: ListLanguage = SITE_LANGUAGE
    """The language of its stories."""
    entries: list | None = None
    """The entries, where they are not the stories themselves."""


def of_site(request, at):
    """All stories."""
    lang = feed_language(request)
    return Channel(
        title=settings.SITE_NAME,
        description=_("The latest stories from %(site)s.") % {"site": settings.SITE_NAME},
        path=reverse("front") + lang.suffix,
        page=keyset_page(request, _all_stories(lang, at), query=lang.pairs),
        lang=lang,
    )


def _all_stories(lang, at):
    if lang == SITE_LANGUAGE:
        return SITE(at=at)
    return for_feed(lang.of(Edition.objects.live(at), at=at))


SITE = CompiledList(
    lambda at: for_feed(SITE_LANGUAGE.of(Edition.objects.live(at), at=at)), at=DateTimeField()
)


def of_section(request, at, slug):
    """A section's stories."""
    lang, live = feed_language(request), Edition.objects.live(at)
    stories = lang.of(live.filter(section=pk_of(Section, slug)), at=at)
    page = keyset_page(request, for_feed(stories, "", "section"), query=lang.pairs)
    return _channel(_thing(Section.objects.all(), slug, page, "section"), page, lang)


def of_topic(request, at, slug):
    """A topic's stories. Raises Moved for an alias or a former slug, Http404 without stories."""
    return _of_listing(request, TopicListing, "topic", topics_with_stories(at), slug, at=at)


def of_author(request, at, slug):
    """An author's stories. Raises Moved for a former slug, Http404 without stories."""
    return _of_listing(request, AuthorListing, "author", authors_with_stories(at), slug, at=at)


def _of_listing(request, listing, field, rows, slug, *, at):
    lang = feed_language(request)
    lines = listing.objects.live(at).filter(**{field: pk_of(rows.model, slug)})
    stories = for_feed(lang.of(lines, at=at, edition="edition__"), "edition__", field)
    page = keyset_page(request, stories, query=lang.pairs)
    return _channel(_thing(rows, slug, page, field), page, lang)


def _thing(rows, slug, page, field):
    """What a channel is of, as it was read with its stories (see `for_feed`) or by itself."""
    if not page.editions:
        return find_current(rows, slug)
    row = page.editions[0]._asdict()
    return rows.model(**{name: row[f"{field}__{name}"] for name in words_of(rows.model)})


def words_of(model):
    """The fields of a section, topic or author that its feed shows."""
    return ("name", "slug", "bio" if model is Author else "description")


def find_current(rows, slug):
    """The row with this slug. Raises Moved for one that had it before, or has it as an alias; and
    Http404."""
    row = find_renamed(rows, slug)
    if row.slug != slug:
        raise Moved(f"{rows.model._meta.model_name}_feed", row.slug)
    return row


def pk_of(model, slug):
    """A subquery for the key of what has this address: a list is found through its own index."""
    return model.objects.filter(slug=slug).order_by().values("pk")[:1]


def for_feed(lines, edition="", thing=""):
    """These lines with what decides whether their entries are still right; `edition` leads from a
    line to its edition, and `thing` to what the feed is of, whose words come along."""
    words = ()
    if thing:
        words = words_of(lines.model._meta.get_field(thing).related_model)
    lines = with_author_slugs(possible(lines), edition.removesuffix("__") or "pk")
    lines = with_withheld(lines, edition.removesuffix("__") or "pk")
    beside = (f"{edition}pk", f"{edition}updated_at", "author_slugs", "withheld")
    return lines.cards(*beside, *(f"{thing}__{name}" for name in words))


DESCRIPTIONS = {
    Section: gettext_lazy("Stories in this section."),
    Topic: gettext_lazy("Stories on this topic."),
    Author: gettext_lazy("Stories by this author."),
}


def _channel(thing, page, lang):
    own = thing.bio if isinstance(thing, Author) else thing.description
    return Channel(
        title=f"{thing.name} · {settings.SITE_NAME}",
        description=own or str(DESCRIPTIONS[type(thing)]),
        path=thing.get_absolute_url() + lang.suffix,
        page=page,
        lang=lang,
    )
