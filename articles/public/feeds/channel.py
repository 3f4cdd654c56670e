"""Channels: what a feed is of."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ...library.author import Author
from ...library.section import Section
from ...library.topic import TopicAlias
from ...publishing.edition import Edition
from ...publishing.listing import AuthorListing, TopicListing
from ..keyset import page_of
from ..topics import with_stories


class Moved(Exception):
    """The channel is found under another address now; `args` are those of its feed's address."""

    def __init__(self, name, *args):
        self.name = name
        super().__init__(*args)


@dataclass(frozen=True)
class Channel:
    """A list of stories: its words, the path of the page that shows it, and its live lines."""

    title: str
    description: str
    page: str
    lines: QuerySet
    query: str = ""
    """The parameters that belong to the feed's address."""
    pinged: bool = True
    """Whether the hub is told of changes."""

    def page_of(self, request):
        """The lines that the request asks for, with the paths of their neighbours."""
        return page_of(request, self.lines)


def of_site(request, at):
    """All stories."""
    return Channel(
        title=settings.SITE_NAME,
        description=_("The latest stories from %(site)s.") % {"site": settings.SITE_NAME},
        page=reverse("front"),
        lines=whole(Edition.objects.live(at)),
    )


def of_section(request, at, slug):
    """A section's stories."""
    section = get_object_or_404(Section, slug=slug)
    lines = whole(Edition.objects.live(at).filter(section=section))
    return _named(section, section.description or _("Stories in this section."), lines)


def of_topic(request, at, slug):
    """A topic's stories, if it has any. Raises Moved for another name of the topic."""
    topic = with_stories(at).filter(slug=slug).first()
    if topic is None:
        aliases = TopicAlias.objects.filter(topic__in=with_stories(at)).select_related("topic")
        raise Moved("topic_feed", get_object_or_404(aliases, slug=slug).topic.slug)
    lines = whole(TopicListing.objects.live(at).filter(topic=topic), "edition__")
    return _named(topic, topic.description or _("Stories on this topic."), lines)


def of_author(request, at, slug):
    """An author's stories."""
    author = get_object_or_404(Author, slug=slug)
    lines = whole(AuthorListing.objects.live(at).filter(author=author), "edition__")
    return _named(author, author.bio or _("Stories by this author."), lines)


def whole(lines, edition=""):
    """These lines with all that a feed shows; `edition` leads from a line to its edition."""
    unread = ["document"] if settings.FEEDS_IN_FULL else ["document", "body"]
    return lines.select_related(f"{edition}section").defer(*(edition + name for name in unread))


def _named(thing, description, lines):
    return Channel(
        title=f"{thing.name} · {settings.SITE_NAME}",
        description=description,
        page=thing.get_absolute_url(),
        lines=lines,
    )
