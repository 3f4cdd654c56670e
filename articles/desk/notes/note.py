"""Notes: what colleagues tell each other at a story."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField, WordsField
from ..post import Post
from ..preview_links.preview_link import NAME_LENGTH

QUOTE_LENGTH = 200
"""Characters that are kept of the words that a note is about, even after these were changed."""


class NoteQuerySet(models.QuerySet["Note"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


NoteManager = models.Manager.from_queryset(NoteQuerySet)


class Note(models.Model):
    """What somebody told a colleague, or everybody at a story, until it is done."""

    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="notes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("from"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text=_("Empty: to everybody who opens the story."),
    )
    preview_link = models.ForeignKey(
        "PreviewLink",
        verbose_name=_("preview link"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notes",
        help_text=_("By which somebody outside left it."),
    )
    outside_name = LineField(
        _("from outside"),
        max_length=NAME_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text=_("The name that somebody outside gave."),
    )
    answer_to = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="answers",
    )
    node = models.CharField(
        _("passage"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("The id of the node in the editor that it is about."),
    )
    quote = LineField(
        _("the words there"), max_length=QUOTE_LENGTH, blank=True, default="", db_default=""
    )
    text = WordsField(_("note"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = NoteManager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        # Who may see a story reads its notes.
        default_permissions = ()
        indexes = [
            # Today: the open notes to somebody, newest first.
            models.Index(
                fields=["to", "-at", "-id"],
                condition=models.Q(done_at=None),
                name="note_open_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.text:.40}"
