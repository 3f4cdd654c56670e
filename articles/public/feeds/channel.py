"""Channels: what a feed is of.

A list's words come with its stories, in one query; only of a list without any are they asked by
themselves.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ...publishing.dates import possible
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import AuthorListing, TopicListing, with_author_slugs
from ...publishing.editions.translations import OWN, Told
from ..lists.keyset import Page, page_of
from ..lists.languages import told_in_feed
from ..lists.topics import with_stories
from ..pages.authors import writing
from ..pages.renamed import found_under


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
    told: Told = OWN
    """The language of its stories."""


def of_site(request, at):
    """All stories."""
    told, live = told_in_feed(request), Edition.objects.live(at)
    return Channel(
        title=settings.SITE_NAME,
        description=_("The latest stories from %(site)s.") % {"site": settings.SITE_NAME},
        path=reverse("front") + told.suffix,
        page=page_of(request, whole(told.of(live, at=at)), query=told.pairs),
        told=told,
    )


def of_section(request, at, slug):
    """A section's stories."""
    told, live = told_in_feed(request), Edition.objects.live(at)
    stories = told.of(live.filter(section=named(Section, slug)), at=at)
    page = page_of(request, whole(stories), query=told.pairs)
    section = page.lines[0].section if page.lines else found(Section.objects.all(), slug)
    return _list(section, section.description or _("Stories in this section."), page, told)


def of_topic(request, at, slug):
    """A topic's stories, if it has any. Raises Moved for another name of the topic."""
    told = told_in_feed(request)
    lines = TopicListing.objects.live(at).filter(topic=named(Topic, slug))
    page = page_of_lines(request, lines, told, "topic", at=at)
    topic = page.lines[0].topic if page.lines else found(with_stories(at), slug)
    return _list(topic, topic.description or _("Stories on this topic."), page, told)


def found(rows, slug):
    """The one of these rows with this address. Raises Moved when the address is of before, or of
    another name; and Http404."""
    row = found_under(rows, slug)
    if row.slug != slug:
        raise Moved(f"{rows.model._meta.model_name}_feed", row.slug)
    return row


def of_author(request, at, slug):
    """An author's stories."""
    told = told_in_feed(request)
    lines = AuthorListing.objects.live(at).filter(author=named(Author, slug))
    page = page_of_lines(request, lines, told, "author", at=at)
    author = page.lines[0].author if page.lines else found(writing(at), slug)
    return _list(author, author.bio or _("Stories by this author."), page, told)


def page_of_lines(request, lines, told, beside, *, at):
    """The page of a topic's or an author's lines that a feed asks for."""
    stories = told.of(lines, at=at, edition="edition__")
    return page_of(request, whole(stories, "edition__", beside), query=told.pairs)


def named(model, slug):
    """A subquery for the key of what has this address: a list is found through its own index."""
    return model.objects.filter(slug=slug).order_by().values("pk")[:1]


def whole(lines, edition="", *beside):
    """These lines with all that a feed shows; `edition` leads from a line to its edition, and
    what else a line names may come along."""
    unread = ["document"] if settings.FEEDS_IN_FULL else ["document", "body"]
    lines = possible(lines).select_related(f"{edition}section", *beside)
    lines = with_author_slugs(lines, edition.removesuffix("__") or "pk")
    return lines.defer(*(edition + name for name in unread))


def _list(thing, description, page, told):
    for line in page.lines:
        getattr(line, "edition", line).author_slugs = line.author_slugs
    return Channel(
        title=f"{thing.name} · {settings.SITE_NAME}",
        description=description,
        path=thing.get_absolute_url() + told.suffix,
        page=page,
        told=told,
    )
