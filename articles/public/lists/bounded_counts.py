"""How many live stories there are in some spans of time, or on some topics, up to a bound.

Counting stops at MANY, so what a page pays follows from what it shows, never from what is stored.
"""

from django.db import connection
from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL

from ...publishing.database_routing import read_connection
from ...publishing.editions.listing import TopicListing

MANY = 100

# One statement for all spans, short to plan: a union of as many lists takes longer to write than
# to answer. The innermost rows come out of edition_newest_first alone.
_IN_SPANS = """
WITH span (place, since, until) AS (VALUES {spans})
SELECT place, (
    SELECT COUNT(*) FROM (
        {editions} LIMIT {most}
    ) AS few
) FROM span ORDER BY place
"""


def count_in_spans(spans, editions, *, most=None):
    """How many of these live editions were posted in each span (since, until): a list of numbers.

    `most` (MANY, unless told otherwise) stands for so many or more.
    """
    if not spans:
        return []
    stored = connection.ops.adapt_datetimefield_value
    values = [
        value
        for place, (since, until) in enumerate(spans)
        for value in (place, stored(since), stored(until))
    ]
    in_span = editions.filter(
        published_at__gte=RawSQL("span.since", ()), published_at__lt=RawSQL("span.until", ())
    )
    query = in_span.order_by().values(one=Value(1)).query
    counted, own = query.get_compiler(using=editions.db).as_sql()
    statement = _IN_SPANS.format(
        spans=", ".join(["(%s, %s, %s)"] * len(spans)), editions=counted, most=most or MANY
    )
    with read_connection().cursor() as cursor:
        cursor.execute(statement, [*values, *own])
        return [count for _place, count in cursor.fetchall()]


def with_counts(topics, lang, *, at):
    """Topics with `stories`: how many live ones each has in a language, MANY standing for so many
    or more."""
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk")).order_by().values("pk")
    lines = lang.of(lines, at=at, edition="edition__")
    return topics.annotate(stories=_Count(lines[:MANY]))


class _Count(Subquery):
    """The number of rows of a bounded subquery."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()
