"""Rows of Today: stories with their state in words, in the one query that reads them."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ...desk.planning.needs import need_sentence
from ...desk.planning.plan import PlanNeed
from ...desk.planning.rules import plan_of
from ...desk.post import Post
from ..choosers.facts import current_of, with_what_is_shown
from ..steps.status_summary import Chip, SiteStatus, display_name, site_status, status_chips


@dataclass(frozen=True)
class Story:
    """A story of the desk as Today shows it; `here` are the names of those who have it open,
    `needs` what was planned for it and is not there, in sentences."""

    post: Post
    on_site: SiteStatus
    chips: list[Chip]
    here: set[str] = field(default_factory=set)
    needs: list[str] = field(default_factory=list)

    @property
    def stops(self):
        """What stops it on its way to readers: the chips that stand in red wherever it does."""
        return [chip for chip in self.chips if chip.icon]

    @property
    def writer(self):
        """Whose story it is, or is to be; "" where nobody is known."""
        plan = plan_of(self.post) if self.post.status == Post.Status.PLANNED else None
        person = plan.assigned_to if plan else self.post.created_by
        return display_name(person) if person else ""


@dataclass(frozen=True)
class Row:
    """A story in one list, with the moment and the words that the list is about; `key` is of the
    row that says so, such as a note."""

    story: Story
    moment: dt.datetime
    words: str = ""
    who: str = ""
    mark: str = ""
    key: int = 0

    @property
    def state(self):
        """What happens at the moment, as a Chip: shorter than the story's own, which names it."""
        if self.mark == "coming":
            has_live = self.story.on_site.live
            return Chip("scheduled", _("Update scheduled") if has_live else _("Scheduled"))
        if self.mark == "leaving":
            return Chip("withdrawn", _("Leaves the site"))
        if self.mark == "live" and not self.story.on_site.live:
            return Chip("withdrawn", _("Withdrawn"))
        if self.mark == "live":
            return Chip("live", _("Live"))
        return self.story.chips[0]

    @property
    def is_changed(self):
        """Whether the desk has other words than readers see."""
        return bool(self.story.on_site.live and self.story.post.has_unpublished_changes)


def stories_in(lines, now):
    """{primary key: Story} of all the stories that these Lines name."""
    keys = {line.post for line in lines if line.post}
    posts = with_what_is_shown(Post.objects.filter(pk__in=sorted(keys)).order_by(), now=now)
    found = {}
    for post in posts.select_related("section", "created_by", "plan__assigned_to"):
        on_site = site_status(current_of(post), now)
        found[post.pk] = Story(post, on_site, status_chips(post, on_site, now))
    return found


def add_needs(stories, lines):
    """Put the open needs that these Lines tell to their stories."""
    for line in lines:
        if line.post in stories:
            need = PlanNeed(kind=line.words, reason=line.who)
            stories[line.post].needs.append(need_sentence(need))


def rows_of(lines, stories, *, mark=""):
    """A Row for each Line whose story is still there, each story once."""
    seen, rows = set(), []
    for line in lines:
        if line.post in stories and line.post not in seen:
            seen.add(line.post)
            rows.append(Row(stories[line.post], line.moment, line.words, line.who, mark, line.row))
    return rows


def marked(rows, now):
    """The rows, those whose moment has passed marked as late."""
    return [replace(row, mark="late") if row.moment < now else row for row in rows]
