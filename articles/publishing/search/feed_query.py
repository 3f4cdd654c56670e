"""Finding stories to be shown whole, as feeds do: found and read in one statement.

Nothing is counted, and nothing marked. A step looks at few answers and at many as `find` does, but
the database itself goes from one to the other.
"""

from .backends.sql import named
from .filters import NOWHERE
from .index import backend
from .matching import SIZE, Results, bounds_of, counted, edge_of, page_of, way_of


def newest(query, stories, *, at, narrowing=NOWHERE, before=None, after=None, size=SIZE):
    """Live stories that answer, newest first: those older than a place, or newer, or the newest.

    `stories` are live editions with the columns that the caller shows of them.
    """
    bounds = bounds_of(narrowing, before=before, after=after)
    places, values = backend().page(
        query,
        at=at,
        **bounds,
        most=size + 1,
        enough=counted(query, narrowing) + 1,
        fits=narrowing.as_sql(),
        **way_of(narrowing, at=at, **bounds, most=size + 1),
    )
    columns, own = named(stories.order_by(), "story")
    rows = stories.model.objects.raw(
        f"SELECT p.place, p.edition_id, s.* FROM ({places}) p"  # noqa: S608
        f" LEFT JOIN ({columns}) s ON s.id = p.edition_id"
        f" ORDER BY p.place {'ASC' if bounds['newer'] else 'DESC'}",
        values | own,
    )
    hits = [(row.place, row) for row in rows if row.edition_id is not None]
    stops = [row.place for row in rows if row.edition_id is None]
    stopped_at = edge_of(stops[0], narrowing, newer=bounds["newer"]) if stops else None
    hits, newer, older = page_of(hits, stopped_at, size=size, before=before, after=after)
    # What readers see is asked once more by `stories`.
    found = [story for _, story in hits if story.pk is not None]
    return Results(query, found, count=None, newer=newer, older=older)
