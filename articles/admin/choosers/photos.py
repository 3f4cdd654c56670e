"""The picture library as the writing screen searches it: newest first, today's own before them."""

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from ...library.photo import Photo
from ...publishing.dates import starts
from ..photos.photo_search import first_keys, likely_words
from .facts import RIGHTS_SOON, photo_facts

PAGE_SIZE = 24
MAX_PAGES = 100
MAX_OWN = 12
"""Pictures of one's own of today that stand first."""


def find_photos(typed: str, *, by, page: int = 1, only: str = "", now: dt.datetime) -> dict:
    """{results: [photo facts with `by_me_today`], more, meant}, one page of them.

    `only` is a filter, a key of FILTERS. When no picture has the words typed, `meant` are the
    nearest ones that some have, and the results are theirs.
    """
    today = timezone.localdate(now)
    photos = Photo.objects.in_library().newest_first()
    if narrow := FILTERS.get(only):
        photos = photos.filter(narrow(today))
    if not typed.strip():
        own = list(photos.filter(added_by=by, added_at__gte=starts(today))[:MAX_OWN])
        rows, more = page_of(photos.exclude(pk__in=[photo.pk for photo in own]), page)
        return answer([*own, *rows] if page == 1 else rows, more, by=by, today=today)
    rows, more = page_of(found(photos, typed, page), page)
    meant = "" if rows or page > 1 else likely_words(typed)
    if meant:
        rows, more = page_of(found(photos, meant, page), page)
    return answer(rows, more, by=by, today=today, meant=meant if rows else "")


def found(photos, typed: str, page: int):
    """Those that match, as far as this page and the first of the next."""
    return photos.filter(pk__in=first_keys(photos, typed, page * PAGE_SIZE + 1))


def page_of(photos, page: int) -> tuple[list[Photo], bool]:
    """(photos, whether there are more)."""
    start = (page - 1) * PAGE_SIZE
    rows = list(photos[start : start + PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE and page < MAX_PAGES


def answer(photos, more: bool, *, by, today: dt.date, meant: str = "") -> dict:
    return {
        "results": [facts_for(photo, by=by, today=today) for photo in photos],
        "more": more,
        "meant": meant,
    }


def facts_for(photo: Photo, *, by, today: dt.date) -> dict:
    """The facts of a photo, and whether this person added it today."""
    mine = photo.added_by_id == by.pk and timezone.localdate(photo.added_at) == today
    return photo_facts(photo, today=today) | {"by_me_today": mine}


FILTERS = {
    "no_alt": lambda today: Q(alt="", decorative=False),
    "rights": lambda today: Q(rights_until__lte=today + RIGHTS_SOON),
    "landscape": lambda today: Q(width__gt=F("height")),
    "portrait": lambda today: Q(height__gt=F("width")),
}
