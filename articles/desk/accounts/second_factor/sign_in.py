"""What signing in asks for after the password, and whether a code is right."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from ...audit_log.log import log_action
from ...audit_log.verbs import Verb
from .codes import digits_of, hash_of, step_of
from .factor import RecoveryCode, SecondFactor, rules_that_ask
from .sealed import unseal


def has_second_factor(user: User) -> bool:
    return SecondFactor.objects.filter(user=user).exists()


def needs_second_factor(user: User) -> bool:
    """Whether a role of this person asks for a second factor; `DeskBackend` tells with whoever
    is signed in."""
    known = getattr(user, "needs_factor", None)
    return rules_that_ask(user).exists() if known is None else known


def is_code_right(user: User, typed: str, *, now: dt.datetime) -> bool:
    """Whether this is the code of somebody's app, or a recovery code; it is used up by that.

    Of two who send the same code at once, one is told yes.
    """
    if digits := digits_of(typed):
        return _use_app_code(user, digits, now=now)
    return _use_recovery_code(user, typed, now=now)


def _use_app_code(user: User, digits: str, *, now: dt.datetime) -> bool:
    factor = SecondFactor.objects.filter(user=user).first()
    secret = factor and unseal(factor.sealed_secret)
    step = step_of(digits, secret, now=now) if secret else None
    if step is None:
        return False
    # The condition is part of the statement: a code counts once, and none that is older.
    unused = SecondFactor.objects.filter(user=user, last_step__lt=step)
    return bool(unused.update(last_step=step))


@transaction.atomic
def _use_recovery_code(user: User, typed: str, *, now: dt.datetime) -> bool:
    if not has_second_factor(user):
        return False
    unused = RecoveryCode.objects.filter(user=user, code_hash=hash_of(typed), used_at=None)
    if not unused.update(used_at=now):
        return False
    log_action(Verb.RECOVERY_USED, user, by=user, now=now)
    return True


def unused_recovery_codes(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()
