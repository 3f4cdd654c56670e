"""What stands on the days of a calendar, read in two queries whatever there is."""

from dataclasses import dataclass
from itertools import chain

from ...desk.planning.plan import Plan
from ...publishing.dates import ends, starts
from ...publishing.editions.edition import Edition
from ..today.day import due_between, leaving, open_needs
from ..today.rows import Row, add_needs, rows_of, stories_in
from ..today.slices import lines_of, read_lines

MOST = {"week": 40, "month": 6}
"""The entries of a day; a month has less room."""


@dataclass(frozen=True)
class Day:
    """A day with its entries, by the hour."""

    day: object
    rows: list[Row]
    has_more: bool


def days_with_entries(span, *, now, section=None):
    """The Days of a span."""
    most = MOST[span.kind]
    lists = chain.from_iterable(_lists(day, now, section, most) for day in span.days)
    found = read_lines([*lists, open_needs(starts(span.days[0]), ends(span.days[-1]))])
    needs = found.pop("needs", ())
    stories = stories_in(chain.from_iterable(found.values()), now)
    add_needs(stories, needs)
    return [_day(day, found, stories, most) for day in span.days]


def undated_plans(*, section=None, most=12):
    """Plans that have no day yet, last changed first."""
    plans = Plan.objects.for_no_day_yet()
    plans = plans.filter(post__section=section) if section else plans
    return plans.select_related("post__section", "assigned_to")[:most]


def coming_rows(now, *, since, until, most=500):
    """What is to come from `now` on, and what was due `since`: Rows by their moment."""
    coming = Edition.objects.filter(live_from__gt=now, live_from__lt=until)
    due = due_between(since, until)
    lists = {
        "coming": (coming.order_by("live_from", "pk"), "live_from"),
        "leaving": (leaving(now, until), "live_until"),
        "due": (due, "due_at"),
    }
    found = read_lines(
        lines_of(rows[:most], mark, post="post", moment=moment)
        for mark, (rows, moment) in lists.items()
    )
    stories = stories_in(chain.from_iterable(found.values()), now)
    rows = {mark: rows_of(found.get(mark, ()), stories, mark=mark) for mark in lists}
    scheduled = {row.story.post.pk for row in rows["coming"]}
    rows["due"] = [row for row in rows["due"] if row.story.post.pk not in scheduled]
    return sorted(chain.from_iterable(rows.values()), key=lambda row: row.moment)


def _lists(day, now, section, most):
    """What went live first, is to go live, is to leave and is due, on one day."""
    start, end = starts(day), ends(day)
    editions, due = Edition.objects.all(), due_between(start, end)
    if section:
        editions, due = editions.filter(section=section), due.filter(post__section=section)
    yield _slice(due, day, "due", "due_at", most)
    if start <= now:
        new = editions.filter(kind=Edition.Kind.NEW, live_from__gte=start, live_from__lt=end)
        out = new.filter(live_from__lte=now).order_by("live_from", "pk")
        yield _slice(out.reverse(), day, "live", "live_from", most)
    if end > now:
        coming = editions.filter(live_from__gt=max(now, start), live_from__lt=end)
        yield _slice(coming.order_by("live_from", "pk"), day, "coming", "live_from", most)
        yield _slice(leaving(max(now, start), end, editions), day, "leaving", "live_until", most)


def _slice(rows, day, mark, moment, most):
    return lines_of(rows[: most + 1], f"{day} {mark}", post="post", moment=moment)


def _day(day, found, stories, most):
    """What is still to come goes before what has been, where there is no room for all."""
    coming, live = _rows(day, found, stories, "coming"), _rows(day, found, stories, "live")
    scheduled = {row.story.post.pk for row in coming}
    due = _rows(day, found, stories, "due")
    due = [row for row in due if row.story.post.pk not in scheduled]
    rows = [*coming, *_rows(day, found, stories, "leaving"), *due, *live]
    shown = sorted(rows[:most], key=lambda row: row.moment)
    return Day(day, shown, len(rows) > most)


def _rows(day, found, stories, mark):
    return rows_of(found.get(f"{day} {mark}", ()), stories, mark=mark)
