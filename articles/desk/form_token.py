"""Form tokens (idempotency keys): a form that is sent twice does one thing."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

REMEMBERED = dt.timedelta(days=14)
"""How long a saved form is remembered, to recognise a second submission."""


class FormToken(models.Model):
    """A form of the admin that was saved, under the one-time token of the page it came from."""

    token = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(
        max_length=64, help_text=_("SHA-256 of what was sent, in hexadecimal.")
    )
    object_id = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("form that was saved")
        verbose_name_plural = _("forms that were saved")
        default_permissions = ()
        indexes = [
            # The machine forgets old ones.
            models.Index(fields=["claimed_at"], name="form_token_by_age"),
        ]
        constraints = [
            # Of two requests at once the second waits for the first, and then fails.
            models.UniqueConstraint(fields=["user", "token"], name="form_token_once"),
        ]

    def __str__(self) -> str:
        return self.token


def forget_old_forms(*, now: dt.datetime) -> int:
    """Delete the tokens that nobody sends again; returns how many."""
    return FormToken.objects.filter(claimed_at__lt=now - REMEMBERED).delete()[0]
