"""Meeting the needs of a plan: the picture is there, the lawyer has read it."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ...library.site_language import in_site_language
from ..post import Post
from ..rights.may_do import may_do
from ..steps_table import CHANGE_ANY
from ..workflow import may_change
from .plan import PlanNeed
from .plan_log import log_plans
from .rules import may_change_plan


def may_meet_needs(post: Post, user: User) -> bool:
    """Whether this person may say that something is there: who plans or writes the story, and who
    works on the stories of others, such as a picture editor."""
    works_on_others = may_do(user, CHANGE_ANY, post)
    return works_on_others or may_change_plan(post, user) or may_change(post, user)


def unmet_needs(post: Post) -> list[PlanNeed]:
    """What was planned for a story besides its words and is not there; one query."""
    return list(PlanNeed.objects.filter(plan__post=post, met=False))


@transaction.atomic
def mark_need(need: PlanNeed, *, met: bool, by: User, reason: str = "") -> PlanNeed:
    """Say that something a story needs is there, or why it is missing. Raises PermissionDenied."""
    need = (
        PlanNeed.objects.select_for_update(of=("self",))
        .select_related("plan__post")
        .get(pk=need.pk)
    )
    post = need.plan.post
    if not may_meet_needs(post, by):
        raise PermissionDenied(_("This story is planned for a colleague."))
    need.met, need.reason = met, "" if met else reason.strip()
    need.save(update_fields=["met", "reason"])
    with in_site_language():
        log_plans([post], need_sentence(need), by=by)
    return need


def need_sentence(need: PlanNeed) -> str:
    """“Picture: there”, “Legal read: missing (the lawyer is ill)”."""
    if need.met:
        return _("%s: there") % need.get_kind_display()
    if need.reason:
        words = {"what": need.get_kind_display(), "reason": need.reason}
        return _("%(what)s: missing (%(reason)s)") % words
    return _("%s: missing") % need.get_kind_display()
