"""The report of near doubles: pairs of names that look alike, found in one go and looked through by
people, who merge them or say that they are two things."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...library.naming.near_doubles import near_doubles
from .kinds import Kind
from .refusals import require

MOST_PAIRS = 5_000


class NearDouble(models.Model):
    """Two topics, or two authors, with nearly the same name; by their keys, the lower first."""

    kind = models.CharField(max_length=8)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    place = models.PositiveIntegerField(default=0, help_text="The likeliest come first.")
    is_two_things = models.BooleanField(default=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "one", "other"], name="near_double_once"),
        ]
        indexes = [
            # The report, page by page.
            models.Index(fields=["kind", "is_two_things", "place", "id"], name="near_double_next"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.one}, {self.other}"


def look_for_doubles(kind: Kind) -> int:
    """Compare all names of a kind anew, and return how many pairs were found.

    A hundred thousand names take a few seconds.
    """
    names = [*kind.model.objects.order_by().values_list("pk", "name")]
    names += kind.other_names.objects.order_by().values_list(kind.key, "name")
    found = near_doubles(names)[:MOST_PAIRS]
    pairs = NearDouble.objects.filter(kind=kind.key)
    with transaction.atomic():
        known = set(pairs.filter(is_two_things=True).values_list("one", "other"))
        pairs.filter(is_two_things=False).delete()
        NearDouble.objects.bulk_create(
            (
                NearDouble(kind=kind.key, one=one, other=other, place=place)
                for place, (one, other) in enumerate(found)
                if (one, other) not in known
            ),
            ignore_conflicts=True,
            batch_size=1_000,
        )
    return len(set(found) - known)


def open_pairs(kind: Kind) -> models.QuerySet[NearDouble]:
    """Pairs that nobody has merged or told apart, the likeliest first."""
    rows: Any = kind.model._base_manager
    both = Exists(rows.filter(pk=OuterRef("one"))) & Exists(rows.filter(pk=OuterRef("other")))
    pairs = NearDouble.objects.filter(both, kind=kind.key, is_two_things=False)
    return pairs.order_by("place", "pk")


@transaction.atomic
def tell_apart(kind: Kind, one: int, other: int, *, by: User | None) -> bool:
    """Remember that two rows differ; says whether they were a pair. Raises PermissionDenied."""
    require(by, "delete", kind.key)
    pair = NearDouble.objects.filter(Q(one=one, other=other) | Q(one=other, other=one))
    told = pair.filter(kind=kind.key).update(is_two_things=True, said_by=by)
    if told:
        log_action(Verb.CHANGE, pair.first(), by=by, changes=[{"field": "is_two_things"}])
    return bool(told)
