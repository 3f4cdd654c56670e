"""Plans: what a story is to be, who writes it, by when, and what it needs."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.days import MomentField, ends, starts
from ...library.fields import LineField, WordsField
from ...library.natural_keys import NaturalKeyManager
from ..post import Post

MOST_WORDS = 20_000
"""The longest story that can be planned."""


class PlanQuerySet(models.QuerySet["Plan"]):
    def not_begun(self) -> Self:
        """Plans whose stories nobody has begun to write."""
        return self.filter(post__status=Post.Status.PLANNED)

    def due_between(self, start: dt.datetime, end: dt.datetime) -> Self:
        return self.filter(due_at__gte=start, due_at__lt=end)

    def due_on(self, day: dt.date) -> Self:
        return self.due_between(starts(day), ends(day))

    def for_no_day_yet(self) -> Self:
        """Plans not begun that are due at no moment, last changed first: in the order of an index
        of stories, because most plans without a day may have been begun long ago."""
        return self.not_begun().filter(due_at=None).order_by("-post__saved_at", "-post__pk")

    def by_due(self) -> Self:
        return self.order_by("due_at", "pk")


PlanManager = NaturalKeyManager.from_queryset(PlanQuerySet)


class Plan(models.Model):
    """What was planned of one story. It stays beside the draft that it becomes."""

    post = models.OneToOneField(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="plan"
    )
    about = WordsField(_("what it is about"), blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who writes it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    due_at = MomentField(_("due"), null=True, blank=True)
    length = models.PositiveIntegerField(
        _("length in words"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WORDS)],
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="copies",
        help_text=_("The first plan of a series that was made by copying days."),
    )

    objects = PlanManager("post__source", "post__source_id")

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        # Who may plan is asked of the story: see planning/rules.py.
        default_permissions = ()
        indexes = [
            # Today and the calendar: what is due in an interval.
            models.Index(fields=["due_at", "id"], name="plan_by_due"),
            # Today: what somebody is to write, and by when.
            models.Index(fields=["assigned_to", "due_at"], name="plan_of_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.post)

    def natural_key(self) -> tuple[str, str]:
        return self.post.natural_key()

    natural_key.dependencies = ["articles.post"]  # type: ignore[attr-defined]

    @property
    def slug_line(self) -> str:
        """What the desk calls the story; stored with it, so that its name costs no query."""
        return self.post.slug_line

    @property
    def is_planned(self) -> bool:
        """Whether nobody has begun to write the story."""
        return self.post.status == Post.Status.PLANNED


class PlanNeed(models.Model):
    """Something that a planned story needs besides its words."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Picture")
        LEGAL_READ = "legal_read", _("Legal read")
        GRAPHIC = "graphic", _("Graphic")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="needs", db_index=False)
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    met = models.BooleanField(_("there"), default=False)
    reason = LineField(_("why it is missing"), max_length=200, blank=True)

    objects = NaturalKeyManager("plan__post__source", "plan__post__source_id", "kind")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("need of a plan")
        verbose_name_plural = _("needs of plans")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                name="plan_need_once",
                violation_error_message=_("The plan names this need already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.kind)

    natural_key.dependencies = ["articles.plan"]  # type: ignore[attr-defined]
