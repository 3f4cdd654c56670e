"""The admin site of the newsroom."""

from functools import partial
from urllib.parse import unquote, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, path, resolve
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

from ..desk.accounts.sessions import password_changed
from ..desk.accounts.sign_in import FACTOR_ASKED
from ..desk.audit_log.log import log_action
from ..desk.audit_log.verbs import Verb
from .accounts.own_sessions import own_sessions
from .accounts.second_factor_page import second_factor
from .audit_log.logged_admin import with_log
from .audit_log.page import log, log_csv
from .house_style.rules_page import rules_page
from .machine.dead_links import dead_links
from .machine.page import machine
from .navigation import places_for, settings_for
from .notes.own_mail import own_mail
from .parameters import clean_parameters
from .previews.overview import shared_previews
from .saves.retries import retry_conflicts
from .see_as.views import stop_seeing
from .sign_in.views import Doors, SignIn
from .time_machine import views as time_machine

# Django's admin and its editors set styles from script.
allowing_styles = csp_replace({"style-src": settings.ADMIN_STYLE_SRC})


DOORS = {None, "login", "login_code", "login_set_up", "logout"}
"""Pages that signing in does not lead to."""


def is_admin_url(url, request):
    """Whether a URL leads to a page of the desk, as far as the URL itself tells."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return False
    try:
        found = resolve(unquote(urlsplit(url).path))
    except (Resolver404, ValueError):
        return False
    return "admin" in found.app_names and found.url_name not in DOORS


@require_safe
def settings_page(request, site):
    """Links to what is set up seldom, for each who may."""
    context = site.each_context(request) | {
        "title": _("Settings"),
        "settings": settings_for(request.user),
    }
    return TemplateResponse(request, "admin/settings.html", context)


class NewsroomAdminSite(Doors, AdminSite):
    """Django's admin site with the newsroom's name and the content security policy it needs."""

    site_header = _("The desk")
    site_title = _("The desk")
    index_title = _("Today")
    # Our own rail, by what people do, stands in its place.
    enable_nav_sidebar = False
    logout_template = "admin/logged_out.html"
    password_change_template = "admin/password_change_form.html"  # noqa: S105 (a template)
    password_change_done_template = "admin/password_change_done.html"  # noqa: S105

    def register(self, model_or_iterable, admin_class=None, **options):
        """Have every admin write the log of who did what. Leave out taggit's tags: its screen for
        merging them checks no permission."""
        is_model = isinstance(model_or_iterable, type)
        models = [model_or_iterable] if is_model else model_or_iterable
        models = [model for model in models if model._meta.app_label != "taggit"]
        super().register(models, with_log(admin_class or ModelAdmin), **options)

    def get_urls(self):
        from .calendar.urls import calendar_urls

        def wrap(view):
            return partial(self.admin_view(view), site=self)

        choose, show = wrap(time_machine.choose), wrap(time_machine.show)
        return [
            path("settings/", wrap(settings_page), name="settings"),
            path("login/code/", self.login_code, name="login_code"),
            path("login/second-factor/", self.login_set_up, name="login_set_up"),
            path("log/", wrap(log), name="log"),
            path("log/log.csv", wrap(log_csv), name="log_csv"),
            path("account/stop/", wrap(stop_seeing), name="stop_seeing"),
            path("account/second-factor/", wrap(second_factor), name="second_factor"),
            path("account/mail/", wrap(own_mail), name="own_mail"),
            path("account/sessions/", wrap(own_sessions), name="own_sessions"),
            path("machine/", wrap(machine), name="machine"),
            path("house-style/", wrap(rules_page), name="house_style"),
            path("previews/", wrap(shared_previews), name="shared_previews"),
            path("dead-links/", wrap(dead_links), name="dead_links"),
            path("at/", choose, name="time_machine"),
            path("at/<str:moment>/", show, {"path": ""}, name="time_machine_page"),
            path("at/<str:moment>/<path:path>", show, name="time_machine_page"),
            *calendar_urls(wrap),
            *super().get_urls(),
        ]

    def each_context(self, request):
        context = super().each_context(request) | {"site_name": settings.SITE_NAME}
        if context["has_permission"]:
            context["places"] = places_for(request)
        return context

    def get_app_list(self, request, app_label=None):
        """Models are not how people look for things: the rail and the settings lead to them."""
        return []

    def app_index(self, request, app_label, extra_context=None):
        return redirect("admin:settings")

    def admin_view(self, view, cacheable=False):
        """A page of the desk, which no cache may keep."""
        return allowing_styles(
            super().admin_view(clean_parameters(retry_conflicts(view)), cacheable=False)
        )

    @method_decorator([never_cache, allowing_styles])
    def login(self, request, extra_context=None):
        """Sign in. A `next` that leads out of the desk is dropped."""
        for data in ("GET", "POST"):
            parameters = getattr(request, data)
            if not is_admin_url(parameters.get(REDIRECT_FIELD_NAME), request):
                parameters = parameters.copy()
                parameters.pop(REDIRECT_FIELD_NAME, None)
                setattr(request, data, parameters)
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = self.each_context(request) | {
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            "is_factor_asked": request.session.get(FACTOR_ASKED, False),
        }
        return SignIn.as_view(extra_context=context)(request)

    def logout(self, request, extra_context=None):
        if request.method == "POST" and request.user.is_authenticated:
            log_action(Verb.SIGN_OUT, request.user, by=request.user)
        return super().logout(request, extra_context)

    def password_change(self, request, extra_context=None):
        if request.method != "POST":
            return super().password_change(request, extra_context)
        # The stock view writes the whole row back, so it is read under the lock.
        with transaction.atomic():
            users = get_user_model()._base_manager.select_for_update(no_key=True)
            before = request.user = users.get(pk=request.user.pk)
            answer = super().password_change(request, extra_context)
            if answer.status_code == 302:
                log_action(Verb.CHANGE, before, by=before, changes=[{"field": "password"}])
                password_changed(before, by=before, now=timezone.now(), but=request.session)
            return answer

    def i18n_javascript(self, request, extra_context=None):
        """The words of scripts: Django's, and those of the writing screen."""
        packages = ["django.contrib.admin", "articles"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def autocomplete_view(self, request):
        from .fields.pickers import PickerView

        return PickerView.as_view(admin_site=self)(request)

    def index(self, request, extra_context=None):
        from .today.view import today_page

        return today_page(request, self)
