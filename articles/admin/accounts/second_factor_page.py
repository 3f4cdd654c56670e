"""One's own second factor: set up, with new recovery codes, and turned off."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ...desk.accounts.second_factor.codes import FEW
from ...desk.accounts.second_factor.factor import SecondFactor
from ...desk.accounts.second_factor.set_up import (
    CodeRefused,
    renew_recovery_codes,
    set_up,
    turn_off,
)
from ...desk.accounts.second_factor.sign_in import needs_second_factor, unused_recovery_codes
from ...desk.accounts.sessions import end_sessions
from ...desk.accounts.sign_in import WITH_FACTOR
from ..sign_in.set_up_form import code_sent, forget_secret, secret_to_show, setup_context
from ..sign_in.throttle import count_failure, may_try
from ..sign_in.views import recovery_page


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request, site):
    user, now, error = request.user, timezone.now(), ""
    factor = SecondFactor.objects.filter(user=user).first()
    if request.method == "POST":
        try:
            return (_change if factor else _set_up)(request, site, now)
        except CodeRefused as refusal:
            error = str(refusal)
    context = site.each_context(request) | {"title": _("Second factor"), "error": error}
    if factor:
        left = unused_recovery_codes(user)
        context |= {"factor": factor, "left": left, "is_few": left <= FEW}
    elif not getattr(request, "seen_by", None):
        context |= setup_context(request, user, error=error)
    context["is_needed"] = needs_second_factor(user)
    return TemplateResponse(request, "admin/accounts/second_factor.html", context)


def _set_up(request, site, now):
    codes = set_up(request.user, secret_to_show(request), code_sent(request), now=now)
    forget_secret(request)
    request.session[WITH_FACTOR] = True
    # Whoever is signed in elsewhere was let in by the password alone.
    own = request.session.session_key
    end_sessions(request.user, by=request.user, now=now, but=own)
    return recovery_page(site, request, codes, to=reverse("admin:second_factor"))


def _change(request, site, now):
    """Make new recovery codes, or turn it off; a wrong code or password counts as one at the
    door."""
    user = request.user
    if not may_try(request, user):
        return redirect("admin:second_factor")
    try:
        if "_renew" in request.POST:
            codes = renew_recovery_codes(user, code_sent(request), now=now)
            return recovery_page(site, request, codes, to=reverse("admin:second_factor"))
        turn_off(user, request.POST.get("password", ""), code_sent(request), now=now)
    except CodeRefused as refusal:
        count_failure(request, user, str(refusal))
        raise
    if needs_second_factor(user):
        return _signed_out(request, now)
    messages.success(request, _("Your second factor is off: your password alone lets you in."))
    return redirect("admin:second_factor")


def _signed_out(request, now):
    """Nobody goes on without a factor whose role asks for one: it is set up at the door."""
    end_sessions(request.user, by=request.user, now=now)
    logout(request)
    said = _("Your second factor is off, but your role asks for one: set it up again now.")
    messages.warning(request, said)
    return redirect("admin:login")
