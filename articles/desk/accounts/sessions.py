"""Sessions: where somebody is signed in, and ending them."""

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ..audit_log.log import log_action
from ..audit_log.verbs import Verb
from .ranks import is_outranked

LONGEST_AGENT = 300
NAME_LENGTH = 32


class DeskSession(models.Model):
    """Whose session it is, and from which browser; beside Django's row, with which it goes."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.CASCADE, related_name="desk_session"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_sessions"
    )
    agent = models.CharField(max_length=LONGEST_AGENT, blank=True)
    address = models.GenericIPAddressField(null=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def name(self) -> str:
        """What a page calls the session: its key would let in whoever reads the page."""
        return name_of(self.session_id)


def name_of(session_key: str | None) -> str:
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:NAME_LENGTH]


def note_session(
    session: Any, *, user_key: int, agent: str, address: str | None, now: dt.datetime
) -> None:
    """Store that somebody's session is in use. One that has ended meanwhile stays so."""
    began_at = dt.datetime.fromtimestamp(session.get("began_at", now.timestamp()), dt.UTC)
    row = DeskSession(
        session_id=session.session_key,
        user_id=user_key,
        agent=agent[:LONGEST_AGENT].replace("\x00", ""),
        address=address,
        began_at=began_at,
        seen_at=now,
    )
    try:
        with transaction.atomic():
            DeskSession.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["session"],
                update_fields=["agent", "address", "seen_at"],
            )
    except IntegrityError:
        pass  # It was ended while its last page was made.


def sessions_of(user: User, *, now: dt.datetime) -> list[DeskSession]:
    """Where somebody is signed in, the latest used first."""
    mine = DeskSession.objects.filter(user=user, session__expire_date__gt=now)
    return list(mine.order_by("-seen_at", "-began_at"))


@transaction.atomic
def end_session(user: User, name: str, *, by: User, now: dt.datetime) -> bool:
    """End one session, by its name; says whether it was there. Raises PermissionDenied."""
    _refuse_unless_may_end(user, by)
    keys = [each.session_id for each in sessions_of(user, now=now) if each.name == name]
    return bool(_delete(keys, user, by=by, now=now))


@transaction.atomic
def end_sessions(user: User, *, by: User, now: dt.datetime, but: str | None = None) -> int:
    """End all sessions of somebody but the one with this key; returns how many. Raises
    PermissionDenied."""
    _refuse_unless_may_end(user, by)
    known = DeskSession.objects.filter(user=user).exclude(session=but or "")
    keys = set(known.values_list("session", flat=True)) | _not_noted(user, now=now) - {but}
    return _delete(sorted(keys), user, by=by, now=now)


@transaction.atomic
def password_changed(user: User, *, by: User, now: dt.datetime, but: Any = None) -> None:
    """End the sessions that began with an earlier password, but for one (a session, not its
    key)."""
    end_sessions(user, by=by, now=now, but=but and but.session_key)
    if but is not None:
        # It has a new key now, and is noted at once.
        but.pop("seen_at", None)


def may_end(user: User, by: User) -> bool:
    """Whether somebody may see where an account is signed in, and sign it out."""
    return user == by or (by.has_perm("auth.change_user") and not is_outranked(by, user))


def _refuse_unless_may_end(user: User, by: User) -> None:
    if not may_end(user, by):
        raise PermissionDenied(_("Your role does not allow this."))


def _delete(keys: list[str], user: User, *, by: User, now: dt.datetime) -> int:
    ended, _of_kind = Session.objects.filter(pk__in=keys).delete()
    if keys:
        log_action(Verb.END_SESSION, user, by=by, note=str(len(keys)), now=now)
    return len(keys) if ended else 0


def _not_noted(user: User, *, now: dt.datetime) -> set[str]:
    """The keys of somebody's sessions that began a moment ago, or before sessions were noted."""
    rows = Session.objects.filter(expire_date__gt=now, desk_session=None)
    return {row.pk for row in rows.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)}
