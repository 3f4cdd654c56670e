"""Whether two accounts are two people: what takes two is not for one who has both in hand."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ..audit_log.logged_action import LoggedAction
from ..audit_log.verbs import Verb

REMEMBERED = dt.timedelta(days=30)
"""For how long an account counts as in the hands of whoever set it up."""
SETS_UP = (Verb.ADD, Verb.CHANGE, Verb.FACTOR_RESET, Verb.OPEN_AGAIN)
MERE_NAMES = frozenset({"username", "first_name", "last_name", "email"})
"""Fields of an account by which nobody gets hold of it; every other one counts: its password, its
roles, its rights at desks."""


def refusal_of_one_hand(user: User, other: User, *, now: dt.datetime) -> str:
    """Why two accounts do not count as two people, or "": one of the two, or a third person, may
    have both in hand."""
    both = hands_of(user, now=now) & hands_of(other, now=now)
    if not both:
        return ""
    person = User.objects.filter(pk__in=both).order_by("pk").first()
    name = (person.get_full_name() or person.get_username()) if person else _("Somebody who left")
    return _(
        "%(name)s may act by both your account and “%(other)s”, having made one of them or set its "
        "password, second factor or rights in the last %(days)d days."
    ) % {"name": name, "other": other.get_username(), "days": REMEMBERED.days}


def hands_of(user: User, *, now: dt.datetime) -> set[int]:
    """The keys of who may act by an account: its owner, and whoever lately made it or set its
    password, second factor or rights, or did so with the account of somebody who did."""
    hands: set[int] = set()
    new = {user.pk}
    while new:
        hands |= new
        new = _who_set_up(new, now=now) - hands
    return hands


def _who_set_up(accounts: Iterable[int], *, now: dt.datetime) -> set[int]:
    lines = LoggedAction.objects.filter(
        kind=User._meta.label_lower,
        row__in=[str(account) for account in accounts],
        at__gte=now - REMEMBERED,
        verb__in=SETS_UP,
        by__isnull=False,
    )
    found = lines.values_list("by", "verb", "changes")
    return {by for by, verb, changes in found if verb != Verb.CHANGE or _gives_hold(changes)}


def _gives_hold(changes: list[dict]) -> bool:
    return not {change["field"] for change in changes} <= MERE_NAMES
