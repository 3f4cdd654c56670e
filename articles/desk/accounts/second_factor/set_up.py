"""Setting up a second factor, making new recovery codes, turning it off, and resetting it."""

import datetime as dt

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...audit_log.log import log_action
from ...audit_log.verbs import Verb
from ...mail import send_mail_to
from ...rights.may_do import rights_of
from ..ranks import is_outranked
from ..sessions import end_sessions
from .codes import RECOVERY_CODES, digits_of, hash_of, new_recovery_code, step_of
from .factor import RecoveryCode, RoleRule, SecondFactor
from .sealed import seal
from .sign_in import is_code_right, needs_second_factor

FACTOR_NEEDED = gettext_lazy("Second factor needed")


class CodeRefused(Exception):
    """A second factor stays as it is, for a reason in an editor's words."""


@transaction.atomic
def set_up(user: User, secret: str, code: str, *, now: dt.datetime) -> list[str]:
    """Have signing in ask for codes of this secret, once one of them is shown to be right.

    Returns the recovery codes, which nobody can show again. Raises CodeRefused.
    """
    step = step_of(digits_of(code), secret, now=now)
    if step is None:
        raise CodeRefused(
            _("That is not the code that belongs to this key now. Is your telephone's clock right?")
        )
    # A second page of the same person waits here.
    _factor, is_new = SecondFactor.objects.get_or_create(
        user=user, defaults={"sealed_secret": seal(secret), "set_up_at": now, "last_step": step}
    )
    if not is_new:
        raise CodeRefused(_("You have a second factor already. Turn it off first."))
    log_action(Verb.FACTOR_ON, user, by=user, now=now)
    return _make_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User, code: str, *, now: dt.datetime) -> list[str]:
    """New recovery codes, in place of all that there were. Raises CodeRefused."""
    _refuse_unless_right(user, code, now=now)
    log_action(Verb.RECOVERY_CODES, user, by=user, now=now)
    return _make_recovery_codes(user)


@transaction.atomic
def turn_off(user: User, password: str, code: str, *, now: dt.datetime) -> None:
    """Have signing in ask for the password alone. Raises CodeRefused."""
    if not user.check_password(password):
        raise CodeRefused(_("The password is wrong."))
    _refuse_unless_right(user, code, now=now)
    _remove(user)
    log_action(Verb.FACTOR_OFF, user, by=user, now=now)


@transaction.atomic
def reset(user: User, *, by: User, now: dt.datetime) -> None:
    """Remove a colleague's second factor, end their sessions, and write to them.

    Raises PermissionDenied.
    """
    if user == by or not by.has_perm("auth.change_user") or is_outranked(by, user):
        raise PermissionDenied(_("Your role does not allow this."))
    if not _remove(user):
        return
    end_sessions(user, by=by, now=now)
    log_action(Verb.FACTOR_RESET, user, by=by, now=now)
    send_mail_to(
        user,
        _("Your second factor was reset"),
        _reset_words(user) % {"name": by.get_full_name() or by.get_username(), "account": user},
    )


def _reset_words(user: User) -> str:
    if needs_second_factor(user):
        return _(
            "%(name)s has reset the second factor of your account “%(account)s”. Your role asks "
            "for one: you are led to set it up when you next sign in. If you did not ask for this, "
            "tell an administrator at once."
        )
    return _(
        "%(name)s has reset the second factor of your account “%(account)s”. Until you set it "
        "up again, your password alone lets you in. If you did not ask for this, tell an "
        "administrator at once."
    )


@transaction.atomic
def require_second_factor(role: Group, needed: bool, *, by: User, now: dt.datetime) -> None:
    """Have a role ask for a second factor, or not. Raises PermissionDenied."""
    if not may_require_second_factor(by, role):
        raise PermissionDenied(_("Your role does not allow this."))
    rule, _new = RoleRule.objects.get_or_create(role=role)
    if rule.needs_second_factor == needed:
        return
    RoleRule.objects.filter(role=role).update(needs_second_factor=needed)
    change = {"field": FACTOR_NEEDED, "from": not needed, "to": needed}
    log_action(Verb.CHANGE, role, by=by, changes=[change], now=now)


def may_require_second_factor(user: User, role: Group) -> bool:
    """Whether somebody may change what a role asks: whoever looks after accounts at all desks, and
    holds every permission that the role gives."""
    if rights_of(user):
        return False
    held = role.permissions.values_list("content_type__app_label", "codename")
    names = {f"{app}.{codename}" for app, codename in held}
    return user.has_perm("auth.change_user") and user.has_perms(names)


def _refuse_unless_right(user: User, code: str, *, now: dt.datetime) -> None:
    if not is_code_right(user, code, now=now):
        raise CodeRefused(_("The code is wrong, or was used already. Wait for the next one."))


def _make_recovery_codes(user: User) -> list[str]:
    codes = [new_recovery_code() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=hash_of(code)) for code in codes
    )
    return codes


def _remove(user: User) -> bool:
    RecoveryCode.objects.filter(user=user).delete()
    return bool(SecondFactor.objects.filter(user=user).delete()[0])
