"""Pages of roles besides their form: all rights in one table, and whether one needs a second
factor."""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.accounts.second_factor.factor import RoleRule
from ...desk.accounts.second_factor.set_up import (
    may_require_second_factor,
    require_second_factor,
)
from .rights_in_words import rights_by_role


class RolePages:
    """Mixed into the admin of roles."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("rights/", view(self.rights_view), name="auth_group_rights"),
            path("<int:pk>/second-factor/", view(self.factor_view), name="auth_group_factor"),
            *super().get_urls(),
        ]

    def rights_view(self, request):
        """Every right, and which roles give it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | rights_by_role()
        context["title"] = _("Who may do what")
        return TemplateResponse(request, "admin/accounts/rights.html", context)

    def factor_view(self, request, pk):
        """Have a role ask for a second factor, or not; a GET leads back to the role."""
        role = get_object_or_404(Group, pk=pk)
        if not may_require_second_factor(request.user, role):
            raise PermissionDenied
        if request.method == "POST":
            needed = "needed" in request.POST
            require_second_factor(role, needed, by=request.user, now=timezone.now())
            said = _("This role needs no second factor any more.")
            if needed:
                said = _("Whoever has this role and no second factor is asked to set it up now.")
            messages.success(request, said)
        return redirect("admin:auth_group_change", pk)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            rules = RoleRule.objects.filter(role=obj, needs_second_factor=True)
            context["needs_factor"] = rules.exists()
            context["may_require"] = may_require_second_factor(request.user, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)
