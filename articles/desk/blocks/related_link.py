"""Related link: another story, or an outside address, offered between the paragraphs."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from ..post import Post
from .base import Block


class RelatedLink(Block):
    """A pointer to a story of ours (followed to its live headline) or to an outside address."""

    kind = "relatedlink"
    node = {
        "label": "label",
        "story": "story__uuid",
        "url": "url",
        "title": "title",
        "headline": "headline",
    }

    class Label(models.TextChoices):
        NONE = "", _("No label")
        WATCH = "watch", _("WATCH")
        READ = "read", _("READ")
        LISTEN = "listen", _("LISTEN")
        LIVE = "live", _("LIVE")

    label = models.CharField(_("label"), max_length=8, choices=Label, blank=True, default="")
    story = models.ForeignKey(
        Post,
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="linked_from",
    )
    url = models.URLField(_("outside address"), max_length=500, blank=True)
    title = LineField(_("title of the outside page"), max_length=200, blank=True)
    headline = LineField(
        _("headline to show instead"),
        max_length=200,
        blank=True,
        help_text=_("Leave empty to show the story's own headline, always up to date."),
    )

    class Meta(Block.Meta):
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        constraints = [
            models.CheckConstraint(
                name="related_link_one_target",
                condition=(
                    models.Q(story__isnull=False, url="", title="")
                    | (models.Q(story__isnull=True) & ~models.Q(url="") & ~models.Q(title=""))
                ),
                violation_error_message=_(
                    "A related link needs either a story, or an outside address with a title."
                ),
            ),
            models.CheckConstraint(
                name="related_link_not_to_itself",
                condition=models.Q(story__isnull=True) | ~models.Q(story=models.F("parent")),
                violation_error_message=_("A story cannot be related to itself."),
            ),
        ]

    @classmethod
    def with_related(cls) -> models.QuerySet[Self]:
        return cls.objects.select_related("story")

    def summary(self) -> str:
        target = self.headline or (str(self.story) if self.story else self.title or self.url)
        return f"{self.get_label_display()}: {target}" if self.label else target

    def as_data(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "story": str(self.story.uuid) if self.story else None,
            "url": self.url,
            "title": self.title,
            "headline": self.headline,
        }

    def clean(self) -> None:
        """Raise ValidationError unless it has one target, which is not its own story."""
        if self.story_id and (self.url or self.title):
            raise ValidationError(
                gettext("Choose either a story or an outside address, and empty the other.")
            )
        if self.story_id and self.story_id == self.parent_id:
            raise ValidationError(
                gettext("A story cannot be related to itself. Choose another one.")
            )
        if not self.story_id and not self.url:
            raise ValidationError(
                gettext("Choose a story, or give an outside address with a title.")
            )
        if not self.story_id and not self.title:
            raise ValidationError(gettext("Give the outside page a title: readers will see it."))

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        if self.story_id and self.story_id == self.parent_id:
            return [gettext("A related link points at the story itself.")]
        if not self.story_id and not (self.url and self.title):
            return [gettext("A related link points at nothing.")]
        return []
