"""The map of the news, as Google News reads it: what is younger than two days."""

import datetime as dt

from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils import timezone

from ...publishing.editions.edition import Edition, story_address
from ...publishing.urls import absolute
from ..public_view import public_view
from .markup import NEWS, element, entry, text, xml_response

MAX_AGE = dt.timedelta(hours=48)
MAX_STORIES = 1_000
WITH_REGION = {"zh-cn", "zh-tw"}


@public_view
def news_map(request):
    """The newest stories of the last two days: right until the oldest of them is too old."""
    at = timezone.now()
    young = (
        Edition.objects.live(at)
        .filter(published_at__gt=at - MAX_AGE, published_at__lte=at)
        .newest_first()
        .values_list(
            *("posted_on", "slug", Coalesce("updated_at", "published_at")),
            *("published_at", "headline", "language"),
        )
    )
    rows = list(young[:MAX_STORIES])
    page = xml_response("urlset", (news_entry(*row, request) for row in rows), news=NEWS)
    if rows:
        *_others, published_at, _headline, _language = rows[-1]
        page.fresh_until = published_at + MAX_AGE
    return page


def news_entry(posted_on, slug, changed_at, published_at, headline, language, request):
    """A story's line."""
    news = element(
        "news:news",
        element(
            "news:publication",
            text("news:name", settings.SITE_NAME),
            text("news:language", language_of(language)),
        ),
        text("news:publication_date", published_at.isoformat(timespec="seconds")),
        text("news:title", headline),
    )
    return entry("url", absolute(story_address(posted_on, slug), request), changed_at, news)


def language_of(code):
    """The language as ISO 639 names it; only Chinese keeps its region."""
    code = code.lower()
    return code if code in WITH_REGION else code.split("-")[0]
