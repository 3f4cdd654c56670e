"""All preview links of the desk that were not revoked and have not ended."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...desk.preview_links.preview_link import PreviewLink
from ...desk.preview_links.rules import SHARE, may_handle
from ...desk.rights.may_do import may_somewhere
from ...desk.steps_table import CHANGE_ANY
from ...library.whole_numbers import parse_whole_number
from ..steps.status_summary import stop_chips

ON_A_PAGE = 50


@require_safe
def shared_previews(request, *, site):
    """The links that are open, newest first: all of them, or one's own for who may change no
    others' stories."""
    user, now = request.user, timezone.now()
    if not may_somewhere(user, SHARE):
        raise PermissionDenied
    links = PreviewLink.objects.current(now).with_people().newest_first()
    is_all = may_somewhere(user, CHANGE_ANY)
    if not is_all:
        links = links.filter(made_by=user)
    after = parse_whole_number(request.GET.get("before"))
    if after is not None:
        links = links.filter(pk__lt=after)
    found = list(links[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    context = site.each_context(request) | {
        "title": _("Shared previews"),
        "rows": [(link, stop_chips(link.post, now), may_handle(link, user)) for link in shown],
        "is_all": is_all,
        "is_first": after is None,
        "older": shown[-1].pk if len(found) > ON_A_PAGE else None,
    }
    return TemplateResponse(request, "admin/previews/all.html", context)
