"""The list of all stories, with its filters."""

from functools import cache

from django.db.models import DateTimeField
from django.http import HttpResponseRedirect, QueryDict
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ...library.date_formats import format_day
from ...library.languages import native_name
from ...publishing.editions.edition import Edition
from ...publishing.editions.translations import ListLanguage
from ..lists.filters import filters_of
from ..lists.keyset import CompiledList, cursor_pairs, keyset_page
from ..lists.list_title import list_title
from ..lists.lookup import suggestions
from ..memo import memo
from ..moment import moment_of
from ..navigation import other_languages
from ..public_view import public_view
from ..render_page import render_page

FILTER_FIELDS = ("topic", "section", "author", "from", "to", "language")
MAX_VALUE_LENGTH, MAX_VALUES = 200, 20


@public_view
def latest(request):
    """All stories, newest first, or those that match the filters in the query string."""
    at = moment_of(request)
    if not filter_pairs(request.GET):
        return unfiltered(request, at=at)
    stories = filters_of(request, at)
    chosen = stories.chosen
    query = clean_filters(request.GET, stories.form, chosen)
    if filter_pairs(request.GET) != filter_pairs(query):
        return HttpResponseRedirect(list_url(request.path, query, cursor_pairs(request)))
    chips = chips_of(request.path, query, chosen)
    said = list_title(**chosen)
    return render_page(
        request,
        "pages/list.html",
        at=at,
        canonical=list_url(request.path, query, cursor_pairs(request)),
        page_title=said,
        form=stories.form,
        filters=filters_html(request, stories, at=at),
        said=said,
        chips=chips,
        clear_url=request.path,
        page=keyset_page(request, stories.qs, query=filter_pairs(query)),
        lang=stories.lang,
    )


def unfiltered(request, *, at):
    """All stories; the form that filters them is kept, since it is the same on every page."""
    lang = ListLanguage(several=bool(other_languages(request, at)))
    said = list_title()
    return render_page(
        request,
        "pages/list.html",
        at=at,
        page_title=said,
        filters=memo(
            request,
            "filters",
            lambda: filters_html(request, filters_of(request, at), at=at),
        ),
        said=said,
        chips=[],
        page=keyset_page(request, all_stories(lang)(at=at)),
        lang=lang,
    )


@cache
def all_stories(lang):
    """The CompiledList of all stories in a language."""
    return CompiledList(
        lambda at: lang.of(Edition.objects.live(at), at=at).cards(), at=DateTimeField()
    )


def filters_html(request, stories, *, at):
    """The form that filters the list."""
    stories.offer(suggestions(request, at))
    return mark_safe(get_template("components/filters.html").render({"form": stories.form}))


def clean_filters(given, form, chosen):
    """The filters in canonical form, for the shareable URL: current slugs, and no empty ones.

    Invalid values are kept as given, so that the error message next to the field makes sense.
    """
    query = QueryDict(mutable=True)
    clean = {
        "topic": [topic.slug for topic in chosen["topics"]],
        "section": [chosen["section"].slug] if chosen["section"] else [],
        "author": [chosen["author"].slug] if chosen["author"] else [],
        "from": [chosen["since"].isoformat()] if chosen["since"] else [],
        "to": [chosen["until"].isoformat()] if chosen["until"] else [],
        "language": [form.cleaned_data.get("language")],
    }
    for field in FILTER_FIELDS:
        values = clean[field]
        if field in form.errors:
            values = [
                value.strip()[:MAX_VALUE_LENGTH] for value in given.getlist(field)[-MAX_VALUES:]
            ]
            values = values if field == "topic" else values[-1:]
        query.setlist(field, [value for value in values if value])
    return query


def filter_pairs(query):
    """The filters of a query string, as pairs."""
    return [(field, value) for field in FILTER_FIELDS for value in query.getlist(field)]


def list_url(path, query, extra=()):
    """The address of the list with these filters."""
    query = query.copy()
    for name, value in extra:
        query[name] = value
    encoded = query.urlencode()
    return f"{path}?{encoded}" if encoded else path


def chips_of(path, query, chosen):
    """A label for each filter, with the URL of the list without it: [{text, url}]."""
    since, until = chosen["since"], chosen["until"]
    chips = [_chip(path, query, "topic", topic.slug, topic.name) for topic in chosen["topics"]]
    chips += [
        _chip(path, query, field, chosen[field].slug, chosen[field].name)
        for field in ("section", "author")
        if chosen[field]
    ]
    if since:
        text = _("from %(day)s") % {"day": format_day(since)}
        chips.append(_chip(path, query, "from", since.isoformat(), text))
    if until:
        text = _("to %(day)s") % {"day": format_day(until)}
        chips.append(_chip(path, query, "to", until.isoformat(), text))
    chips += [
        _chip(path, query, "language", code, native_name(code))
        for code in query.getlist("language")
    ]
    return chips


def _chip(path, query, field, value, text):
    without = query.copy()
    without.setlist(field, [each for each in query.getlist(field) if each != value])
    return {"text": text, "url": list_url(path, without)}
