"""Pages of a list, by the place where they begin: any depth costs the same.

A cursor names a line by its order, `20161213T164200.000000Z-42`: the moment in UTC and the
post's number. `?before=` asks for the older lines, `?after=` for the newer ones.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial

from django.db.models import BigIntegerField, DateTimeField, Q, Subquery
from django.http import Http404
from django.utils.http import urlencode

from ...publishing.compiled_query import CompiledQuery

PAGE_SIZE = 20
CURSOR_PARAMETERS = ("before", "after")

MAX_PARAMETER_LENGTH = 200

_CURSOR = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6})Z-([0-9]{1,18})")
_MOMENT = "%Y%m%dT%H%M%S.%f"


def cursor_pairs(request):
    """The cursor in a request's query string, as a list of none or one (name, value) pairs."""
    found = [(name, request.GET.get(name)) for name in CURSOR_PARAMETERS]
    return [(name, value[:MAX_PARAMETER_LENGTH]) for name, value in found if value]


def is_first_page(request):
    return not cursor_pairs(request)


class TopReached(Exception):
    """Newer lines were asked for, and they are those of the first page, which is at `url`."""

    def __init__(self, url):
        self.url = url
        super().__init__(url)


@dataclass
class Page:
    """Some stories of a list, newest first, and the addresses of its neighbours (or None)."""

    editions: list
    newer_url: str | None
    older_url: str | None


class CompiledList:
    """The rows of a list, `build(**parameters)`, whose statements are compiled once.

    `parameters` are model fields by name, as of a CompiledQuery. Called with their values, it gives
    rows for `keyset_page`.
    """

    def __init__(self, build, **parameters):
        self._build, self._parameters, self._queries = build, parameters, {}

    def __call__(self, **values):
        return partial(self._fetch, values)

    def _fetch(self, values, kind, place, size, moment):
        key = (kind, size, moment)
        if key not in self._queries:
            statement = partial(self._statement, kind, size, moment)
            self._queries[key] = CompiledQuery(
                statement, _moment=DateTimeField(), _post=BigIntegerField(), **self._parameters
            )
        at_moment, post = place or (None, None)
        return self._queries[key].rows(_moment=at_moment, _post=post, **values)

    def _statement(self, kind, size, moment, _moment, _post, **parameters):
        return _rows_at(self._build(**parameters), kind, (_moment, _post), size, moment)


def keyset_page(request, rows, *, query=(), size=PAGE_SIZE, moment="published_at"):
    """The page of these rows that the request asks for, in one query.

    `rows` are a queryset of live editions or of their cards, or a CompiledList's; `moment` names
    the field that orders them; `query` are the pairs in the address that made the list what it is.
    The neighbours' addresses have those, and nothing that the list does not read. Raises Http404
    for a cursor that nobody made here, and TopReached.
    """
    url = _ListUrl(request.path, query, moment)
    kind = next((name for name in ("after", "before") if request.GET.get(name)), None)
    place = read_cursor(request.GET[kind]) if kind else None
    fetch = rows if callable(rows) else partial(_fetch, rows)
    found = fetch(kind, place, size, moment)
    if kind == "after":
        if len(found) <= size:
            raise TopReached(url.top)
        return _page(found[size - 1 :: -1], url, newer=True, older=True)
    return _page(found[:size], url, newer=bool(kind), older=len(found) > size)


def _fetch(rows, kind, place, size, moment):
    return list(_rows_at(rows, kind, place, size, moment))


def _rows_at(rows, kind, place, size, moment):
    """One row more than a page before or after a place; or the first, in their order."""
    if kind == "after":
        newer = _newer(rows, moment, place)
        return _with_higher(newer, newer, 2 * size)[: size + 1]
    if kind == "before":
        newer = _newer(rows, moment, place, or_this=True)
        rows = _with_higher(_older(rows, moment, place), newer, size)
    return rows.order_by(f"-{moment}", "-post_id")[: size + 1]


def _with_higher(rows, newer, number):
    """Rows with `higher`, the same on each: the primary key of the row so many places further up,
    or None where the top is nearer."""
    return rows.annotate(higher=Subquery(newer.values("pk")[number : number + 1]))


def _page(rows, url, *, newer, older):
    if not rows:
        return Page([], url.top if newer else None, None)
    above = url.page("after", rows[0]) if getattr(rows[0], "higher", None) else url.top
    return Page(
        rows,
        above if newer else None,
        url.page("before", rows[-1]) if older else None,
    )


def write_cursor(row, moment="published_at"):
    """The cursor of a line."""
    return f"{getattr(row, moment).astimezone(dt.UTC).strftime(_MOMENT).zfill(22)}Z-{row.post_id}"


def read_cursor(cursor):
    """The moment and the post's number in a cursor. Raises Http404."""
    match = _CURSOR.fullmatch(cursor)
    if not match:
        raise Http404("no such page")
    try:
        moment = dt.datetime.strptime(match[1], _MOMENT).replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise Http404("no such page") from error
    return moment, int(match[2])


# The plain bound comes first: it is what the index serves; the rest settles ties.
def _older(rows, field, place):
    moment, post = place
    tie = Q(**{f"{field}__lt": moment}) | Q(post_id__lt=post)
    return rows.filter(tie, **{f"{field}__lte": moment})


def _newer(rows, field, place, *, or_this=False):
    moment, post = place
    tie = Q(**{f"{field}__gt": moment}) | Q(**{"post_id__gte" if or_this else "post_id__gt": post})
    return rows.filter(tie, **{f"{field}__gte": moment}).order_by(field, "post_id")


@dataclass(frozen=True)
class _ListUrl:
    """The address of a list: its path, and its filters as pairs."""

    path: str
    query: list
    moment: str

    @property
    def top(self):
        return self._url(self.query)

    def page(self, name, row):
        return self._url([*self.query, (name, write_cursor(row, self.moment))])

    def _url(self, query):
        return f"{self.path}?{urlencode(query)}" if query else self.path
