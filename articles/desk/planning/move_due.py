"""Moving a plan to another day or another hour."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.date_formats import format_moment
from ...library.days import is_possible, outside
from ...library.site_language import in_site_language
from ..post import Post
from ..workflow import Refusal
from .change_plan import lock_planned, refuse_unless_changes, store_story
from .plan import Plan
from .plan_log import log_plans


@transaction.atomic
def move_due(
    post: Post,
    to: dt.datetime | None,
    *,
    by: User | None,
    was: dt.datetime | None = None,
    was_undated: bool = False,
    is_undo: bool = False,
    now: dt.datetime | None = None,
) -> Plan:
    """Have a story be due at another moment, or on no day yet, whether it is planned still or
    begun. With `is_undo` it goes back to where it stood, even if that day has passed.

    Raises PermissionDenied, and Refusal for a day that has passed, for a story without a plan, and
    when it is not due at the moment that it was due at (`was`, or no day yet: `was_undated`) when
    somebody decided.
    """
    post = lock_planned(post)
    refuse_unless_changes(post, by)
    if to is not None:
        _refuse_moment(to, is_undo=is_undo, now=now or timezone.now())
    plan = Plan.objects.select_for_update().filter(post=post).first()
    if plan is None:
        raise Refusal(_("“%s” was not planned, so it has no day to be moved from.") % post)
    if was is not None and plan.due_at != was:
        raise Refusal(
            _("“%(post)s” is not due at %(moment)s any more. Look again.")
            % {"post": post, "moment": format_moment(was)}
        )
    if was_undated and plan.due_at:
        raise Refusal(
            _("“%(post)s” has a day meanwhile: it is due %(moment)s.")
            % {"post": post, "moment": format_moment(plan.due_at)}
        )
    plan.due_at = to
    plan.save(update_fields=["due_at"])
    store_story(post, {}, by=by, now=now)
    with in_site_language():
        log_plans([post], _("Due %s") % format_moment(to) if to else _("No day yet"), by=by)
    return plan


def _refuse_moment(to: dt.datetime, *, is_undo: bool, now: dt.datetime) -> None:
    if not is_possible(to):
        raise Refusal(outside(to))
    if not is_undo and timezone.localdate(to) < timezone.localdate(now):
        raise Refusal(_("That day has passed. Choose today or a day to come."))
