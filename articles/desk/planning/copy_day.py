"""Copying the plans of a day to another: a series is planned once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...library.date_formats import format_day
from ...library.days import is_possible, outside
from ...library.section import Section
from ...library.site_language import in_site_language
from ..post import Post
from ..rights.may_do import at_desks
from ..search.index import index_posts
from ..workflow import Refusal
from .plan import Plan, PlanNeed
from .plan_log import log_plans
from .rules import PLAN, may_plan_for_others, writer_of

MOST_COPIED = 200
"""Plans of one day that are copied at once."""


@dataclass
class CopiedDay:
    """The stories that copying a day planned, and those of that day that were there already."""

    copied: list[Post] = field(default_factory=list)
    there_already: list[Post] = field(default_factory=list)


@transaction.atomic
def copy_day(
    day: dt.date,
    to_day: dt.date,
    *,
    by: User | None,
    section: Section | None = None,
    only: Collection[int] | None = None,
    now: dt.datetime | None = None,
) -> CopiedDay:
    """Plan for another day what was planned for this one at one's desks, at the same hours; of one
    section, or of the stories with these keys only, if they are given. What was copied there before
    is not copied again.

    Raises PermissionDenied, and Refusal for a day that has passed or the same one.
    """
    now = now or timezone.now()
    refuse_impossible(day, to_day, by=by, now=now)
    plans = Plan.objects.due_on(day).by_due().select_related("post__section", "assigned_to")
    if by is not None:
        plans = plans.filter(at_desks(by, PLAN, "post__section"))
    if section is not None:
        plans = plans.filter(post__section=section)
    if only is not None:
        plans = plans.filter(post__in=only)
    # Locked: of two people who copy a day at once, the second finds what the first copied.
    found = list(plans.select_for_update(of=("self",)).prefetch_related("needs")[: MOST_COPIED + 1])
    if len(found) > MOST_COPIED:
        too_many = ngettext(
            "More than %s story is due that day. Choose a section.",
            "More than %s stories are due that day. Choose a section.",
            MOST_COPIED,
        )
        raise Refusal(too_many % MOST_COPIED)
    # So does whoever copies another day of the same series.
    first = {plan.copied_from_id or plan.pk for plan in found}
    list(Plan.objects.select_for_update().filter(pk__in=first).order_by("pk").values_list("pk"))
    return _copy(found, day, to_day, by=by, now=now)


def refuse_impossible(day: dt.date, to_day: dt.date, *, by: User | None, now: dt.datetime) -> None:
    if by is not None and not may_plan_for_others(by):
        raise PermissionDenied(_("Your role does not allow you to copy the plans of a day."))
    for each in (day, to_day):
        if not is_possible(each):
            raise Refusal(outside(each))
    if to_day == day:
        raise Refusal(_("A day cannot be copied to itself. Choose another day."))
    if to_day < timezone.localdate(now, timezone.get_default_timezone()):
        raise Refusal(_("That day has passed. Choose today or a day to come."))


def _copy(
    plans: list[Plan], day: dt.date, to_day: dt.date, *, by: User | None, now: dt.datetime
) -> CopiedDay:
    done, known = CopiedDay(), _series_of(to_day)
    for plan in plans:
        series = plan.copied_from_id or plan.pk
        if series in known:
            done.there_already.append(plan.post)
        else:
            known.add(series)
            done.copied.append(_copy_plan(plan, to_day, by=by, now=now))
    index_posts([post.pk for post in done.copied])
    with in_site_language():
        log_plans(done.copied, _("Copied from %s") % format_day(day), by=by)
    return done


def _series_of(day: dt.date) -> set[int]:
    """The first plans of the series that have one on a day."""
    rows = Plan.objects.due_on(day).values_list("pk", "copied_from")
    return {first or key for key, first in rows}


def _copy_plan(plan: Plan, day: dt.date, *, by: User | None, now: dt.datetime) -> Post:
    """The same plan for another day; nothing that it needs is there yet."""
    post = Post.objects.create(
        slug_line=plan.post.slug_line or plan.post.headline[:80],
        section=plan.post.section,
        language=plan.post.language,
        status=Post.Status.PLANNED,
        created_by=by,
        saved_by=by,
        saved_at=now,
    )
    copy = Plan.objects.create(
        post=post,
        about=plan.about,
        assigned_to=writer_of(plan),
        due_at=same_hour(plan.due_at, day),
        length=plan.length,
        copied_from_id=plan.copied_from_id or plan.pk,
    )
    PlanNeed.objects.bulk_create(PlanNeed(plan=copy, kind=each.kind) for each in plan.needs.all())
    return post


def same_hour(moment: dt.datetime | None, day: dt.date) -> dt.datetime | None:
    """The same time of another day, by the newsroom's clocks."""
    if moment is None:
        return None
    zone = timezone.get_default_timezone()
    there = dt.datetime.combine(day, timezone.localtime(moment, zone).time(), zone)
    # A time that the clocks skip that night becomes the one that they show in its place.
    return there.astimezone(dt.UTC).astimezone(zone)


def copied_sentence(done: CopiedDay, day: dt.date) -> str:
    """What copying a day came to, in words."""
    copied, kept = len(done.copied), len(done.there_already)
    said = ngettext(
        "%(count)s story copied to %(day)s.", "%(count)s stories copied to %(day)s.", copied
    )
    words = said % {"count": copied, "day": format_day(day)}
    if not copied and not kept:
        return _("Nothing was planned that day, so nothing was copied.")
    if kept:
        more = ngettext("%s was there already.", "%s were there already.", kept)
        words = f"{words} {more % kept}"
    return words
