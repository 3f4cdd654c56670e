"""The pages of signing in."""

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ...desk.accounts.second_factor.codes import FEW
from ...desk.accounts.second_factor.set_up import CodeRefused, set_up
from ...desk.accounts.second_factor.sign_in import (
    has_second_factor,
    is_code_right,
    needs_second_factor,
    unused_recovery_codes,
)
from ...desk.accounts.sign_in import log_failure, sign_in
from . import half_way
from .set_up_form import code_sent, forget_secret, secret_to_show, setup_context
from .throttle import address_of, count_failure, may_try

WRONG_PASSWORD, WRONG_CODE = gettext_lazy("Wrong password"), gettext_lazy("Wrong code")
WRONG = gettext_lazy("The code is wrong, or was used already. Wait for the next one.")


class SignInForm(AdminAuthenticationForm):
    """Django's, which says in the desk's words that somebody is not let in."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy("The name or the password is wrong. Capital letters count."),
    }


class SignIn(LoginView):
    """The password. Who has a second factor, or needs one, is not in yet after it."""

    authentication_form = SignInForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        user, now, to = form.get_user(), timezone.now(), self.get_success_url()
        if has_second_factor(user):
            page = "admin:login_code"
        elif needs_second_factor(user):
            page = "admin:login_set_up"
        else:
            sign_in(self.request, user, address=address_of(self.request), now=now)
            return redirect(to)
        half_way.begin(self.request, user, to=to, now=now)
        return redirect(page)

    def form_invalid(self, form):
        name = self.request.POST.get("username", "")[:150]
        if not getattr(self.request, "axes_locked_out", False):
            log_failure(name, WRONG_PASSWORD, address=address_of(self.request))
        return super().form_invalid(form)


def door(view):
    """Decorate a page for who is half way in; others begin at the beginning. Caches keep none."""

    @method_decorator([never_cache, csrf_protect, sensitive_post_parameters("code")])
    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def opened(site, request):
        now = timezone.now()
        if (user := half_way.who(request, now=now)) is None:
            return redirect("admin:login")
        return view(site, request, user, now)

    return opened


class Doors:
    """Mixed into the site: the pages after that of the password."""

    @door
    def login_code(self, request, user, now):
        """The code of somebody's app, or a recovery code."""
        error = ""
        if request.method == "POST" and may_try(request, user):
            if is_code_right(user, code_sent(request), now=now):
                to = half_way.finish(request, user, now=now)
                warn_of_few_codes(request, user)
                return redirect(to)
            count_failure(request, user, WRONG_CODE)
            error = WRONG
        context = self.each_context(request) | {"title": _("Second factor"), "error": error}
        return TemplateResponse(request, "admin/sign_in/code.html", context)

    @door
    def login_set_up(self, request, user, now):
        """Setting up a second factor, for who needs one and has none."""
        error = ""
        if has_second_factor(user):
            return redirect("admin:login_code")
        if request.method == "POST":
            try:
                with transaction.atomic():
                    secret = secret_to_show(request)
                    codes = set_up(user, secret, code_sent(request), now=now)
                    to = half_way.finish(request, user, now=now)
            except CodeRefused as refusal:
                error = str(refusal)
            else:
                forget_secret(request)
                return recovery_page(self, request, codes, to=to)
        context = self.each_context(request) | setup_context(request, user, error=error)
        return TemplateResponse(request, "admin/sign_in/set_up.html", context)


def warn_of_few_codes(request, user):
    if (left := unused_recovery_codes(user)) <= FEW:
        said = ngettext(
            "You have %d recovery code left. Make new ones under Settings, Second factor.",
            "You have %d recovery codes left. Make new ones under Settings, Second factor.",
            left,
        )
        messages.warning(request, said % left)


def recovery_page(site, request, codes, *, to):
    """The recovery codes, shown this once."""
    title = _("Your recovery codes")
    context = site.each_context(request) | {"title": title, "codes": codes, "to": to}
    return TemplateResponse(request, "admin/sign_in/recovery_codes.html", context)
