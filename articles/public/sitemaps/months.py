"""Months of stories: which there are, and when each last changed."""

from ...publishing.dates import day_of, month_after, possible, starts
from ...publishing.editions.edition import Edition
from ..lists.bounded_counts import count_in_spans
from ..lists.union_slices import first_of_each

SPANS_PER_QUERY = 240
"""How many months one query looks into: databases bound how many values it may name."""

RECENT_CHANGES = 1_000
"""How many of the last changes are looked at to tell when a month last changed."""


def months_with_stories(at):
    """The first days of the months that have live stories, newest first.

    Each month is looked into once, through the index of dates: the cost grows with the years that
    the newsroom covers, not with its stories.
    """
    live = possible(Edition.objects.live(at))
    ends = [live.order_by("published_at", "post_id")[:1], live.newest_first()[:1]]
    outermost = Edition.objects.filter(pk__in=first_of_each(ends, "pk")).order_by()
    days = sorted(day_of(moment) for moment in outermost.values_list("published_at", flat=True))
    if not days:
        return []
    months = months_between(days[0], days[-1])
    found = []
    for start in range(0, len(months), SPANS_PER_QUERY):
        some = months[start : start + SPANS_PER_QUERY]
        spans = [(starts(month), starts(month_after(month))) for month in some]
        counted = zip(some, count_in_spans(spans, live, most=1), strict=True)
        found += [month for month, stories in counted if stories]
    return found[::-1]


def months_between(first, last):
    """The first days of the months from that of the first day to that of the last."""
    months = [first.replace(day=1)]
    while (following := month_after(months[-1])) <= last:
        months.append(following)
    return months


def month_of(moment):
    """The first day of the month of a moment, where the newsroom is."""
    return day_of(moment).replace(day=1)


def last_changes(at):
    """When the months among the last changes changed last: a dict from first days to moments.

    Of a month that is not among them, nothing is known.
    """
    changed = {}
    for edge in ("live_from", "live_until"):
        edges = (
            possible(Edition.objects.filter(**{f"{edge}__lte": at}))
            .order_by(f"-{edge}")
            .values_list("published_at", edge)[:RECENT_CHANGES]
        )
        for published_at, moment in edges:
            month = month_of(published_at)
            changed[month] = max(moment, changed.get(month, moment))
    return changed
