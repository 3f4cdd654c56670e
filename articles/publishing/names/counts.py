"""How often topics and authors are used: what a merge would move, and what nobody needs."""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ...library.naming.addressed import Addressed
from .kinds import Kind, Place


def with_uses(kind: Kind, rows: QuerySet, *, at: object) -> QuerySet:
    """Rows with how many stories on the desk name them (`stories`), how many that readers see now
    (`live_stories`), and how many other names they have (`more_names`)."""
    live = kind.on_site.model.objects.live(at).filter(**{kind.on_site.name: OuterRef("pk")})
    names = kind.other_names.objects.filter(**{kind.key: OuterRef("pk")})
    return rows.annotate(
        stories=_counted(_lines(kind.on_desk), kind.on_desk.name),
        live_stories=_counted(live, kind.on_site.name),
        more_names=_counted(names, kind.key),
    )


def _lines(place: Place) -> QuerySet:
    return place.model._base_manager.filter(**{place.name: OuterRef("pk")})


def _counted(lines: QuerySet, name: str) -> Coalesce:
    counted = lines.order_by().values(name).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def shared_stories(kind: Kind, keys: Iterable[int]) -> int:
    """How many stories on the desk name more than one of these rows."""
    lines = kind.on_desk.model._base_manager.filter(**{f"{kind.on_desk.name}__in": list(keys)})
    several = lines.order_by().values(kind.on_desk.holder).annotate(number=Count("pk"))
    return several.filter(number__gt=1).count()


def is_used(kind: Kind, row: Addressed) -> bool:
    """Whether a story names a row, or an edition does that readers ever saw."""
    return any(place.rows_of(row.pk).exists() for place in kind.places)
