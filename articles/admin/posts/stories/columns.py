"""The columns of the list of stories, of which each person chooses some."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ....library.pictures.renditions import renditions
from ...fields.datetime_fields import format_moment
from ...steps.status_summary import display_name, site_status, status_chips


@dataclass(frozen=True)
class Column:
    """A column: its key, its title, and what stands in it, of a post at a moment."""

    key: str
    title: Any
    cell: Any


def picture(post, now):
    cuts = renditions(post.photo.as_picture(), "3x2") if post.photo else []
    if not cuts:
        return ""
    return format_html(
        '<img class="list-picture" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        cuts[0].url,
        cuts[0].width,
        cuts[0].height,
    )


def state(post, now):
    chips = status_chips(post, site_status(post.current, now), now)
    return render_to_string("admin/articles/post/chips.html", {"chips": chips})


def section(post, now):
    return post.section.name if post.section else ""


def authors(post, now):
    return ", ".join(filter(None, [*post.author_names, post.byline]))


def topics(post, now):
    return ", ".join(post.topic_names)


def saved(post, now):
    return with_name(post.saved_at, post.saved_by)


def begun(post, now):
    return display_name(post.created_by) if post.created_by else ""


def published(post, now):
    return format_moment(post.published_at) if post.published_at else ""


def due(post, now):
    plan = getattr(post, "plan", None)
    return format_moment(plan.due_at) if plan and plan.due_at else ""


def with_name(at, user):
    return format_html(
        "{}{}",
        format_moment(at),
        format_html(' <span class="quiet">{}</span>', display_name(user)) if user else "",
    )


def number(post, now):
    return str(post.pk)


COLUMNS = [
    Column("picture", _("Picture"), picture),
    Column("state", _("State"), state),
    Column("section", _("Section"), section),
    Column("authors", _("Authors"), authors),
    Column("topics", _("Topics"), topics),
    Column("begun", _("Begun by"), begun),
    Column("due", _("Due"), due),
    Column("saved", _("Saved"), saved),
    Column("published", _("Posted"), published),
    Column("number", _("Number"), number),
]
FIRST = ("picture", "state", "section", "authors", "saved")
"""The columns of whoever has chosen none."""


def columns_chosen(keys):
    """The columns of these keys, in their own order; those of the beginning where none is known."""
    chosen = [column for column in COLUMNS if column.key in keys]
    return chosen or [column for column in COLUMNS if column.key in FIRST]
