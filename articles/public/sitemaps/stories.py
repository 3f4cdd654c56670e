"""The map of a month's stories."""

import logging

from django.http import Http404
from django.utils import timezone

from ...library.renditions import renditions
from ...publishing.dates import month_after
from ...publishing.edition import Edition, story_address
from ...publishing.feed_addresses import absolute
from ..archive import valid, within
from ..headers import reader_page
from .markup import IMAGE, MOST_ADDRESSES, answer, element, entry, text

logger = logging.getLogger(__name__)

LONGEST_CAPTION = 300


@reader_page
def month_map(request, year, month):
    """The stories of a month, newest first, with their lead pictures."""
    first = valid(year, month)
    after = month_after(first)
    rows = rows_of((first, valid(after.year, after.month)), at=timezone.now())
    if not rows:
        raise Http404("no stories in this month")
    if len(rows) > MOST_ADDRESSES:
        logger.warning("The map of %s holds the newest %s stories only.", first, MOST_ADDRESSES)
    entries = (story_entry(*row, request) for row in rows[:MOST_ADDRESSES])
    return answer("urlset", entries, image=IMAGE)


def rows_of(span, *, at):
    """What a map says of the live stories of a span of days, in one query through dates' index."""
    rows = within(Edition.objects.live(at), span).newest_first()
    return list(rows.values_list("posted_on", "slug", "live_from", "picture")[: MOST_ADDRESSES + 1])


def story_entry(posted_on, slug, live_from, picture, request):
    """A story's line: its words last changed when the edition that is live went live."""
    loc = absolute(story_address(posted_on, slug), request)
    return entry("url", loc, live_from, *image_of(picture, request))


def image_of(picture, request):
    """The lead picture, with its caption and whom to credit: a list of none or one."""
    files = renditions(picture, "whole") if picture else []
    if not files:
        return []
    credit = picture["credit"].strip()
    words = [picture["caption"][:LONGEST_CAPTION].strip(), credit and f"({credit})"]
    caption = " ".join(part for part in words if part)
    return [
        element(
            "image:image",
            text("image:loc", absolute(files[-1].url, request)),
            *([text("image:caption", caption)] if caption else []),
        )
    ]
