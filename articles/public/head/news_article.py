"""A story in schema.org's words: just what its page shows."""

import datetime as dt

from django.conf import settings

from ...library.date_formats import local
from ...library.urls import path_of
from ...publishing.editions.edition import CORRECTION_KINDS
from ...publishing.urls import absolute
from .json_ld import without_empty
from .pictures import image_objects, picture_of
from .recordings import recording_objects
from .translations import translation_links


def news_article(edition, url, request, *, translations=()):
    """An edition as a NewsArticle at its absolute URL; `translations` as its page shows them."""
    return without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "identifier": edition.uuid.urn,
            "url": url,
            "mainEntityOfPage": url,
            "headline": edition.headline,
            "description": edition.standfirst,
            "datePublished": iso_datetime(edition.published_at),
            "dateModified": iso_datetime(edition.updated_at or edition.published_at),
            "author": authors(edition.live_byline, request),
            "image": image_objects(picture_of(edition), request),
            **recording_objects(edition, request),
            "articleSection": edition.section.name,
            "keywords": [topic["name"] for topic in edition.topics],
            "correction": corrections(edition.notes),
            "creativeWorkStatus": "Retracted" if edition.retracted else "",
            "wordCount": edition.word_count,
            "inLanguage": edition.language or settings.LANGUAGE_CODE,
            **translation_links(edition, translations, request),
            "isAccessibleForFree": True,
            "publisher": {"@id": f"{absolute(path_of('front'), request)}#publisher"},
        }
    )


def iso_datetime(at):
    """A moment to the second with its zone: the newsroom's own, as the page's dates."""
    return local(at).isoformat(timespec="seconds")


def authors(byline, request):
    """Those named in the byline, with their pages; else whom its words name; else the newsroom."""
    people = [
        {
            "@type": "Person",
            "name": author["name"],
            "url": absolute(path_of("author", author["slug"]), request),
        }
        for author in byline["authors"]
    ]
    if not people and byline["text"]:
        return [{"@type": "Organization", "name": byline["text"]}]
    home = absolute(path_of("front"), request)
    return people or [{"@type": "Organization", "name": settings.SITE_NAME, "url": home}]


def corrections(notes):
    """What was corrected, clarified or retracted."""
    return [
        {
            "@type": "CorrectionComment",
            "text": note["note"],
            "datePublished": iso_datetime(dt.datetime.fromisoformat(note["at"])),
        }
        for note in notes
        if note["kind"] in CORRECTION_KINDS
    ]
