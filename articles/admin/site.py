"""The admin site of the newsroom."""

from urllib.parse import unquote, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .parameters import clean_parameters
from .saves.retries import retry_conflicts

# Django's admin and its editors set styles from script.
allowing_styles = csp_replace({"style-src": settings.ADMIN_STYLE_SRC})


def is_admin_url(url, request):
    """Whether a URL leads to a page of the desk, as far as the URL itself tells."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return False
    try:
        found = resolve(unquote(urlsplit(url).path))
    except (Resolver404, ValueError):
        return False
    return "admin" in found.app_names and found.url_name not in {None, "login", "logout"}


class NewsroomAdminSite(AdminSite):
    """Django's admin site with the newsroom's name and the content security policy it needs."""

    site_header = _("The desk")
    site_title = _("The desk")
    index_title = _("Today")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Leave out taggit's tags: its screen for merging them checks no permission."""
        is_model = isinstance(model_or_iterable, type)
        models = [model_or_iterable] if is_model else model_or_iterable
        models = [model for model in models if model._meta.app_label != "taggit"]
        super().register(models, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """A page of the desk, which no cache may keep."""
        return allowing_styles(
            super().admin_view(clean_parameters(retry_conflicts(view)), cacheable=False)
        )

    @method_decorator(allowing_styles)
    def login(self, request, extra_context=None):
        """Sign in. A `next` that leads out of the desk is dropped."""
        for data in ("GET", "POST"):
            parameters = getattr(request, data)
            if not is_admin_url(parameters.get(REDIRECT_FIELD_NAME), request):
                parameters = parameters.copy()
                parameters.pop(REDIRECT_FIELD_NAME, None)
                setattr(request, data, parameters)
        return super().login(request, extra_context)

    def password_change(self, request, extra_context=None):
        if request.method != "POST":
            return super().password_change(request, extra_context)
        # The stock view writes the whole row back, so it is read under the lock.
        with transaction.atomic():
            users = get_user_model()._base_manager.select_for_update(no_key=True)
            request.user = users.get(pk=request.user.pk)
            return super().password_change(request, extra_context)

    def autocomplete_view(self, request):
        from .pickers import PickerView

        return PickerView.as_view(admin_site=self)(request)

    def index(self, request, extra_context=None):
        from .today import desk_lists

        context = {"desk_lists": desk_lists(request.user)} | (extra_context or {})
        return super().index(request, context)
