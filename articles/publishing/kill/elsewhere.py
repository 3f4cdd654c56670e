"""What other stories say of a killed one: the headlines that they gave its related links."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import JSONField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from ...desk.blocks import RelatedLink
from ...desk.post import Post
from ...desk.post_save import PostSave
from ...desk.search.index import index_posts
from ...desk.transition import Transition
from ..editions.edition import Edition
from ..editions.packing import pack
from ..steps.checkpoint import Checkpoint


def forget_link_headlines(post: Post, since: dt.datetime | None) -> dict[str, list[dict[str, Any]]]:
    """Take the headlines that others gave their links to a story out of the desk, the revisions and
    the editions of those stories; the links stay. Returns what stood there, to be sealed."""
    uuid = str(post.uuid)
    links = RelatedLink.objects.filter(story=post).exclude(headline="")
    lines: list[dict[str, Any]] = [{**line} for line in links.values("pk", "parent", "headline")]
    found = {"articles.relatedlink": lines}
    links.update(headline="")
    index_posts({line["parent"] for line in lines})
    for edition in naming(Edition.objects.all(), uuid, since):
        said: list[str] = []
        document = without_headline(edition.document, uuid, said)
        body = without_headline(edition.body, uuid, said)
        if said:
            _rewrite(edition, document, body)
            found.setdefault("articles.edition", []).append({"pk": edition.pk, "said": said})
    for kept in naming(Checkpoint.objects.all(), uuid, since):
        said = []
        document = without_headline(kept.document, uuid, said)
        if said:
            Checkpoint.objects.filter(pk=kept.pk).blank(document=document)
            found.setdefault("articles.checkpoint", []).append({"pk": kept.pk, "said": said})
    return {table: rows for table, rows in found.items() if rows}


def first_known(post: Post) -> dt.datetime | None:
    """The first moment at which anything is known of a story; others speak of it since then."""
    moments = (
        Transition.objects.filter(post=OuterRef("pk")).order_by("at").values("at")[:1],
        PostSave.objects.filter(post=OuterRef("pk")).order_by("at").values("at")[:1],
        Edition.objects.filter(post=OuterRef("pk")).order_by("made_at").values("made_at")[:1],
    )
    rows = Post.objects.filter(pk=post.pk).values_list(*[Subquery(each) for each in moments])
    return min((moment for moment in rows.get() if moment), default=None)


def naming(rows: QuerySet, uuid: str, since: dt.datetime | None) -> Iterable[Any]:
    """Of some editions or revisions those of other stories that name this one."""
    words: Any = "document"
    if rows.model is Edition:
        words = Coalesce("refers_to", "document", output_field=JSONField())
    found = rows.annotate(named=Cast(words, TextField())).filter(named__contains=uuid)
    if since:
        found = found.filter(made_at__gte=since)
    return found.exclude(post__uuid=uuid).order_by("pk")


def without_headline(part: Any, uuid: str, said: list[str]) -> Any:
    """Plain data without the headlines of links to a story; they are added to `said`."""
    if isinstance(part, list):
        return [without_headline(each, uuid, said) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("story") == uuid and part.get("headline"):
        said.append(part["headline"])
        return part | {"headline": ""}
    return {name: without_headline(value, uuid, said) for name, value in part.items()}


def _rewrite(edition: Edition, document: dict, body: list) -> None:
    stored = Edition.objects.filter(pk=edition.pk)
    if edition.packed:
        stored.blank(packed=pack(document, body))
    else:
        stored.blank(document=document, body=body)
