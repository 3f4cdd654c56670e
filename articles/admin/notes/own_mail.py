"""“Mail about notes”: whether somebody is told by mail of what colleagues write to them."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ...desk.notes.leave_note import SEES_STORIES
from ...desk.notes.mail_wish import MailWish, wish_for_mail


class MailWishForm(forms.Form):
    wants = forms.BooleanField(
        required=False, label=gettext_lazy("Send me a mail when a colleague leaves me a note")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own_mail(request, *, site):
    """One's own wish, with a button to change it."""
    user = request.user
    if not user.has_perm(SEES_STORIES):
        raise PermissionDenied
    if request.method == "POST":
        form = MailWishForm(request.POST)
        form.full_clean()
        wish_for_mail(user, form.cleaned_data["wants"])
        messages.success(request, _("Saved."))
        return redirect("admin:own_mail")
    wants = MailWish.objects.filter(user=user).exists()
    context = site.each_context(request) | {
        "title": _("Mail about notes"),
        "form": MailWishForm(initial={"wants": wants}, label_suffix=""),
        "address": user.email,
        "is_sent": bool(settings.EMAIL_HOST),
    }
    return TemplateResponse(request, "admin/notes/own_mail.html", context)
