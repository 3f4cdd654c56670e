"""The calendar feed: an address by which other programs read the desk's calendar as somebody."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from ..library.site_language import in_site_language
from .accounts.account_log import log_account
from .audit_log.verbs import Verb

SEES_STORIES = "articles.view_post"
LONGEST = 100
"""Characters of a token in an address."""


class CalendarFeed(models.Model):
    """Somebody's feed. Of the token in its address, which lets in without a password, only a hash
    is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}, {self.made_at}"


@transaction.atomic
def renew_feed(user: User, *, now: dt.datetime) -> str:
    """The token of a new address. The address that the person had before leads nowhere now."""
    if not user.has_perm(SEES_STORIES):
        raise PermissionDenied(_("Your role does not allow you to see stories."))
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_hash": _hash(token), "made_at": now}
    )
    with in_site_language():
        log_account(Verb.CHANGE, user, _("Made an address for the calendar."), by=user)
    return token


@transaction.atomic
def stop_feed(user: User) -> None:
    """Have somebody's address lead nowhere."""
    if CalendarFeed.objects.filter(user=user).delete()[0]:
        with in_site_language():
            log_account(Verb.CHANGE, user, _("Stopped the address for the calendar."), by=user)


def reader_of_feed(token: str) -> User | None:
    """Whom a token lets in: somebody who could sign in and see stories, or nobody."""
    if len(token) > LONGEST:
        return None
    user = User.objects.filter(
        calendar_feed__token_hash=_hash(token), is_active=True, is_staff=True
    ).first()
    return user if user and user.has_perm(SEES_STORIES) else None


def _hash(token: str) -> str:
    # The token is 256 bits of chance: nobody finds it by trying, so a plain hash will do.
    return hashlib.sha256(token.encode()).hexdigest()
