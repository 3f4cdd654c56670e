"""The archives: the stories of a year, a month, a day."""

import datetime as dt
from functools import partial

from django.http import Http404
from django.utils.text import capfirst

from ...library.date_formats import format_day, format_month, format_month_name
from ...publishing.dates import day_of, ends, month_after, possible, starts
from ...publishing.editions.edition import Edition
from ..lists.calendar import days_of, months_of
from ..lists.keyset import is_first_page, keyset_page
from ..lists.languages import list_path, requested_language
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page


@public_view
def year(request, year):
    """A year's stories, and which of its months have any."""
    first, after = valid_day(year), valid_day(year + 1)
    return archive(
        request,
        (first, after),
        title=str(year),
        link=year_link,
        inside=lambda lang, at: {"months": months_of(year, at=at, lang=lang)},
    )


@public_view
def month(request, year, month):
    """A month's stories, and a calendar of the days that have any."""
    first = valid_day(year, month)
    return archive(
        request,
        (first, month_after(first)),
        title=capfirst(format_month(first)),
        up=[year_link],
        link=month_link,
        inside=lambda lang, at: {"calendar": days_of(first, at=at, lang=lang)},
    )


@public_view
def day(request, year, month, day):
    """A day's stories."""
    first = valid_day(year, month, day)
    return archive(
        request,
        (first, first + dt.timedelta(days=1)),
        title=format_day(first),
        up=[year_link, month_of_year_link],
        link=day_link,
    )


def valid_day(year, month=1, day=1):
    """A day that a story can have. Raises Http404."""
    try:
        found = dt.date(year, month, day)
        starts(found), ends(found)
    except (ValueError, OverflowError) as error:
        raise Http404("no such day") from error
    return found


def archive(request, span, *, title, link, up=(), inside=None):
    """The stories of a span of days (the second day is the first that is outside).

    `link(day, lang=…)` makes a link to the span of the same length that contains a day, and each
    function in `up` one to a longer span. `inside(lang, at)` returns further context for the first
    page. A span without stories links to its neighbours.
    """
    at = moment_of(request)
    lang = requested_language(request, at)
    live = lang.of(Edition.objects.live(at), at=at)
    page = keyset_page(request, posted_within(live, span).cards(), query=lang.pairs)
    if not page.editions and starts(span[0]) > at:
        raise Http404("not yet")
    first = is_first_page(request)
    return render_page(
        request,
        "pages/archive.html",
        at=at,
        page_title=title,
        title_text=title,
        page=page,
        lang=lang,
        up=[wider(span[0], lang) for wider in up],
        **(neighbours(possible(live), span, partial(link, lang=lang)) if first else {}),
        **(inside(lang, at) if inside and first else {}),
    )


def neighbours(live, span, link):
    """Links to the nearest earlier and later spans with stories: {earlier, later}, each or None."""
    earlier = live.filter(published_at__lt=starts(span[0])).newest_first()
    later = live.filter(published_at__gte=starts(span[1])).order_by("published_at", "post_id")
    moments = {"earlier": earlier, "later": later}
    moments = {name: rows.values_list("published_at", flat=True) for name, rows in moments.items()}
    found = {name: rows.first() for name, rows in moments.items()}
    return {name: moment and link(day_of(moment)) for name, moment in found.items()}


def posted_within(editions, span):
    """The editions that were posted in a span of days."""
    return editions.filter(published_at__gte=starts(span[0]), published_at__lt=starts(span[1]))


def year_link(day, lang):
    return {"text": str(day.year), "url": list_path(lang, "year", day.year)}


def month_link(day, lang):
    url = list_path(lang, "month", day.year, day.month)
    return {"text": capfirst(format_month(day)), "url": url}


def month_of_year_link(day, lang):
    return month_link(day, lang) | {"text": capfirst(format_month_name(day))}


def day_link(day, lang):
    return {"text": format_day(day), "url": list_path(lang, "day", day.year, day.month, day.day)}
