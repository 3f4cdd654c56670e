"""The archives: the stories of a year, a month, a day."""

import datetime as dt

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from ..library.saying import say_day, say_month, say_month_of_year
from ..publishing.dates import day_of, ends, month_after, possible, starts
from ..publishing.edition import Edition
from .calendar import days_of, months_of
from .keeping.reader_page import reader_page
from .keyset import CURSORS, page_of
from .shell import show


@reader_page
def year(request, year):
    """A year's stories, and which of its months have any."""
    first, after = valid(year), valid(year + 1)
    return archive(
        request,
        (first, after),
        title=str(year),
        up=[],
        link=year_link,
        inside=lambda at: {"months": months_of(year, at=at)},
    )


@reader_page
def month(request, year, month):
    """A month's stories, and a calendar of the days that have any."""
    first = valid(year, month)
    return archive(
        request,
        (first, month_after(first)),
        title=capfirst(say_month(first)),
        up=[year_link(first)],
        link=month_link,
        inside=lambda at: {"calendar": days_of(first, at=at)},
    )


@reader_page
def day(request, year, month, day):
    """A day's stories."""
    first = valid(year, month, day)
    up_to_month = month_link(first) | {"text": capfirst(say_month_of_year(first))}
    return archive(
        request,
        (first, first + dt.timedelta(days=1)),
        title=say_day(first),
        up=[year_link(first), up_to_month],
        link=day_link,
    )


def valid(year, month=1, day=1):
    """A day that a story can have. Raises Http404."""
    try:
        found = dt.date(year, month, day)
        starts(found), ends(found)
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    return found


def archive(request, span, *, title, up, link, inside=None):
    """The stories of a span of days (the second day is the first that is outside).

    `link` leads to the page of a span like it, from any day in it; `inside` gives, for a moment,
    what else the first page shows of the span.
    """
    at = timezone.now()
    page = page_of(request, within(Edition.objects.live(at), span).cards())
    if not page.editions and starts(span[0]) > at:
        raise Http404("not yet")
    deeper = any(request.GET.get(name) for name in CURSORS)
    return show(
        request,
        "pages/archive.html",
        at=at,
        page_title=title,
        title_text=title,
        page=page,
        up=up,
        **({} if deeper else neighbours(span, link, at=at)),
        **(inside(at) if inside and not deeper else {}),
    )


def neighbours(span, link, *, at):
    """Links to the nearest spans before and after that have stories, or None: {earlier, later}."""
    live = possible(Edition.objects.live(at))
    earlier = live.filter(published_at__lt=starts(span[0])).newest_first()
    later = live.filter(published_at__gte=starts(span[1])).order_by("published_at", "post_id")
    moments = {"earlier": earlier, "later": later}
    moments = {name: rows.values_list("published_at", flat=True) for name, rows in moments.items()}
    found = {name: rows.first() for name, rows in moments.items()}
    return {name: moment and link(day_of(moment)) for name, moment in found.items()}


def within(editions, span):
    """Those of the editions that were posted in a span of days."""
    return editions.filter(published_at__gte=starts(span[0]), published_at__lt=starts(span[1]))


def year_link(day):
    return {"text": str(day.year), "url": reverse("year", args=[day.year])}


def month_link(day):
    return {"text": capfirst(say_month(day)), "url": reverse("month", args=[day.year, day.month])}


def day_link(day):
    return {"text": say_day(day), "url": reverse("day", args=[day.year, day.month, day.day])}
