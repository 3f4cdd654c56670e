"""The log of accounts: lines in their history, and in the log of who did what."""

import datetime as dt

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User

from ..audit_log.log import log_action


def log_account(
    verb: str, user: User, said: str, *, by: User, now: dt.datetime | None = None
) -> None:
    """Log what somebody did to an account, in the transaction that does it."""
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, said)
    log_action(verb, user, by=by, note=said, now=now)
