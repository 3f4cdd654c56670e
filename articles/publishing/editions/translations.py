"""The same story in several languages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, Expression, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull
from django.utils.http import urlencode

from .edition import Edition, EditionQuerySet
from .live_intervals import live_sql

Rows = TypeVar("Rows", bound=models.QuerySet)


@dataclass(frozen=True)
class ListLanguage:
    """The language of a list: the site's own, which shows every story once, or another, which
    shows the stories in it.

    `several` is False where all live stories are known to be in the site's own.
    """

    language: str = ""
    several: bool = True

    @property
    def code(self) -> str:
        return self.language or settings.LANGUAGE_CODE

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query parameters that select this language; none for the site's own."""
        return [("language", self.language)] if self.language else []

    @property
    def suffix(self) -> str:
        """The query string that selects this language, with its question mark."""
        return f"?{urlencode(self.pairs)}" if self.language else ""

    def of(self, rows: Rows, *, at: dt.datetime | None, edition: str = "") -> Rows:
        """The live editions (or listings, with `edition` as the lookup to theirs) in this list."""
        if self.language:
            return rows.filter(**{f"{edition}language": self.language})
        return once(rows, self.code, at=at, edition=edition) if self.several else rows


SITE_LANGUAGE = ListLanguage()
"""The site's own language, whether or not there are others."""

ALL_LANGUAGES = ListLanguage(several=False)
"""Every language: the site's own where there are no others."""


def once(rows: Rows, language: str, *, at: dt.datetime | None, edition: str = "") -> Rows:
    """Each story once: in this language, else the original, else the first of its translations."""
    better = Q(language=language) | Q(uuid=F("family"))
    better |= Q(post__lt=OuterRef(f"{edition}post")) & ~Q(family=OuterRef(f"{edition}uuid"))
    others = Edition.objects.live(at).filter(better, family=OuterRef(f"{edition}family"))
    others = others.exclude(post=OuterRef(f"{edition}post")).order_by()
    # A scalar subquery runs row by row as a list is read; EXISTS would make PostgreSQL read all.
    alone = Q(IsNull(Subquery(others.values("pk")[:1]), True))
    return rows.filter(Q(**{f"{edition}language": language}) | alone)


# A loose index scan: the first language, and from each the next.
_LANGUAGES = """
(WITH RECURSIVE used(language) AS (
    SELECT MIN(language) FROM articles_edition
    UNION ALL SELECT (
        SELECT MIN(e.language) FROM articles_edition e WHERE e.language > used.language
    ) FROM used WHERE used.language IS NOT NULL
) SELECT {joined} FROM used WHERE EXISTS (
    SELECT 1 FROM articles_edition e
    WHERE e.language = used.language AND {live}
))
"""


def languages_in_use(at: dt.datetime) -> RawSQL:
    """An expression for the languages of live stories, joined by commas."""
    postgresql = connection.vendor == "postgresql"
    joined = "STRING_AGG(language, ',')" if postgresql else "GROUP_CONCAT(language)"
    # A Parameter has its value adapted when its query runs.
    moment = at if isinstance(at, Expression) else connection.ops.adapt_datetimefield_value(at)
    statement = _LANGUAGES.format(joined=joined, live=live_sql("e", "%s"))
    return RawSQL(statement, (moment, moment), models.TextField())  # noqa: S611 (our own)


def multilingual_families(
    editions: EditionQuerySet, *, at: dt.datetime
) -> dict[UUID, list[Edition]]:
    """The families of these live editions that have translations: {family: [live editions]}.

    In one query, which reads only what a URL needs.
    """
    live = Edition.objects.live(at).order_by()
    others = live.filter(family=OuterRef("family")).exclude(post=OuterRef("post"))
    rows = live.filter(Exists(others), family__in=editions.order_by().values("family"))
    families: dict[UUID, list[Edition]] = defaultdict(list)
    for edition in rows.only("post", "uuid", "family", "language", "posted_on", "slug"):
        families[edition.family].append(edition)
    return dict(families)


def in_other_languages(edition: Edition, editions: Iterable[Edition]) -> list[Edition]:
    """The translations of an edition among these, each language once, the original first."""
    family = [
        other
        for other in editions
        if other.family == edition.family and other.post_id != edition.post_id
    ]
    family.sort(key=lambda other: (not other.is_original, other.language, other.post_id))
    by_language: dict[str, Edition] = {}
    for other in family:
        by_language.setdefault(other.language, other)
    by_language.pop(edition.language, None)
    return list(by_language.values())
