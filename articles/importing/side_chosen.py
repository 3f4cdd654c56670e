"""Which side stayed of stories that changed there and here: the log of those choices."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..desk.post import Post
from ..library.append_only import AppendOnly


class SideChosen(AppendOnly):
    """What somebody chose, and what the other site said then: as of when, and its fingerprint."""

    class Side(models.TextChoices):
        OURS = "ours", _("Ours kept, theirs left")
        THEIRS = "theirs", _("Theirs taken into the draft")

    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="sides_chosen"
    )
    side = models.CharField(_("what"), max_length=6, choices=Side)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    source = models.CharField(_("source"), max_length=60)
    saved_there_at = models.DateTimeField(_("saved there"), null=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("choice between two sides")
        verbose_name_plural = _("choices between two sides")

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.post}"
