"""The button that resets a colleague's second factor, and whether they have one."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.accounts.second_factor.set_up import reset
from ...desk.accounts.second_factor.sign_in import has_second_factor


class ResetFactor:
    """Mixed into the admin of accounts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.reset_factor_view)
        own = path("<int:pk>/second-factor/", view, name="auth_user_factor")
        return [own, *super().get_urls()]

    def reset_factor_view(self, request, pk):
        """Reset it; a GET leads back to the account."""
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method == "POST":
            reset(user, by=request.user, now=timezone.now())
            said = _("The second factor of %s is reset. They can set it up again.")
            messages.success(request, said % (user.get_full_name() or user))
        return redirect("admin:auth_user_change", pk)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["has_factor"] = has_second_factor(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)
