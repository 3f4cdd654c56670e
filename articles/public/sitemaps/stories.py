"""The map of a month's stories."""

import logging
from xml.sax.saxutils import quoteattr

from django.http import Http404
from django.utils import timezone

from ...library.pictures.renditions import renditions
from ...publishing.dates import month_after
from ...publishing.editions.edition import Edition, story_address
from ...publishing.editions.translations import in_other_languages, multilingual_families
from ...publishing.urls import absolute
from ..head.translations import alternates
from ..pages.archive import posted_within, valid_day
from ..public_view import public_view
from .markup import IMAGE, MAX_URLS, XHTML, element, entry, text, xml_response

logger = logging.getLogger(__name__)

MAX_CAPTION_LENGTH = 300


@public_view
def month_map(request, year, month):
    """The stories of a month, newest first, with their lead pictures and their languages."""
    at = timezone.now()
    first = valid_day(year, month)
    after = month_after(first)
    stories = posted_within(Edition.objects.live(at), (first, valid_day(after.year, after.month)))
    rows = rows_of(stories)
    if not rows:
        raise Http404("no stories in this month")
    if len(rows) > MAX_URLS:
        logger.warning("The map of %s holds the newest %s stories only.", first, MAX_URLS)
    families = multilingual_families(stories, at=at)
    entries = (story_entry(*row, families, request) for row in rows[:MAX_URLS])
    return xml_response("urlset", entries, image=IMAGE, xhtml=XHTML)


def rows_of(stories):
    """What a map says of stories, the newest first, in one query through the index of dates."""
    rows = stories.newest_first()
    said = rows.values_list("posted_on", "slug", "live_from", "picture", "uuid", "family")
    return list(said[: MAX_URLS + 1])


def story_entry(posted_on, slug, live_from, picture, uuid, family, families, request):
    """A story's line: its words last changed when the edition that is live went live."""
    loc = absolute(story_address(posted_on, slug), request)
    languages = languages_of(uuid, families.get(family, ()), loc, request)
    return entry("url", loc, live_from, *image_of(picture, request), *languages)


def languages_of(uuid, family, loc, request):
    """A story in each of its languages, as its own page's head tells them."""
    return [
        f'<xhtml:link rel="alternate" hreflang={quoteattr(page["language"])}'
        f" href={quoteattr(page['url'])}/>"
        for edition in family
        if edition.uuid == uuid
        for page in alternates(edition, loc, in_other_languages(edition, family), request)
    ]


def image_of(picture, request):
    """The lead picture, with its caption and whom to credit: a list with at most one."""
    files = renditions(picture, "whole") if picture else []
    if not files:
        return []
    credit = picture["credit"].strip()
    words = [picture["caption"][:MAX_CAPTION_LENGTH].strip(), credit and f"({credit})"]
    caption = " ".join(part for part in words if part)
    return [
        element(
            "image:image",
            text("image:loc", absolute(files[-1].url, request)),
            *([text("image:caption", caption)] if caption else []),
        )
    ]
