"""Every link of a live story that leads readers nowhere, for whoever can put it right."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...desk.rights.may_do import ALL, at_desks, theirs
from ...desk.steps_table import CHANGE_ANY
from ...library.whole_numbers import parse_whole_number
from ...publishing.link_check.problem import link_problems

ON_A_PAGE = 50


@require_safe
def dead_links(request, *, site):
    """The dead links, the newest first: all of them, or those in one's own stories and in those of
    desks where one may change them."""
    user = request.user
    if not user.has_perm("articles.view_post"):
        raise PermissionDenied
    problems = link_problems().select_related("post__section", "target").order_by("-pk")
    is_all = at_desks(user, CHANGE_ANY) == ALL
    problems = problems.filter(theirs(user, CHANGE_ANY, of="post__"))
    total = problems.count()
    before = parse_whole_number(request.GET.get("before"))
    if before is not None:
        problems = problems.filter(pk__lt=before)
    found = list(problems[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    context = site.each_context(request) | {
        "title": _("Dead links"),
        "problems": shown,
        "total": total,
        "is_all": is_all,
        "is_first": before is None,
        "older": shown[-1].pk if len(found) > ON_A_PAGE else None,
    }
    return TemplateResponse(request, "admin/machine/dead_links.html", context)
