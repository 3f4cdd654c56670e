"""The line of the day: stories by the hour, with the present moment among them."""

from dataclasses import dataclass

from ...publishing.dates import day_of, ends
from .day import end_of_tomorrow
from .rows import marked

LATELY = 6
"""How many of the last stories before now stand open; those before are folded."""
MOST_LATER = 6
"""Scheduled stories of the days after tomorrow."""


@dataclass(frozen=True)
class DayLine:
    """The rows before now, folded and open, those to come today, those of tomorrow, and the first
    that are scheduled after it."""

    earlier: list
    lately: list
    coming: list
    tomorrow: list
    later: list

    @property
    def rows(self):
        return [*self.earlier, *self.lately, *self.coming]


def day_line(today):
    """The DayLine of a Today."""
    live, coming = today.rows("live", "live"), today.rows("coming", "coming")
    leaving = today.rows("leaving", "leaving")
    timed = {row.story.post.pk for row in coming}
    due = [*today.rows("due_today", "due"), *today.rows("due_tomorrow", "due")]
    due = [row for row in due if row.story.post.pk not in timed]
    rows = sorted([*live, *coming, *leaving, *marked(due, today.now)], key=lambda row: row.moment)
    past = [row for row in rows if row.moment <= today.now]
    first = max(len(past) - LATELY, 0)
    end, last = ends(day_of(today.now)), end_of_tomorrow(today.now)
    ahead = [row for row in rows[len(past) :] if row.moment < end]
    tomorrow = [row for row in rows if end <= row.moment < last]
    later = [row for row in coming if row.moment >= last][:MOST_LATER]
    return DayLine(past[:first], past[first:], ahead, tomorrow, later)
