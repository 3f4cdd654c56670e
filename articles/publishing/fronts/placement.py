"""Placements: stories that editors pin to the front page or to a section's front."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.days import MomentField
from ...library.section import Section
from ..dates import FOREVER
from ..editions.live_intervals import IntervalQuerySet

SLOTS = 15
"""How many slots a front has: the lead, the seconds, and the briefs after them."""


class Placement(models.Model):
    """A story pinned to a slot of a front, for an interval; in the draft of that front or live."""

    section = models.ForeignKey(
        Section,
        verbose_name=_("front"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The section whose front it is; empty for the front page."),
    )
    slot = models.PositiveSmallIntegerField(
        _("slot"),
        validators=[MinValueValidator(1), MaxValueValidator(SLOTS)],
        help_text=_("1 is the lead."),
    )
    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="placements"
    )
    live_from = MomentField(_("from"))
    live_until = models.DateTimeField(_("until"), default=FOREVER)
    draft = models.BooleanField(_("in the draft only"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = IntervalQuerySet.as_manager()

    class Meta:
        ordering = ["section", "slot", "live_from"]
        verbose_name = _("pinned story")
        verbose_name_plural = _("fronts")
        indexes = [
            # The fronts: what is pinned there now.
            models.Index(fields=["section", "draft", "live_from"], name="placement_by_front"),
            # The site's stamp: the last and the next change by itself.
            models.Index(fields=["live_from"], name="placement_by_start"),
            # The same.
            models.Index(fields=["live_until"], name="placement_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live_until__gt=models.F("live_from")),
                name="placement_interval_not_empty",
                violation_error_message=_("It would end before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(slot__gte=1, slot__lte=SLOTS), name="placement_slot_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.post}"
