"""“Where I am signed in”, and the same of a colleague for administrators."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ...desk.accounts.sessions import (
    end_session,
    end_sessions,
    may_end,
    name_of,
    sessions_of,
)
from ...desk.browsers import browser_in


@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request, site):
    return sessions_page(request, site, request.user)


class SessionsPage:
    """Mixed into the admin of accounts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.sessions_view)
        return [path("<int:pk>/sessions/", view, name="auth_user_sessions"), *super().get_urls()]

    def sessions_view(self, request, pk):
        return sessions_page(request, self.admin_site, get_object_or_404(User, pk=pk))


def sessions_page(request, site, user):
    """Where somebody is signed in, with buttons to sign out one of them, or all others."""
    is_own = user == request.user
    if not may_end(user, request.user):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        ended = _end(request, user, now=now)
        said = ngettext("%d session was ended.", "%d sessions were ended.", ended) % ended
        messages.success(request, said)
        return redirect(request.path)
    own = name_of(request.session.session_key)
    title = _("Where you are signed in") if is_own else _("Where %s is signed in")
    back = reverse("admin:settings" if is_own else "admin:auth_user_changelist")
    context = site.each_context(request) | {
        "title": title if is_own else title % (user.get_full_name() or user),
        "is_own": is_own,
        "back_url": back if is_own else reverse("admin:auth_user_change", args=[user.pk]),
        "sessions": [
            {
                "name": each.name,
                "browser": browser_in(each.agent) or _("Unknown browser"),
                "address": each.address,
                "began_at": each.began_at,
                "seen_at": each.seen_at,
                "is_this": each.name == own,
            }
            for each in sessions_of(user, now=now)
        ],
    }
    return TemplateResponse(request, "admin/accounts/sessions.html", context)


def _end(request, user, *, now):
    if name := request.POST.get("session"):
        return int(end_session(user, name, by=request.user, now=now))
    but = request.session.session_key if user == request.user else None
    return end_sessions(user, by=request.user, now=now, but=but)
