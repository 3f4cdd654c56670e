"""The map of a month's stories."""

import logging
from xml.sax.saxutils import quoteattr

from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from ...library.pictures.renditions import is_for_others, renditions
from ...publishing.dates import month_after
from ...publishing.editions.edition import Edition, story_address
from ...publishing.editions.translations import in_other_languages, multilingual_families
from ...publishing.editions.withheld import picture_now, with_withheld
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
    entries = (story_entry(row, families, request) for row in rows[:MAX_URLS])
    return xml_response("urlset", entries, image=IMAGE, xhtml=XHTML)


def rows_of(stories):
    """What a map says of stories, the newest first, in one query through the index of dates."""
    rows = with_withheld(stories.newest_first())
    rows = rows.annotate(changed_at=Coalesce("updated_at", "published_at"))
    columns = ("posted_on", "slug", "changed_at", "picture", "uuid", "family", "withheld")
    said = rows.values_list(*columns, named=True)
    return list(said[: MAX_URLS + 1])


def story_entry(row, families, request):
    """A story's line; a small change is none that a search engine has to read it again for."""
    loc = absolute(story_address(row.posted_on, row.slug), request)
    languages = languages_of(row.uuid, families.get(row.family, ()), loc, request)
    image = image_of(picture_now(row, row.picture), request)
    return entry("url", loc, row.changed_at, *image, *languages)


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
    files = renditions(picture, "whole") if is_for_others(picture) else []
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
