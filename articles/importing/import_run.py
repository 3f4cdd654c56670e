"""Runs of imports, and what there is to be told of each: the log that administrators read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

IMPORT = "articles.import_stories"
"""The permission to bring in stories of other sites, and to choose between theirs and ours."""


class ImportRun(models.Model):
    """One run: which files, asked by whom, and what came of it.

    `files` are [{name, size, sha256, format, items, fault}], `options` as they were asked, `counts`
    {outcomes, imported_as, left_out, counts}: numbers by name.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Begun")
        DONE = "done", _("Done")
        FAILED = "failed", _("Ended early")

    source = models.CharField(_("source"), max_length=60)
    dry_run = models.BooleanField(_("dry run"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty when it was run as a command."),
    )
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    options = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    map = models.TextField(
        blank=True, default="", db_default="", help_text="As it was followed, as CSV."
    )
    said = models.TextField(_("why it ended"), blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        permissions = [("import_stories", _("Can import archives and read their reports"))]
        indexes = [
            # The list of imports, newest first.
            models.Index(fields=["-began_at", "-id"], name="import_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.began_at:%Y-%m-%d %H:%M}"


class ImportProblem(models.Model):
    """One thing to be told of one item of a run."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="problems", db_index=False
    )
    code = models.CharField(max_length=100)
    reference = models.TextField(_("id on the other site"), blank=True)
    title = models.TextField(_("headline"), blank=True)
    said = models.TextField(_("what is said"), blank=True)

    class Meta:
        indexes = [
            # The report of a run: how often each problem, and the first of each.
            models.Index(fields=["run", "code", "id"], name="import_problem_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reference[:80]}"
