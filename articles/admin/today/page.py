"""What the start page shows to somebody at a moment, in two queries."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.planning.plan import PlanNeed
from ...publishing.dates import day_of
from .day import lists_of_day
from .day_line import day_line
from .rows import add_needs, marked, rows_of, stories_in
from .slices import read_lines
from .waiting import looks_after_pictures, mine, waits_for
from .wrong import lists_of_wrongs

MOST_SHOWN = 8
"""Rows of each list."""

IN_LIST = {
    "review": ("in_review", gettext_lazy("All stories in review")),
    "in_review": ("in_review", gettext_lazy("All stories in review")),
    "in_work": ("draft", gettext_lazy("All drafts")),
    "ready": ("ready", gettext_lazy("All ready stories")),
    "changed": ("changed", gettext_lazy("All that are live and changed")),
    "on_hold": ("held", gettext_lazy("All on legal hold")),
}
"""Where all of a group are listed: {key: (state in the list of stories, title)}."""

TO_DO = {
    "on_hold": gettext_lazy("Nothing of them goes out until somebody with that right lifts it."),
    "held": gettext_lazy("Schedule them as they may be, or leave them ready."),
    "wordings": gettext_lazy("Open the story and choose which words are to stay."),
    "correction": gettext_lazy("Readers are told when the story is published again."),
    "dead_links": gettext_lazy("Take the link out or lead it elsewhere, and publish the story."),
}
"""What is to be done about a group."""


@dataclass(frozen=True)
class Group:
    """A list of the page: what it is called, and its rows, of which the first are shown."""

    key: str
    title: str
    all_rows: list

    @property
    def rows(self):
        return self.all_rows[:MOST_SHOWN]

    @property
    def to_do(self):
        return TO_DO.get(self.key, "")

    @property
    def state(self):
        """The state by which the list of stories shows all of them, "" where none does."""
        return IN_LIST.get(self.key, ("", ""))[0]

    @property
    def all_title(self):
        return IN_LIST[self.key][1]

    @property
    def is_full(self):
        """Whether there are more than are shown."""
        return len(self.all_rows) > MOST_SHOWN

    @property
    def leads_on(self):
        """Whether the list of stories has more than are shown here: of drafts it has those that
        were saved before today."""
        return self.is_full or self.key == "in_work"


def lists_for(user, now):
    """Every list that the page shows to somebody."""
    return [
        *waits_for(user, now),
        *mine(user, now),
        *lists_of_day(now),
        *lists_of_wrongs(user, now),
    ]


class Today:
    """The page for one person, read once."""

    def __init__(self, user, now):
        self.now, self.finds_pictures = now, looks_after_pictures(user)
        self.lines = read_lines(lists_for(user, now))
        here, needs = self.lines.pop("here", ()), self.lines.pop("needs", ())
        self.stories = stories_in(chain.from_iterable(self.lines.values()), now)
        for line in here:
            if line.post in self.stories:
                self.stories[line.post].here.add(line.who)
        add_needs(self.stories, needs)
        self.without_pictures = {
            line.post: line.who for line in needs if line.words == PlanNeed.Kind.PICTURE
        }

    def rows(self, name, mark=""):
        return rows_of(self.lines.get(name, ()), self.stories, mark=mark)

    def each(self, name):
        """The rows of a list in which a story may stand several times."""
        return [row for line in self.lines.get(name, ()) for row in rows_of([line], self.stories)]

    def group(self, name, title):
        return Group(name, title, self.rows(name))

    def waits(self):
        """What waits for this person, the most pressing first; only what there is."""
        groups = [
            self.group("kill", _("To be killed, if you confirm it")),
            self.group("kill_asked", _("Your kills, waiting for a second person")),
            self.group("sent_back", _("Sent back to you")),
            Group("no_picture", _("Pictures to find"), self.pictures_to_find()),
            Group("due", _("Due"), marked(self.rows("due"), self.now)),
            Group("notes", _("Notes to you"), self.each("notes")),
            self.group("review", _("To review")),
            self.group("reread", _("Changes to review")),
        ]
        return [group for group in groups if group.rows]

    def pictures_to_find(self):
        """What is due today and tomorrow and has not the picture that was planned for it, with the
        reason; for who looks after the pictures."""
        if not self.finds_pictures:
            return []
        rows = marked([*self.rows("due_today"), *self.rows("due_tomorrow")], self.now)
        missing = self.without_pictures
        return [
            replace(row, words=missing[row.story.post.pk])
            for row in rows
            if row.story.post.pk in missing
        ]

    def mine(self):
        """Their own stories, last saved first, without those that wait for them above."""
        above = {row.story.post.pk for row in self.rows("sent_back")}
        rows = sorted(self.rows("mine"), key=lambda row: row.moment, reverse=True)
        return [row for row in rows if row.story.post.pk not in above][:MOST_SHOWN]

    def planned(self):
        """What is planned for them, but not to be written yet."""
        return [*self.rows("planned"), *self.rows("undated", "undated")]

    def wrong(self):
        """What is wrong, each with what to do."""
        groups = [
            self.group("on_hold", _("On legal hold")),
            self.group("broken", _("Embargoes broken in the last days")),
            self.group("held", _("Held back: was scheduled")),
            self.group("wordings", _("Two wordings to choose from")),
            self.group("correction", _("Corrections that readers have not been told")),
            self.group("dead_links", _("Links that lead nowhere, in live stories")),
        ]
        return [group for group in groups if group.rows]

    def pictures(self):
        """Pictures whose rights end, [{key, caption, until, has_ended}]."""
        found = []
        for line in self.lines.get("pictures", ())[:MOST_SHOWN]:
            until = dt.date.fromisoformat(line.who)
            ended = until < day_of(self.now)
            found.append(
                {"key": line.row, "caption": line.words, "until": until, "has_ended": ended}
            )
        return found

    def day(self):
        return day_line(self)

    def in_hand(self):
        """What is being worked on, with no hour of today, by state."""
        timed = {row.story.post.pk for row in self.day().rows}

        def without_hour(name):
            return [row for row in self.rows(name) if row.story.post.pk not in timed]

        return [
            Group("in_work", _("Drafts saved today"), without_hour("in_work")),
            Group("in_review", _("In review"), without_hour("in_review")),
            Group("ready", _("Ready"), without_hour("ready")),
            Group("changed", _("Live, with changes to publish"), self.live_rows("changed")),
        ]

    def live_rows(self, name):
        return [row for row in self.rows(name) if row.story.on_site.live]
