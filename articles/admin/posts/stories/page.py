"""What the page of the list shows, for a template that decides nothing."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....desk.planning.rules import plan_of
from ....desk.story_view import may_share
from ....library.date_formats import format_day, format_moment
from ...steps.status_summary import display_name
from .asked import ME, PUBLISHED, SAVED, Asked, last_days
from .columns import COLUMNS, columns_chosen
from .listed import MAX_COUNTED, list_posts
from .many import offered, seen_mark
from .names import names_for, views_and_sections
from .rows import read_rows
from .states import STATES

EXCERPT = 140


@dataclass(frozen=True)
class Choice:
    """A link that asks for something else, and whether this is what is asked now."""

    title: str
    address: str
    is_chosen: bool


def page_context(asked, user):
    """The context of the page that answers what is asked."""
    now = timezone.now()
    views, sections = views_and_sections(user)
    names = names_for(asked, sections)
    mine = next((view for view in views if not view.name and view.owner_id == user.pk), None)
    columns = columns_chosen(mine.query.split() if mine else [])
    listed = list_posts(asked, names, user=user, now=now)
    posts = read_rows(listed.keys, now=now)
    return {
        "asked": asked,
        "listed": listed,
        "said": sentence(asked, listed),
        "has_picture": COLUMNS[0] in columns,
        "columns": [column for column in columns if column != COLUMNS[0]],
        "all_columns": [(column, column in columns) for column in COLUMNS],
        "stories": [story(post, columns, now) for post in posts],
        "states": state_choices(asked),
        "sections": section_choices(asked, names),
        "section_names": names.sections,
        "days": day_choices(asked),
        "day_said": day_said(asked),
        "sorts": sort_choices(asked),
        "pages": page_choices(asked, listed),
        "views": view_choices(asked, views, user),
        "view_is_kept": any(view.query == asked.query for view in views if view.name),
        "may_share": may_share(user),
        "many": offered(user, posts),
        "ME": ME,
    }


def story(post, columns, now):
    """{post, seen, title, more, picture, cells} of one row: the picture stands before the
    headline."""
    cells = [(column, column.cell(post, now)) for column in columns]
    said = {"post": post, "seen": seen_mark(post), "title": str(post), "more": excerpt(post)}
    if columns[0] == COLUMNS[0]:
        said["picture"], cells = cells[0][1], cells[1:]
    return said | {"cells": cells}


def excerpt(post):
    if post.status == post.Status.PLANNED and (plan := plan_of(post)):
        due = _("Due %s") % format_moment(plan.due_at) if plan.due_at else _("No day yet")
        writer = plan.assigned_to
        who = display_name(writer) if writer else _("Nobody writes it yet")
        return f"{due} · {who}"
    words = post.standfirst or (post.slug_line if post.headline else "")
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def state_choices(asked):
    every = Choice(_("All"), asked.address(state=""), not asked.state)
    others = (
        Choice(state.title, asked.address(state=state.key), asked.state == state.key)
        for state in STATES
    )
    return [every, *others]


def section_choices(asked, names):
    every = Choice(_("All sections"), asked.address(section=""), not asked.section)
    others = (
        Choice(name, asked.address(section=slug), asked.section == slug)
        for slug, (_key, name) in names.sections.items()
    )
    return [every, *others]


def day_choices(asked):
    today = last_days(1)
    spans = [
        (_("Any day"), None, None),
        (_("Today"), today, today),
        (_("The last 7 days"), last_days(7), None),
        (_("The last 30 days"), last_days(30), None),
    ]
    return [
        Choice(title, asked.address(start=start, end=end), (asked.start, asked.end) == (start, end))
        for title, start, end in spans
    ]


def day_said(asked):
    """Which days are asked for, in words."""
    if not (asked.start or asked.end):
        return ""
    what = _("posted") if asked.day == PUBLISHED else _("saved")
    if asked.start and asked.end:
        start, end = format_day(asked.start), format_day(asked.end)
        span = (
            start
            if asked.start == asked.end
            else _("%(start)s to %(end)s") % {"start": start, "end": end}
        )
    elif asked.start:
        span = _("since %s") % format_day(asked.start)
    else:
        span = _("until %s") % format_day(asked.end)
    return f"{what} {span}"


def days_said(start, end):
    if start == end:
        return format_day(start)
    return _("%(start)s to %(end)s") % {"start": format_day(start), "end": format_day(end)}


def sort_choices(asked):
    if not asked.q:
        return []
    return [
        Choice(_("Best match first"), asked.address(sort=""), not asked.sort),
        Choice(_("Last saved first"), asked.address(sort=SAVED), asked.sort == SAVED),
    ]


def view_choices(asked, views, user):
    """[(Choice, view, whether this person may remove it)] of the views with a name."""
    return [
        (
            Choice(view.name, f"?{view.query}", is_same(asked, view)),
            view,
            view.owner_id == user.pk or may_share(user),
        )
        for view in views
        if view.name
    ]


def is_same(asked, view):
    return Asked.of(QueryDict(view.query)) == replace(asked, p=1)


def page_choices(asked, listed):
    """{first, before, number, last, after}: addresses of other pages, None where there are none."""
    number, last = listed.page, listed.last

    def at(page):
        return asked.address(p=page) if 1 <= page <= last and page != number else None

    return {"first": at(1), "before": at(number - 1), "after": at(number + 1)} | {
        "number": number,
        "last": last,
    }


def sentence(asked, listed):
    """How many stories there are, and what was searched for if it is not what was typed."""
    count = listed.count
    if count is None and asked.q:
        said = _("Very many stories say this. Here are the newest that do: add a word or a filter.")
    elif count is None:
        more = ngettext("More than %s story", "More than %s stories", MAX_COUNTED)
        said = more % f"{MAX_COUNTED:,}"
    else:
        said = ngettext("%s story", "%s stories", count) % f"{count:,}"
    found = listed.found
    if found and found.meant:
        said += " · " + _("No story says “%s”: these say something spelt much like it.") % asked.q
    elif found and found.near and found.keys:
        said += " · " + _("No story has all these words: these have most of them.")
    return said
