"""Seeing the desk as a colleague: what opens for them and what it says, with nothing to be changed.

Whoever sees keeps their own session; `newsroom.desk_middleware.SeeAs` shows them the colleague's
desk, and refuses whatever would write.
"""

import datetime as dt
from typing import Any

from django.contrib.auth import load_backend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..audit_log.log import log_action
from ..audit_log.verbs import Verb
from ..colleagues import BACKEND
from .ranks import is_outranked

SEE_AS = "see_as"
LASTS = dt.timedelta(minutes=30)


def may_see_as(user: User, other: User) -> bool:
    """Whether somebody may see the desk as this colleague: one who works there and may do nothing
    that they may not."""
    if not user.has_perm("articles.see_as") or user == other:
        return False
    return other.is_active and other.is_staff and not is_outranked(user, other)


@transaction.atomic
def begin(session: Any, other: User, *, by: User, now: dt.datetime) -> None:
    """From the next page on, show the desk of a colleague in this session. Raises
    PermissionDenied."""
    if SEE_AS in session or not may_see_as(by, other):
        raise PermissionDenied(_("Your role does not allow this."))
    session[SEE_AS] = {"user": other.pk, "until": (now + LASTS).timestamp()}
    log_action(Verb.SEE_AS, other, by=by, now=now)


def seen_by(user: User, session: Any, *, now: dt.datetime) -> User | None:
    """Whose desk a session shows to somebody now; nobody's once half an hour is over, or when it
    would not be allowed any more."""
    kept = session.get(SEE_AS)
    if not kept or now.timestamp() >= kept["until"]:
        return None
    # As who signs in is read: with whether they have rights at some desks only.
    back_end: Any = load_backend(BACKEND)
    other = back_end.get_user(kept["user"])
    if other is None:
        return None
    # Asked anew with every page; the page then asks the colleague's, which are read by now.
    back_end.read_together(user, other)
    return other if may_see_as(user, other) else None


@transaction.atomic
def end(session: Any, *, by: User, now: dt.datetime) -> None:
    """Show the desk as one's own again."""
    if kept := session.pop(SEE_AS, None):
        log_action(Verb.SEE_AS_END, User.objects.filter(pk=kept["user"]).first(), by=by, now=now)
