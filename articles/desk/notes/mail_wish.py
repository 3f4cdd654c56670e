"""Who wants mail about notes to them, and when they had the last one."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.site_language import in_site_language
from ..mail import send_mail_to
from .note import Note

NOT_AGAIN_FOR = dt.timedelta(minutes=10)
"""Whoever had a mail finds what comes soon after it on Today."""


class MailWish(models.Model):
    """That somebody wants a mail when a colleague leaves them a note."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_wish",
    )
    last_at = models.DateTimeField(gettext_lazy("last mail"), null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("wish for mail")
        verbose_name_plural = gettext_lazy("wishes for mail")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


def wish_for_mail(user: User, wants: bool) -> None:
    """Have somebody told by mail, or not any more."""
    if wants:
        MailWish.objects.get_or_create(user=user)
    else:
        MailWish.objects.filter(user=user).delete()


def tell_by_mail(note: Note, *, now: dt.datetime) -> None:
    """Send the colleague to whom a note is a mail, if they want one and had none just now. Call it
    in the transaction that leaves the note.

    It says who wrote and where, and nothing of the note or its story: the story may be embargoed,
    and mail goes anywhere.
    """
    if note.to is None or note.to_id == note.by_id:
        return
    # Of two notes at once one finds the moment of the other.
    told = MailWish.objects.filter(
        models.Q(last_at=None) | models.Q(last_at__lte=now - NOT_AGAIN_FOR), user=note.to
    ).update(last_at=now)
    if not told:
        return
    with in_site_language():
        name = note.by and (note.by.get_full_name() or note.by.get_username())
        page = reverse("admin:articles_post_change", args=[note.post_id])
        text = _("%(name)s left you a note at a story. You find it here:\n\n%(address)s") % {
            "name": name or _("A colleague"),
            "address": f"{settings.SITE_URL.rstrip('/')}{page}",
        }
        send_mail_to(note.to, _("A note for you"), text)
