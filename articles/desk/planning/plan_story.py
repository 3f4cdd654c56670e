"""Planning a story."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.site_language import in_site_language
from ..post import Post
from ..search.index import index_posts
from .plan import Plan, PlanNeed
from .plan_log import log_plans
from .rules import refuse_unless_may_assign


@transaction.atomic
def plan_story(
    *,
    slug_line: str,
    by: User | None,
    assigned_to: User | None = None,
    needs: Iterable[str] = (),
    now: dt.datetime | None = None,
    section: Any = None,
    **planned: Any,
) -> Post:
    """Make a story that is planned: `planned` are fields of its Plan, `needs` kinds of PlanNeed.

    Raises PermissionDenied when this person may not plan it for whom it is assigned to. `by=None`
    is a command.
    """
    if by is not None:
        refuse_unless_may_assign(assigned_to, by=by, post=Post(section=section))
    post = Post.objects.create(
        slug_line=slug_line,
        section=section,
        status=Post.Status.PLANNED,
        created_by=by,
        saved_by=by,
        saved_at=now or timezone.now(),
    )
    plan = Plan.objects.create(post=post, assigned_to=assigned_to, **planned)
    PlanNeed.objects.bulk_create(PlanNeed(plan=plan, kind=kind) for kind in needs)
    index_posts([post.pk])
    with in_site_language():
        log_plans([post], _("Planned"), by=by)
    return post
