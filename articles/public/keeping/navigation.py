"""Navigation: the sections and the breaking banner, which stand on every page."""

import datetime as dt
import json

from ...library.section import Section
from ...publishing.breaking import banners, breaking
from ...publishing.edition import story_address
from ...publishing.json_rows import JsonRows
from ...publishing.site_version import site_stamp
from . import memo


def read_site(request, at):
    """Note on the request where the site stands (`request.site`), in one query.

    A process that holds no navigation yet reads it in the same query.
    """
    extra = {} if memo.holds("navigation") else _expressions(at)
    request.site = site_stamp(at, memo.KEYS, **extra)
    return request.site


def navigation(request, at):
    """The sections, and the banner ({text, url}, or None), of the site at a moment."""
    return memo.memo(request, "navigation", lambda: _made(request, at))


def sections_of(request, at):
    """The sections, in the order of the navigation."""
    return navigation(request, at)[0]


def _expressions(at):
    fields = [field.attname for field in Section._meta.concrete_fields]
    return {
        "sections": JsonRows(Section.objects.values(*fields)),
        "banner": JsonRows(banners(at).values("line", "posted_on", "slug")[:1]),
    }


def _made(request, at):
    site = getattr(request, "site", None)
    if site is None or not site.extra:
        return list(Section.objects.all()), breaking(at)
    sections = [Section(**row) for row in json.loads(site.extra["sections"] or "[]")]
    banner = next(iter(json.loads(site.extra["banner"] or "[]")), None)
    return sections, banner and {
        "text": banner["line"],
        "url": story_address(dt.date.fromisoformat(banner["posted_on"]), banner["slug"]),
    }
