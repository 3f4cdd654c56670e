"""What is filled when a page is made: links that follow their stories, wherever they are now."""

import json
from datetime import date
from uuid import UUID

from django.db.models import Func, OuterRef, Q, UUIDField

from ...desk.blocks import RelatedLink
from ..json_rows import JsonRows
from .edition import Edition
from .translations import in_other_languages


def fill_links(body, *, at, targets=None):
    """An edition's body with its related links as readers see them at a moment, in one query; in
    none where their live `targets` are known (`targets_of`).

    `body` is a list of pieces as `render.body_of` gives it. Each link becomes {label,
    label_text, headline, url, outside, language (where it is not the body's)}; a link to a
    story that is not live is left out, and so is a box that is empty then.
    """
    if targets is None:
        stories = stories_in(body)
        targets = _live(Q(uuid__in=stories), at) if stories else []
    return _filled(body, targets)


def with_targets(editions, *, at):
    """Editions that bring along, as `targets`, what their links show of the stories they name."""
    named = Edition.objects.live(at).filter(uuid__in=_Stories(OuterRef("body"))).order_by()
    return editions.annotate(
        targets=JsonRows(named.values("uuid", "headline", "slug", "posted_on"))
    )


def targets_of(editions):
    """The stories that these editions brought along, as editions to be shown in links; or None."""
    if not all(hasattr(edition, "targets") for edition in editions):
        return None
    return [
        Edition(
            uuid=UUID(target["uuid"]),
            headline=target["headline"],
            slug=target["slug"],
            posted_on=date.fromisoformat(target["posted_on"]),
        )
        for edition in editions
        for target in json.loads(edition.targets or "[]")
    ]


def fill_page(edition, body, *, at):
    """The filled body of an edition's page, and the same story in other languages.

    Both in the one query that fills the links. The second is a list of live editions, the
    original first, then by language; one for each language that is not the page's own.
    """
    wanted = Q(uuid__in=stories_in(body)) | Q(family=edition.family)
    around = _live(wanted, at)
    return _filled(body, around, edition.language), in_other_languages(edition, around)


def stories_in(body):
    """The identities of the stories that a body's links name, whether they are live or not."""
    return {link["story"] for piece in body for link in piece.get("links", ()) if link["story"]}


def _live(wanted, at):
    return list(Edition.objects.live(at).filter(wanted).order_by().cards())


def _filled(body, targets, language=""):
    """A body in a language whose links to these live editions, and to the outside, are filled."""
    targets, filled = {str(target.uuid): target for target in targets}, []
    for piece in body:
        if "links" not in piece:
            filled.append(piece)
        elif links := [
            _shown(link, targets, language) for link in piece["links"] if _leads(link, targets)
        ]:
            filled.append({"links": links})
    return filled


def _leads(link, targets):
    return link["story"] in targets if link["story"] else bool(link["url"])


def _shown(link, targets, language):
    target = targets[link["story"]] if link["story"] else None
    other = target and not link["headline"] and target.language != language
    return {
        "label": link["label"],
        "label_text": RelatedLink.Label(link["label"]).label if link["label"] else "",
        "headline": link["headline"] or (target.headline if target else link["title"]),
        "url": target.get_absolute_url() if target else link["url"],
        "outside": target is None,
        "language": target.language if other else "",
    }


class _Stories(Func):
    """The identities that the links of a stored body name, as `stories_in` finds them."""

    template = (
        "(SELECT REPLACE(value, '-', '') FROM json_tree(%(expressions)s) WHERE key = 'story')"
    )
    output_field = UUIDField()

    def as_postgresql(self, compiler, connection):
        # Of an array the planner thinks that it is short, of a path in JSON that it is not.
        path = "jsonb_path_query(%(expressions)s, '$[*].links[*].story')"
        template = f"(SELECT unnest(ARRAY(SELECT ({path} #>> '{{}}')::uuid)))"
        return self.as_sql(compiler, connection, template=template)
