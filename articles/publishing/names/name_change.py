"""The log of names: what was renamed or merged, by whom, and whether it was undone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.append_only import AppendOnly, AppendOnlyQuerySet


class NameChangeQuerySet(AppendOnlyQuerySet):
    def in_force(self) -> Any:
        return self.filter(undone_at=None)


class NameChange(AppendOnly):
    """A topic or an author that was renamed, or merged into another."""

    may_change = frozenset({"undone_at", "undone_by"})

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        AUTHOR = "author", _("Author")

    class Action(models.TextChoices):
        RENAME = "rename", _("Renamed")
        MERGE = "merge", _("Merged")
        PEN_NAME = "pen_name", _("Made a pen name")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    action = models.CharField(_("what"), max_length=8, choices=Action)
    # Keys rather than relations: what was merged is gone, and the log stays.
    row = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=120)
    slug = models.CharField(_("address"), max_length=120)
    into = models.BigIntegerField()
    new_name = models.CharField(_("new name"), max_length=120)
    new_slug = models.CharField(_("new address"), max_length=120)
    stories = models.PositiveIntegerField(_("stories"), default=0)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NameChangeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a name")
        verbose_name_plural = _("changes of names")
        indexes = [
            # The log, newest first.
            models.Index(fields=["kind", "-at", "-id"], name="name_change_newest"),
            # Undoing one: what else was merged into the same row.
            models.Index(fields=["kind", "into"], name="name_change_into"),
            # A topic's history: what it was called.
            models.Index(fields=["kind", "row"], name="name_change_row"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.new_name}"


class MergedLine(models.Model):
    """A row that named what was merged, by the key of its `holder` (a story, an edition)."""

    change = models.ForeignKey(
        NameChange, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    place = models.CharField(max_length=8)
    holder = models.BigIntegerField()
    # The holder named the other as well, so that one row of two was left.
    beside = models.BooleanField(default=False)
    lost = models.JSONField(null=True)

    class Meta:
        constraints = [
            # Undoing a merge.
            models.UniqueConstraint(fields=["change", "place", "holder"], name="merged_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.place} {self.holder}"
