"""The search page, with the filters of the list of all stories, and its suggestions."""

import re

from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...library.words.query import parse
from ...publishing.dates import ends, starts
from ...publishing.search import matching, suggester
from ...publishing.search.entry import HIGHEST, LOWEST
from ...publishing.search.filters import NO_FILTERS, SearchFilters
from ...publishing.search.names import names_like
from ...publishing.search.nearest import nearest
from ...publishing.urls import absolute
from ..lists.filters import filters_of
from ..lists.keyset import Page
from ..lists.lookup import suggestions
from ..memo import memo
from ..moment import moment_of
from ..navigation import sections_of
from ..public_view import public_view
from ..render_page import render_page
from .latest import FILTER_FIELDS, chips_of, clean_filters, filter_pairs, list_url

BEST, NEWEST = "best", "newest"

_NUMBER = re.compile(r"-?[0-9]{1,19}")


@public_view
def search(request):
    """The live stories that match a query."""
    at = moment_of(request)
    stories = filters_of(request, at)
    query = parse(request.GET.get("q", ""))
    sort = NEWEST if request.GET.get("sort") == NEWEST else BEST
    clean = search_query(request.GET, stories, query.words, sort)
    if query_pairs(request.GET) != query_pairs(clean):
        return HttpResponseRedirect(list_url(request.path, clean))
    filters = search_filters_of(stories)
    results = results_of(request.GET, query, sort, at=at, filters=filters)
    with_sections(request, results.editions, at=at)
    narrowed = any(clean.getlist(name) for name in FILTER_FIELDS)
    # Offer no topics and authors within filters, because their pages would drop the filters.
    names = None if narrowed else names_like(query.words, at=at, near=results.is_empty)
    better, near = None, []
    if results.is_empty:
        better, near = alternatives(request, clean, query, at=at, filters=filters, names=names)
    elif query.is_word and results.is_one_page:
        shown = {edition.pk for edition in results.editions}
        near = nearest_of(request, query, at=at, filters=filters)
        near = [edition for edition in near if edition.pk not in shown]
    return render_page(
        request,
        "pages/search.html",
        at=at,
        canonical=list_url(request.path, clean),
        page_title=_("“%(words)s”: search") % {"words": query.words} if query else _("Search"),
        words=query.words,
        query=query,
        form=stories.form,
        filter_fields=filter_fields_html(request, stories),
        sort=sort,
        sorts=sort_links(request.path, clean, sort),
        said=count_text(results, narrowed=narrowed) if query else "",
        near=near,
        chips=chips_of(request.path, clean, stories.chosen),
        clear_url=list_url(request.path, search_query({}, None, query.words, sort)),
        meant=better,
        elsewhere=in_other_languages(request.path, clean, stories) if results.is_empty else [],
        names=names,
        offered=topics_found(results) if query else suggestions(request, at)["topic"],
        page=search_page(request.path, clean, results, sort, page_number(request.GET)),
        lang=stories.lang,
    )


@public_view
def suggest(request):
    """Completions of a query as JSON: {query, suggestions: [{text, url}]}."""
    words = request.GET.get("q", "")
    found = completions(words, at=moment_of(request))
    return JsonResponse(
        {"query": parse(words[: suggester.MAX_TYPED]).words, "suggestions": found},
        headers={"X-Robots-Tag": "noindex"},
    )


@public_view
def complete(request):
    """Completions in the OpenSearch Suggestions format, for a browser's address bar: the query, the
    completions, no descriptions, and their URLs."""
    words = request.GET.get("q", "")
    found = completions(words, at=moment_of(request))
    urls = [absolute(each["url"], request) for each in found]
    return JsonResponse(
        [words[: suggester.MAX_TYPED], [each["text"] for each in found], [], urls],
        safe=False,
        content_type="application/x-suggestions+json",
        headers={"X-Robots-Tag": "noindex"},
    )


def completions(words, *, at):
    """Authors, topics and queries that begin with these words: [{text, url}]."""
    words = words[: suggester.MAX_TYPED]
    own = reverse("search")
    names = names_like(words, at=at)
    found = [
        {"text": each.name, "url": each.get_absolute_url()}
        for each in (*names.authors, *names.topics)
    ]
    named = {each["text"].casefold() for each in found}
    found += [
        {"text": text, "url": f"{own}?{words_query(text).urlencode()}"}
        for text in suggester.complete(words, at=at)
        if text.casefold() not in named
    ]
    return found[: suggester.MAX_SUGGESTIONS]


def words_query(words):
    """The query string of a search for these words."""
    query = QueryDict(mutable=True)
    query["q"] = words
    return query


def search_query(data, stories, words, sort):
    """What is asked as the shareable address says it: words, filters, order."""
    query = words_query(words) if words else QueryDict(mutable=True)
    if stories is not None:
        for field, values in clean_filters(data, stories.form, stories.chosen).lists():
            query.setlist(field, values)
    if sort == NEWEST:
        query["sort"] = sort
    return query


def query_pairs(data):
    """The words, filters and order in an address, as pairs."""
    names = ("q", *FILTER_FIELDS, "sort")
    return [(name, value) for name in names for value in data.getlist(name)]


def search_filters_of(stories):
    """The filters of the list as SearchFilters."""
    chosen = stories.chosen
    return SearchFilters(
        topics=tuple(chosen["topics"]),
        section=chosen["section"],
        author=chosen["author"],
        starts=starts(chosen["since"]) if chosen["since"] else None,
        ends=ends(chosen["until"]) if chosen["until"] else None,
        lang=stories.lang,
        at=stories.at,
    )


def filter_fields_html(request, stories):
    """The fields that filter the results; while none is filled in, they are kept."""

    def render():
        context = {"fields": stories.form.visible_fields()}
        return mark_safe(get_template("components/fields.html").render(context))

    return render() if filter_pairs(request.GET) else memo(request, "filters", render, "search")


def results_of(data, query, sort, *, at, filters):
    """The page of results that a query string asks for. Raises Http404 if there is no such page."""
    if sort == BEST:
        return matching.search_best(query, at=at, filters=filters, page=page_number(data))
    cursors = {
        name: read_search_cursor(data[name]) for name in ("before", "after") if data.get(name)
    }
    return matching.search_newest(query, at=at, filters=filters, **cursors)


def read_search_cursor(cursor):
    """The place that a cursor names. Raises Http404."""
    if not _NUMBER.fullmatch(cursor) or not LOWEST < int(cursor) < HIGHEST:
        raise Http404("no such page")
    return int(cursor)


def page_number(data):
    """The page number of results sorted by relevance. Raises Http404."""
    number = data.get("page") or "1"
    if not re.fullmatch(r"[0-9]{1,3}", number) or not 1 <= int(number) <= matching.MAX_BEST_PAGES:
        raise Http404("no such page")
    return int(number)


def search_page(path, query, results, sort, number):
    """The results with the addresses of the pages before and after."""
    newer = older = None
    if sort == NEWEST:
        if results.newer is not None:
            newer = list_url(path, query, [("after", results.newer)])
        if results.older is not None:
            older = list_url(path, query, [("before", results.older)])
    else:
        if number > 1:
            newer = list_url(path, query, [("page", number - 1)] if number > 2 else ())
        if results.more and number < matching.MAX_BEST_PAGES:
            older = list_url(path, query, [("page", number + 1)])
        elif results.older is not None:
            older = list_url(path, query, [("sort", NEWEST), ("before", results.older)])
    return Page(results.editions, newer, older)


def sort_links(path, query, sort):
    """The two orders, as links: [{text, url, current}]."""
    plain = query.copy()
    plain.pop("sort", None)
    return [
        {"text": _("Best first"), "url": list_url(path, plain), "current": sort == BEST},
        {
            "text": _("Newest first"),
            "url": list_url(path, plain, [("sort", NEWEST)]),
            "current": sort == NEWEST,
        },
    ]


def count_text(results, *, narrowed):
    """How many stories were found, as far as that is known."""
    if results.count is None and results.met is not None:
        return _("%(count)s among the stories looked through") % {
            "count": number_format(results.met, force_grouping=True)
        }
    if results.count is None and narrowed:
        return _("Many stories")
    if results.count is None:
        return _("More than %(count)s stories") % {
            "count": number_format(matching.max_few(results.query, NO_FILTERS), force_grouping=True)
        }
    return ngettext("%(count)s story", "%(count)s stories", results.count) % {
        "count": number_format(results.count, force_grouping=True)
    }


def alternatives(request, clean, query, *, at, filters, names):
    """What to offer if nothing matches: a corrected query as {text, url} or None, and the nearest
    stories."""
    tried = []

    def finds(other):
        tried.append(other)
        return matching.has_results(other, at=at, filters=filters)

    better = suggester.did_you_mean(query.words, at=at, finds=finds, near=names and names.words)
    # To find the names that narrow a search took a query, and so did the better query.
    spent = tried and any(request.GET.get(name) for name in ("topic", "author"))
    near = [] if spent else nearest_of(request, query, at=at, filters=filters)
    if not better:
        return None, near
    clean = clean.copy()
    clean["q"] = better
    return {"text": better, "url": list_url(request.path, clean)}, near


def in_other_languages(path, query, stories):
    """The same search in each other language that stories are told in: [{code, url}]."""
    if not query.get("q") or stories.lang.language:
        return []
    found = []
    for code in stories.languages:
        other = query.copy()
        other["language"] = code
        found.append({"code": code, "url": list_url(path, other)})
    return found


def nearest_of(request, query, *, at, filters):
    """The nearest stories to a query that matches nothing, or those that write its only word as
    two."""
    return with_sections(request, nearest(query, at=at, filters=filters), at=at)


def with_sections(request, editions, *, at):
    """Set the sections of these editions, which the navigation has loaded already."""
    sections = {section.pk: section for section in sections_of(request, at)}
    for edition in editions:
        # A section made outside the desk may not be in the navigation yet.
        if section := sections.get(edition.section_id):
            edition.section = section
    return editions


def topics_found(results):
    """The topics of the results, as suggestions for further searches."""
    names = (topic["name"] for edition in results.editions for topic in edition.topics)
    return sorted(set(names), key=str.casefold)
