"""Related links, filled when a page is made: each takes its target's live headline and URL."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Func, JSONField, OuterRef, UUIDField
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from ...desk.blocks import RelatedLink
from ..compiled_query import CompiledQuery
from ..json_rows import JsonRows, JsonUuids
from .edition import Edition, EditionQuerySet, story_address


@dataclass(frozen=True)
class LinkTarget:
    """What a related link shows of the live story that it leads to."""

    uuid: str
    headline: str
    language: str
    url: str
    retracted: bool


def fill_links(
    body: list[dict],
    *,
    at: dt.datetime,
    targets: list[LinkTarget] | None = None,
    language: str = "",
) -> list[dict]:
    """An edition's body with its related links filled in, as of a datetime. Takes one query, or
    none if their live `targets` (see `with_targets`) are given.

    `body` is a list of pieces, as `render.body_of` returns it. Each link becomes {label,
    label_text, headline, url, outside, retracted, language (if it differs from the body's)}. Links
    to stories that are not live are left out, and so are boxes without links.
    """
    if targets is None:
        targets = live_targets(stories_in(body), at=at)
    return _filled(body, targets, language)


def with_targets(editions: EditionQuerySet, *, at: dt.datetime) -> EditionQuerySet:
    """Editions annotated with `targets`: what their links show of the stories they lead to."""
    pieces = Coalesce(OuterRef("refers_to"), OuterRef("body"), output_field=JSONField())
    named = Edition.objects.live(at).filter(uuid__in=_Stories(pieces)).order_by()
    columns = ("uuid", "headline", "language", "slug", "posted_on", "retracted")
    return editions.annotate(targets=JsonRows(named.values(*columns)))


def read_targets(annotated: str | None) -> list[LinkTarget]:
    """The targets in the column that `with_targets` adds."""
    return [
        LinkTarget(
            uuid=str(UUID(target["uuid"])),
            headline=target["headline"],
            language=target["language"],
            url=story_address(dt.date.fromisoformat(target["posted_on"]), target["slug"]),
            retracted=bool(target["retracted"]),
        )
        for target in json.loads(annotated or "[]")
    ]


def stories_in(body: list[dict]) -> set[str]:
    """The UUIDs of the stories that a body's links lead to, whether they are live or not."""
    return {link["story"] for piece in body for link in piece.get("links", ()) if link["story"]}


def live_targets(stories: Collection[str], *, at: dt.datetime) -> list[LinkTarget]:
    """Those of these stories (UUIDs) that are live."""
    rows = LIVE_TARGETS.rows(at=at, stories=[*stories]) if stories else []
    return [
        LinkTarget(str(uuid), headline, language, story_address(posted_on, slug), retracted)
        for uuid, headline, language, posted_on, slug, retracted in rows
    ]


def _filled(body: list[dict], found: list[LinkTarget], language: str) -> list[dict]:
    """The body with its internal links (to these live stories) and external links filled in."""
    targets, filled = {target.uuid: target for target in found}, []
    for piece in body:
        if "links" not in piece:
            filled.append(piece)
        elif links := [
            _shown(link, targets, language) for link in piece["links"] if _is_live(link, targets)
        ]:
            filled.append({"links": links})
    return filled


def _is_live(link: dict, targets: dict[str, LinkTarget]) -> bool:
    return link["story"] in targets if link["story"] else bool(link["url"])


def _shown(link: dict, targets: dict[str, LinkTarget], language: str) -> dict:
    target = targets[link["story"]] if link["story"] else None
    other_language = ""
    if target and not link["headline"] and target.language != language:
        other_language = target.language
    return {
        "label": link["label"],
        "label_text": RelatedLink.Label(link["label"]).label if link["label"] else "",
        "headline": link["headline"] or (target.headline if target else link["title"]),
        "url": target.url if target else link["url"],
        "outside": target is None,
        "retracted": target is not None and target.retracted,
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


LIVE_TARGETS = CompiledQuery(
    lambda at, stories: (
        Edition.objects.live(at)
        .filter(uuid__in=JsonUuids(stories))
        .order_by()
        .values_list("uuid", "headline", "language", "posted_on", "slug", "retracted")
    ),
    at=DateTimeField(),
    stories=JSONField(),
)
