"""The buttons, and the answer to whatever would change something."""

from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.accounts import see_as
from ..errors import desk_error
from ..keep_private import keep_private

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY")


class SeeAsButton:
    """Mixed into the admin of accounts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.see_as_view)
        return [path("<int:pk>/see/", view, name="auth_user_see"), *super().get_urls()]

    def see_as_view(self, request, pk):
        """Show the desk of this colleague; a GET leads back to the account."""
        other = get_object_or_404(User, pk=pk)
        if not see_as.may_see_as(request.user, other):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:auth_user_change", pk)
        see_as.begin(request.session, other, by=request.user, now=timezone.now())
        return redirect("admin:index")

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            # That they are not outranked is known by then, and asked again when it begins.
            is_at_desk = obj.is_active and obj.is_staff and obj != request.user
            may_edit = is_at_desk and self.has_change_permission(request, obj)
            context["may_see_as"] = may_edit and request.user.has_perm("articles.see_as")
        return super().render_change_form(request, context, obj=obj, **kwargs)


def stop_seeing(request, site):
    """Back to one's own desk; a GET leads there too."""
    kept = request.session.get(see_as.SEE_AS)
    if request.method == "POST" and kept:
        see_as.end(request.session, by=request.user, now=timezone.now())
        messages.success(request, _("This is your own desk again."))
        if request.user.has_perm("auth.view_user"):
            return redirect("admin:auth_user_change", kept["user"])
    return redirect("admin:index")


def is_way_out(request):
    """Whether a request ends it: that is answered to whoever sees, not as the colleague."""
    return request.path in (reverse("admin:stop_seeing"), reverse("admin:logout"))


def nothing_changes(request):
    """403: a script is told so in JSON, a person on a page."""
    words = _("You see the desk as %s sees it. Nothing can be changed here until you stop.") % (
        request.user.get_full_name() or request.user.get_username()
    )
    if "application/json" in request.headers.get("Accept", ""):
        return keep_private(JsonResponse({"refused": words}, status=403))
    return desk_error(request, 403, _("Nothing was changed"), words)


class WouldWrite(PermissionDenied):
    """A page would have written something into the database."""


@contextmanager
def nothing_written():
    """Refuse every statement that would write, whatever page it comes from."""

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            raise WouldWrite
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
