"""The log of who did what."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.append_only import AppendOnly
from .verbs import verbs

LONGEST_NAME = 200
"""Characters of a row's name, and of a value that is logged."""


class LoggedAction(AppendOnly):
    """Somebody did something to a row, at a moment.

    Names are kept beside keys: the account and the row may be gone when the line is read. `changes`
    are [{field, from, to}], a field by its name in code; long and secret values are left out.
    """

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text=_("Empty when a command did it, or a stranger."),
    )
    by_name = models.CharField(_("who"), max_length=150, blank=True)
    verb = models.CharField(_("what"), max_length=32)
    kind = models.CharField(_("kind"), max_length=100, blank=True)
    row = models.CharField(max_length=100, blank=True)
    row_name = models.CharField(_("which"), max_length=LONGEST_NAME, blank=True)
    changes = models.JSONField(_("changes"), default=list)
    note = models.TextField(_("note"), blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("line of the log")
        verbose_name_plural = _("log of who did what")
        permissions = [
            ("view_log", _("Can read the log of who did what")),
            ("see_as", _("Can see the desk as a colleague, and change nothing there")),
        ]
        indexes = [
            # The page of the log, newest first.
            models.Index(fields=["-at", "-id"], name="logged_newest"),
            # The same of what one person did.
            models.Index(fields=["by", "-at", "-id"], name="logged_by_person"),
            # The same of one kind of row.
            models.Index(fields=["kind", "-at", "-id"], name="logged_by_kind"),
            # The same of one row.
            models.Index(fields=["kind", "row", "-at", "-id"], name="logged_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.verb_words} {self.row_name}"

    @property
    def who(self) -> str:
        """The name of an account, or the name that somebody without one gave, who may have given a
        colleague's; "" for a command."""
        if self.by_name and self.by_id is None:
            return gettext("%s (without an account)") % self.by_name
        return self.by_name

    @property
    def verb_words(self) -> str:
        return str(verbs().get(self.verb, self.verb))

    @property
    def model(self) -> type[models.Model] | None:
        try:
            return apps.get_model(self.kind)
        except (LookupError, ValueError):
            return None

    @property
    def kind_words(self) -> str:
        return kind_in_words(self.kind)

    @property
    def changes_in_words(self) -> list[dict[str, Any]]:
        """The changes, each field by the name that people know, and a choice by its words."""
        fields = (
            {field.name: field for field in self.model._meta.get_fields()} if self.model else {}
        )
        changes: list[dict[str, Any]] = []
        for change in self.changes:
            said = _in_words(change, fields.get(change["field"]))
            if said not in changes:  # a password is typed twice
                changes.append(said)
        return changes


CALLED = {
    "password1": _("password"),
    "password2": _("password"),
    "usable_password": _("whether a password lets in"),
    "is_staff": _("works at the desk"),
    "is_active": _("may sign in"),
}
"""Fields that no table has, or whose names in tables are no plain words."""


def _in_words(change: dict[str, Any], field: Any) -> dict[str, Any]:
    name = change["field"]
    called = CALLED.get(name) or getattr(field, "verbose_name", name.replace("_", " "))
    choices = {str(code): str(words) for code, words in getattr(field, "flatchoices", ())}
    ends = {end: choices.get(str(change[end]), change[end]) for end in change if end != "field"}
    return {"field": str(capfirst(str(called)))} | ends


def kind_in_words(kind: str) -> str:
    """“Story”, “Account”: what the desk calls rows of a table."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return kind
    named = {"auth.user": _("account"), "auth.group": _("role")}
    return str(capfirst(named.get(kind, model._meta.verbose_name)))
