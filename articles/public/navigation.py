"""Navigation: the sections, the breaking banner and the languages, which stand on every page."""

import datetime as dt
import json

from django.conf import settings

from ..library.section import Section
from ..publishing.editions.edition import story_address
from ..publishing.editions.translations import languages_in_use
from ..publishing.fronts.breaking import banners, breaking
from ..publishing.invalidation.site_stamp import site_query, site_stamp
from ..publishing.json_rows import JsonRows
from . import memo


def read_site(request, at):
    """Store the state of the site on `request.site`, in one query; return it.

    A process that holds no navigation yet reads it in the same query.
    """
    query = STAMP if memo.holds("navigation") else STAMP_AND_NAVIGATION
    request.site = site_stamp(at, query)
    return request.site


def navigation(request, at):
    """The sections, the banner ({text, url, language}, or None), and the languages beside the
    site's own that live stories are told in, at a moment."""
    if getattr(request, "site", None):
        return memo.memo(request, "navigation", lambda: _load(request, at))
    # A page for one person (a preview, the time machine) asks in several places.
    own = vars(request).setdefault("own_navigation", {})
    if at not in own:
        own[at] = _load(request, at)
    return own[at]


def sections_of(request, at):
    """The sections, in the order of the navigation."""
    return navigation(request, at)[0]


def other_languages(request, at):
    """The languages beside the site's own that live stories are told in, in their order."""
    return navigation(request, at)[2]


def _expressions(at):
    fields = [field.attname for field in Section._meta.concrete_fields]
    return {
        "sections": JsonRows(Section.objects.values(*fields)),
        "banner": JsonRows(banners(at).values("line", "posted_on", "slug", "language")[:1]),
        "languages": languages_in_use(at),
    }


STAMP, STAMP_AND_NAVIGATION = site_query(memo.KEYS), site_query(memo.KEYS, extra=_expressions)


def _load(request, at):
    site = getattr(request, "site", None)
    if site is None or not site.extra:
        # Where there are no sections there are no stories, and no languages.
        sections = list(Section.objects.annotate(languages=languages_in_use(at)))
        return sections, breaking(at), _other_codes(sections[0].languages if sections else "")
    sections = [Section(**row) for row in json.loads(site.extra["sections"] or "[]")]
    banner = next(iter(json.loads(site.extra["banner"] or "[]")), None)
    banner = banner and {
        "text": banner["line"],
        "url": story_address(dt.date.fromisoformat(banner["posted_on"]), banner["slug"]),
        "language": banner["language"],
    }
    return sections, banner, _other_codes(site.extra["languages"])


def _other_codes(languages):
    return sorted({*(languages or "").split(",")} - {"", settings.LANGUAGE_CODE})
