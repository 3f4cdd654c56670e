"""The page on which an account is closed, and what is unfinished goes to a colleague."""

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...desk.accounts.leaving import (
    LeavingRefused,
    close_account,
    open_account_again,
    unfinished_of,
)


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


class LeavingForm(forms.Form):
    hand_to = Colleague(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Hand it to"),
        empty_label=gettext_lazy("Nobody in particular"),
    )

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, is_staff=True).exclude(pk=leaver.pk)
        self.fields["hand_to"].queryset = colleagues.order_by("first_name", "username")


def in_words(handed):
    """What was handed on, {plans, stories, notes}, as a list in words."""
    plans, stories, notes = handed["plans"], handed["stories"], handed["notes"]
    said = [
        plans and ngettext("%s planned story", "%s planned stories", plans) % plans,
        stories and ngettext("%s begun story", "%s begun stories", stories) % stories,
        notes and ngettext("%s note", "%s notes", notes) % notes,
    ]
    return ", ".join(filter(None, said)) or _("nothing")


class LeavingPage:
    """Mixed into the admin of accounts."""

    change_form_template = "admin/accounts/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.leave_view)
        return [path("<int:pk>/leave/", view, name="auth_user_leave"), *super().get_urls()]

    def leave_view(self, request, pk):
        leaver = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, leaver):
            raise PermissionDenied
        if request.method == "POST" and "open_again" in request.POST:
            return self.open_again(request, leaver)
        form = LeavingForm(request.POST or None, leaver=leaver)
        if request.method == "POST" and form.is_valid():
            return self.close(request, leaver, form.cleaned_data["hand_to"])
        page = {
            **self.admin_site.each_context(request),
            "title": _("Close the account of %s") % (leaver.get_full_name() or leaver),
            "opts": self.opts,
            "leaver": leaver,
            "form": form,
            "unfinished": unfinished_of(leaver).counts(),
            "back_url": reverse("admin:auth_user_change", args=[pk]),
        }
        return TemplateResponse(request, "admin/accounts/leave.html", page)

    def open_again(self, request, leaver):
        open_account_again(leaver, by=request.user)
        said = _("The account of %s is open: they may sign in again.")
        messages.success(request, said % leaver)
        return redirect("admin:auth_user_change", leaver.pk)

    def close(self, request, leaver, colleague):
        try:
            handed = close_account(leaver, by=request.user, hand_to=colleague, now=timezone.now())
        except LeavingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            said = _(
                "The account of %(name)s is closed. Handed on: %(what)s. "
                "Everything else that they wrote stays as it is."
            )
            messages.success(request, said % {"name": leaver, "what": in_words(handed)})
        return redirect("admin:auth_user_change", leaver.pk)
