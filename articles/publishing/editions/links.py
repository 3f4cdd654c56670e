"""Related links, filled when a page is made: each takes its target's live headline and URL."""

import datetime as dt
import json
from collections.abc import Sequence
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, OuterRef, Q, UUIDField
from django.db.models.sql.compiler import SQLCompiler

from ...desk.blocks import RelatedLink
from ..json_rows import JsonRows
from .edition import Edition, EditionQuerySet
from .translations import in_other_languages


def fill_links(
    body: list[dict], *, at: dt.datetime, targets: list[Edition] | None = None
) -> list[dict]:
    """An edition's body with its related links filled in, as of a datetime. Takes one query, or
    none if their live `targets` (see `targets_of`) are given.

    `body` is a list of pieces, as `render.body_of` returns it. Each link becomes {label,
    label_text, headline, url, outside, language (if it differs from the body's)}. Links to stories
    that are not live are left out, and so are boxes without links.
    """
    if targets is None:
        stories = stories_in(body)
        targets = _live(Q(uuid__in=stories), at) if stories else []
    return _filled(body, targets)


def with_targets(editions: EditionQuerySet, *, at: dt.datetime) -> EditionQuerySet:
    """Editions annotated with `targets`: what their links show of the stories they lead to."""
    named = Edition.objects.live(at).filter(uuid__in=_Stories(OuterRef("body"))).order_by()
    return editions.annotate(
        targets=JsonRows(named.values("uuid", "headline", "slug", "posted_on"))
    )


def targets_of(editions: Sequence[Edition]) -> list[Edition] | None:
    """The targets that these editions were annotated with, as editions for links; or None."""
    if not all(hasattr(edition, "targets") for edition in editions):
        return None
    return [
        Edition(
            uuid=UUID(target["uuid"]),
            headline=target["headline"],
            slug=target["slug"],
            posted_on=dt.date.fromisoformat(target["posted_on"]),
        )
        for edition in editions
        for target in json.loads(getattr(edition, "targets", None) or "[]")
    ]


def fill_page(
    edition: Edition, body: list[dict], *, at: dt.datetime
) -> tuple[list[dict], list[Edition]]:
    """The filled body of an edition's page, and the same story in other languages.

    Both in the one query that fills the links. The second is a list of live editions, the
    original first, then by language; one for each language that is not the page's own.
    """
    shown = _live(Q(uuid__in=stories_in(body)) | Q(family=edition.family), at)
    return _filled(body, shown, edition.language), in_other_languages(edition, shown)


def stories_in(body: list[dict]) -> set[str]:
    """The UUIDs of the stories that a body's links lead to, whether they are live or not."""
    return {link["story"] for piece in body for link in piece.get("links", ()) if link["story"]}


def _live(condition: Q, at: dt.datetime) -> list[Edition]:
    return list(Edition.objects.live(at).filter(condition).order_by().cards())


def _filled(body: list[dict], editions: list[Edition], language: str = "") -> list[dict]:
    """The body with its internal links (to these live editions) and external links filled in."""
    targets, filled = {str(edition.uuid): edition for edition in editions}, []
    for piece in body:
        if "links" not in piece:
            filled.append(piece)
        elif links := [
            _shown(link, targets, language) for link in piece["links"] if _is_live(link, targets)
        ]:
            filled.append({"links": links})
    return filled


def _is_live(link: dict, targets: dict[str, Edition]) -> bool:
    return link["story"] in targets if link["story"] else bool(link["url"])


def _shown(link: dict, targets: dict[str, Edition], language: str) -> dict:
    target = targets[link["story"]] if link["story"] else None
    other_language = ""
    if target and not link["headline"] and target.language != language:
        other_language = target.language
    return {
        "label": link["label"],
        "label_text": RelatedLink.Label(link["label"]).label if link["label"] else "",
        "headline": link["headline"] or (target.headline if target else link["title"]),
        "url": target.get_absolute_url() if target else link["url"],
        "outside": target is None,
        "language": other_language,
    }


class _Stories(Func):
    """The UUIDs that the links of a stored body lead to, as `stories_in` finds them."""

    template = (
        "(SELECT REPLACE(value, '-', '') FROM json_tree(%(expressions)s) WHERE key = 'story')"
    )
    output_field = UUIDField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple:
        # PostgreSQL estimates few rows for an array, but many for a JSON path.
        path = "jsonb_path_query(%(expressions)s, '$[*].links[*].story')"
        template = f"(SELECT unnest(ARRAY(SELECT ({path} #>> '{{}}')::uuid)))"
        return self.as_sql(compiler, connection, template=template)
