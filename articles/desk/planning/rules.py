"""Who may plan what. A plan never lets anybody do more than they may without one."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ..post import Post
from ..rights.may_do import may_do, may_somewhere
from ..writing.rows import read_rows
from .plan import Plan

ADD, PLAN = "articles.add_post", "articles.plan_post"


def plan_of(post: Post) -> Plan | None:
    """What was planned of a story, or None for one that was begun without a plan."""
    try:
        return post.plan
    except Plan.DoesNotExist:
        return None


def is_plan_still(post: Post) -> bool:
    """Whether a story has a plan, and nothing in its text yet."""
    return plan_of(post) is not None and not read_rows(post)


def writer_of(plan: Plan | None) -> User | None:
    """Whom a story is assigned to, unless that account is closed."""
    writer = plan and plan.assigned_to
    return writer if writer and writer.is_active else None


def may_plan(user: User, post: Post | None = None) -> bool:
    """Whether this person may plan a story (this one, if it is named), if only one of their own."""
    return may_do(user, ADD, post) if post else may_somewhere(user, ADD)


def may_plan_for_others(user: User, post: Post | None = None) -> bool:
    may_all = may_do(user, PLAN, post) if post else may_somewhere(user, PLAN)
    return may_plan(user, post) and may_all


def may_change_plan(post: Post, user: User) -> bool:
    """Whether this person may change a plan, drop it and begin its story: who plans for
    others, and whoever is to write it."""
    if may_plan_for_others(user, post):
        return True
    plan = plan_of(post)
    return may_plan(user, post) and plan is not None and plan.assigned_to_id == user.pk


def refuse_unless_may_assign(person: User | None, *, by: User, post: Post) -> None:
    """Raise PermissionDenied unless somebody may plan a story, in its section, for this person, or
    nobody yet."""
    if not may_plan(by):
        raise PermissionDenied(_("Your role does not allow you to plan stories."))
    if not may_plan(by, post):
        raise PermissionDenied(_("You have no rights in the section “%s”.") % post.section)
    if not may_plan_for_others(by, post) and (person is None or person.pk != by.pk):
        raise PermissionDenied(_("You can plan stories for yourself only."))
    refuse_unless_writes(person, post)


def refuse_unless_writes(person: User | None, post: Post) -> None:
    """Raise PermissionDenied unless somebody who is to write a story may, in its section."""
    if person is not None and not may_do(person, ADD, post):
        name = person.get_full_name() or person.get_username()
        if post.section is None:
            raise PermissionDenied(_("%s may not write stories.") % name)
        said = _("%(name)s may not write in the section “%(section)s”.")
        raise PermissionDenied(said % {"name": name, "section": post.section})
