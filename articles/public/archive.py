"""The archives: the stories of a year, a month, a day."""

import datetime as dt

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from ..publishing.dates import day_of, ends, month_after, starts
from ..publishing.edition import Edition
from .headers import reader_page
from .keyset import page_of
from .shell import show
from .slices import first_of_each


@reader_page
def year(request, year):
    """A year's stories, and its months that have any."""
    first, after = valid(year), valid(year + 1)
    months = [dt.date(year, month, 1) for month in range(1, 13)]
    return archive(
        request,
        (first, after),
        title=str(year),
        up=[],
        spans=[(month, month_after(month)) for month in months],
        part_of=lambda day: {
            "text": format_date(day, "F"),
            "url": reverse("month", args=[day.year, day.month]),
        },
    )


@reader_page
def month(request, year, month):
    """A month's stories, and its days that have any."""
    first = valid(year, month)
    after = month_after(first)
    days = [first + dt.timedelta(days=number) for number in range((after - first).days)]
    return archive(
        request,
        (first, after),
        title=format_date(first, "F Y"),
        up=[year_crumb(first)],
        spans=[(day, day + dt.timedelta(days=1)) for day in days],
        part_of=lambda day: {
            "text": str(day.day),
            "url": reverse("day", args=[day.year, day.month, day.day]),
        },
    )


@reader_page
def day(request, year, month, day):
    """A day's stories."""
    first = valid(year, month, day)
    month_crumb = {"text": format_date(first, "F"), "url": reverse("month", args=[year, month])}
    return archive(
        request,
        (first, first + dt.timedelta(days=1)),
        title=format_date(first, "j F Y"),
        up=[year_crumb(first), month_crumb],
    )


def valid(year, month=1, day=1):
    """A day that a story can have. Raises Http404."""
    try:
        found = dt.date(year, month, day)
        starts(found), ends(found)
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    return found


def archive(request, span, *, title, up, spans=(), part_of=None):
    """The stories of a span of days (the second day is the first that is outside)."""
    at = timezone.now()
    editions = Edition.objects.live(at)
    page = page_of(request, within(editions, span).cards())
    if not page.editions and starts(span[0]) > at:
        raise Http404("not yet")
    parts = [part_of(first) for first in with_stories(editions, spans)]
    return show(
        request,
        "pages/archive.html",
        at=at,
        page_title=title,
        title_text=title,
        page=page,
        up=up,
        parts=parts,
    )


def within(editions, span):
    """Those of the editions that were posted in a span of days."""
    return editions.filter(published_at__gte=starts(span[0]), published_at__lt=starts(span[1]))


def with_stories(editions, spans):
    """The first days of those spans that have stories; each is looked at once, in one query."""
    if not spans:
        return []
    slices = [within(editions, span).newest_first()[:1] for span in spans]
    found = Edition.objects.filter(pk__in=first_of_each(slices, "pk")).newest_first()
    days = [day_of(moment) for moment in found.values_list("published_at", flat=True)]
    return [span[0] for span in spans if any(span[0] <= day < span[1] for day in days)]


def year_crumb(day):
    return {"text": str(day.year), "url": reverse("year", args=[day.year])}
