"""Views of the desk that answer a script with JSON."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from .keep_private import keep_private


def json_view(admin_site, view):
    """A view of the desk for a script: it says in JSON what a page would say by redirecting.

    401 when nobody is signed in, 403 and 404 with `refused`, a sentence for the person.
    """
    inner = admin_site.admin_view(view)

    def refused(sentence, status):
        return keep_private(JsonResponse({"refused": sentence}, status=status))

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not admin_site.has_permission(request):
            return refused(_("Your session has ended. Sign in."), 401)
        try:
            return keep_private(inner(request, *args, **kwargs))
        except PermissionDenied as refusal:
            return refused(str(refusal) or _("Your role does not allow this."), 403)
        except Http404:
            return refused(_("This is no longer there."), 404)

    return answered
