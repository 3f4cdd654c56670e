"""Fronts: the front page and the sections' fronts, pinned by editors and filled with the newest."""

import datetime as dt
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.section import Section
from ..compiled_query import CompiledQuery
from ..editions.edition import Edition, EditionQuerySet
from ..editions.translations import SITE_LANGUAGE, ListLanguage
from .placement import Placement


class Front(models.Model):
    """The version of a front, and whether a draft of it is under way."""

    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveIntegerField(gettext_lazy("version"), default=0)
    drafting = models.BooleanField(gettext_lazy("a draft is under way"), default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(gettext_lazy("changed"), null=True)

    class Meta:
        verbose_name = gettext_lazy("state of a front")
        verbose_name_plural = gettext_lazy("states of fronts")
        default_permissions = ()
        constraints = [
            # The front page, which has no section, has one row too.
            models.UniqueConstraint(
                Coalesce("section", 0, output_field=models.BigIntegerField()),
                name="front_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.section or _("Front page"))


def arrange(
    section: Section | None,
    *,
    at: dt.datetime,
    size: int,
    draft: bool = False,
    lang: ListLanguage = SITE_LANGUAGE,
) -> list[Edition]:
    """The editions of a front at a moment, one per slot, in two queries.

    Live pinned stories take their slots; the newest others fill the rest. No story appears twice.
    `section` is None for the front page; `draft` shows the front's draft. All are in the language
    `lang`, except that the site's own front shows every pinned story.
    A pinned edition has its slot in `slot`; others have no such attribute.
    """
    of = {"at": at, "section": section.pk if section else None}
    slots: dict[int, Edition] = {}
    # Of two stories pinned to one slot, the one pinned last wins.
    for edition in _pinned(lang, draft, section is not None).rows(**of):
        slots.setdefault(edition.slot, edition)
    shown = {edition.family for edition in slots.values()}
    newest = _newest(lang, section is not None, size + len(shown)).rows(**of)
    fill = iter([edition for edition in newest if edition.family not in shown])
    front = (slots.get(slot) or next(fill, None) for slot in range(1, size + 1))
    return [edition for edition in front if edition]


@cache
def _pinned(lang: ListLanguage, draft: bool, of_section: bool) -> CompiledQuery:
    """The pinned editions, by slot, the one pinned last first."""

    def build(at: Any, section: Any) -> EditionQuerySet:
        pins = Placement.objects.live(at).filter(draft=draft)
        pins = pins.filter(section=section) if of_section else pins.filter(section=None)
        own = pins.filter(post=OuterRef("post")).order_by("slot", "-live_from", "-pk")
        live = Edition.objects.live(at).cards()
        stories = lang.of(live, at=at) if lang.language else live
        pinned = stories.filter(post__in=pins.values("post")).annotate(
            slot=Subquery(own.values("slot")[:1]),
            pinned_at=Subquery(own.values("live_from")[:1]),
            pin=Subquery(own.values("pk")[:1]),
        )
        return pinned.order_by("slot", "-pinned_at", "-pin")

    return CompiledQuery(build, at=models.DateTimeField(), section=models.BigIntegerField())


@cache
def _newest(lang: ListLanguage, of_section: bool, number: int) -> CompiledQuery:
    """So many of the newest editions."""

    def build(at: Any, section: Any) -> EditionQuerySet:
        stories = lang.of(Edition.objects.live(at).cards(), at=at)
        stories = stories.filter(section=section) if of_section else stories
        return stories.newest_first()[:number]

    return CompiledQuery(build, at=models.DateTimeField(), section=models.BigIntegerField())
