"""Entries: an edition as every format of feed tells it."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ...library.pictures.renditions import for_sharing
from ...publishing.dates import whole_second
from ...publishing.editions.withheld import body_now, picture_now
from ...publishing.urls import absolute
from ..xml_text import xml_safe
from .content import content


@dataclass(frozen=True)
class Entry:
    """A story in a feed. All addresses are whole; `html` is None where feeds carry summaries."""

    id: str
    title: str
    url: str
    summary: str
    html: str | None
    authors: list
    published: dt.datetime
    updated: dt.datetime
    language: str
    categories: list
    picture: dict | None
    recordings: list = field(default_factory=list)


def entry_of(edition, targets, request, *, at):
    """One edition as an entry; `targets` are the live stories that its links lead to."""
    html = None
    if settings.FEEDS_IN_FULL:
        html = content(edition, targets, absolute("/", request), at=at)
    return Entry(
        id=edition.uuid.urn,
        title=xml_safe(title_of(edition)),
        url=absolute(edition.get_absolute_url(), request),
        summary=xml_safe(edition.standfirst),
        html=html,
        authors=authors_of(edition.live_byline, request),
        published=whole_second(edition.published_at),
        updated=whole_second(edition.updated_at or edition.published_at),
        language=edition.language,
        categories=categories_of(edition),
        picture=picture_of(picture_now(edition, edition.picture), request),
        recordings=recordings_of(body_now(edition), request),
    )


def title_of(edition):
    """The headline, with the word that lists show of a story that was retracted."""
    return _("Retracted: %s") % edition.headline if edition.retracted else edition.headline


def authors_of(byline, request):
    """Who wrote it, as the byline says: [{name, url or None}]."""
    named = [
        {
            "name": xml_safe(author["name"]),
            "url": absolute(reverse("author", args=[author["slug"]]), request),
        }
        for author in byline["authors"]
    ]
    return named or ([{"name": xml_safe(byline["text"]), "url": None}] if byline["text"] else [])


def categories_of(edition):
    """The names of the section and the topics, each once."""
    names = [edition.section.name, *(topic["name"] for topic in edition.topics)]
    return list(dict.fromkeys(xml_safe(name) for name in names))


def picture_of(picture, request):
    """The lead picture for a feed, or None: {url, width, height, type, credit, caption, alt}."""
    file = for_sharing(picture, "whole")
    if file is None:
        return None
    words = {name: xml_safe(picture[name]) for name in ("credit", "caption", "alt")}
    return {
        "url": absolute(file.url, request),
        "width": file.width,
        "height": file.height,
        "type": file.media_type,
        **words,
    }


def recordings_of(body, request):
    """The films and sounds of a body that are for others: [{url, type, bytes, seconds, title}]."""
    return [
        {
            "url": absolute(settings.MEDIA_URL + each["name"], request),
            "type": each["media_type"],
            "bytes": each["bytes"],
            "seconds": each["seconds"],
            "title": xml_safe(each["title"]),
        }
        for piece in body
        if "recording" in piece and not piece.get("own")
        for each in [piece["recording"]]
    ]
