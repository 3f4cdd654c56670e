"""Saying in a sentence what a list shows."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...library.date_formats import (
    day_comes_first,
    format_day,
    format_day_and_month,
    format_day_number,
)

SENTENCES = {
    # (section, topics, author): each has its sentence, because languages order them differently.
    (False, False, False): lambda: _("All stories"),
    (False, False, True): lambda: _("Stories by %(author)s"),
    (False, True, False): lambda: _("Stories on %(topics)s"),
    (False, True, True): lambda: _("Stories on %(topics)s by %(author)s"),
    (True, False, False): lambda: _("Stories in %(section)s"),
    (True, False, True): lambda: _("Stories in %(section)s by %(author)s"),
    (True, True, False): lambda: _("Stories in %(section)s on %(topics)s"),
    (True, True, True): lambda: _("Stories in %(section)s on %(topics)s by %(author)s"),
}


def list_title(*, topics=(), section=None, author=None, since=None, until=None):
    """A sentence such as “Stories on Syria and Labour, 1 to 31 December 2016”."""
    kinds = (section is not None, bool(topics), author is not None)
    stories = SENTENCES[kinds]() % {
        "section": section,
        "topics": join_names([str(topic) for topic in topics]),
        "author": author,
    }
    if since is None and until is None:
        return stories
    return _("%(stories)s, %(dates)s") % {"stories": stories, "dates": date_range(since, until)}


def join_names(names):
    """Names as they are said: “Syria, Labour and Russia”."""
    if len(names) < 2:
        return "".join(names)
    several = pgettext("between names", ", ").join(names[:-1])
    return _("%(several)s and %(last)s") % {"several": several, "last": names[-1]}


def date_range(since, until):
    """A range of days, no longer than it must be: “1 to 31 December 2016”, “since …”, “until …”."""
    if until is None:
        return _("since %(day)s") % {"day": format_day(since)}
    if since is None:
        return _("until %(day)s") % {"day": format_day(until)}
    if since == until:
        return format_day(since)
    return _("%(first)s to %(last)s") % {
        "first": _say_beginning(since, until),
        "last": format_day(until),
    }


def _say_beginning(since, until):
    """The first day of a range, without what its last day says again."""
    if since.year != until.year or not day_comes_first():
        return format_day(since)
    return format_day_number(since) if since.month == until.month else format_day_and_month(since)
