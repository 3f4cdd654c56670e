"""The same story in several languages."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull
from django.utils.http import urlencode

from .edition import Edition


@dataclass(frozen=True)
class Told:
    """The language of a list: the site's own, where every story stands once, or another, where
    those told in it stand.

    `several` is False where it is known that all live stories are told in the site's own.
    """

    language: str = ""
    several: bool = True

    @property
    def code(self) -> str:
        return self.language or settings.LANGUAGE_CODE

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the address of a list says of its language; nothing of the site's own."""
        return [("language", self.language)] if self.language else []

    @property
    def suffix(self) -> str:
        """The same, as it stands after a path."""
        return f"?{urlencode(self.pairs)}" if self.language else ""

    def of(self, rows: models.QuerySet, *, at, edition: str = "") -> models.QuerySet:
        """Those of some live editions that the list holds, or of lines, which `edition` leads from
        to theirs."""
        if self.language:
            return rows.filter(**{f"{edition}language": self.language})
        return once(rows, self.code, at=at, edition=edition) if self.several else rows


OWN = Told()
"""The site's own language, whether or not there are others."""

ALL = Told(several=False)
"""Every language: the site's own where there are no others."""


def once(rows: models.QuerySet, language: str, *, at, edition: str = "") -> models.QuerySet:
    """Those by which each story stands once: as it is told in this language; else the original;
    else the first of its translations."""
    better = Q(language=language) | Q(uuid=F("family"))
    better |= Q(post__lt=OuterRef(f"{edition}post")) & ~Q(family=OuterRef(f"{edition}uuid"))
    others = Edition.objects.live(at).filter(better, family=OuterRef(f"{edition}family"))
    others = others.exclude(post=OuterRef(f"{edition}post")).order_by().values("pk")[:1]
    # A single value, row by row as a list is walked: of EXISTS PostgreSQL would read all.
    alone = Q(IsNull(Subquery(others), True))
    return rows.filter(Q(**{f"{edition}language": language}) | alone)


# The least of the languages, and from each the next: as many looks into the index as there are.
_LANGUAGES = """
(WITH RECURSIVE told(language) AS (
    SELECT MIN(language) FROM articles_edition
    UNION ALL SELECT (
        SELECT MIN(e.language) FROM articles_edition e WHERE e.language > told.language
    ) FROM told WHERE told.language IS NOT NULL
) SELECT {joined} FROM told WHERE EXISTS (
    SELECT 1 FROM articles_edition e
    WHERE e.language = told.language AND e.live_from <= %s AND e.live_until > %s
))
"""


def languages_told(at) -> RawSQL:
    """The languages that live stories are told in, commas between: an expression."""
    postgresql = connection.vendor == "postgresql"
    joined = "STRING_AGG(language, ',')" if postgresql else "GROUP_CONCAT(language)"
    moment = connection.ops.adapt_datetimefield_value(at)
    statement = _LANGUAGES.format(joined=joined)
    return RawSQL(statement, (moment, moment), models.TextField())  # noqa: S611 (our own)


def told_in_several(editions, *, at):
    """Of some live editions those that are told in several languages: {family: [live editions]}.

    In one query, which reads what an address needs and nothing more.
    """
    live = Edition.objects.live(at).order_by()
    others = live.filter(family=OuterRef("family")).exclude(post=OuterRef("post"))
    rows = live.filter(Exists(others), family__in=editions.order_by().values("family"))
    families = defaultdict(list)
    for edition in rows.only("post", "uuid", "family", "language", "posted_on", "slug"):
        families[edition.family].append(edition)
    return dict(families)


def in_other_languages(edition, around):
    """Those around an edition that tell its story in another language, each language once."""
    family = [
        other
        for other in around
        if other.family == edition.family and other.post_id != edition.post_id
    ]
    family.sort(key=lambda other: (not other.is_original, other.language, other.post_id))
    spoken, others = {edition.language}, []
    for other in family:
        if other.language not in spoken:
            spoken.add(other.language)
            others.append(other)
    return others
