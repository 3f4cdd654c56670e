"""Pages for what goes wrong. Those for our own failures need no database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _

from .shell import show

AWAY = (OperationalError, InterfaceError)


def bad_request(request, exception):
    """400: the request made no sense."""
    return _bare("400.html", status=400)


def forbidden(request, exception):
    """403: not for this visitor."""
    return _bare("403.html", status=403)


def not_found(request, exception):
    """404: nothing was ever here."""
    return show(request, "404.html", at=timezone.now(), status=404, page_title=_("Page not found"))


def gone(request, *, at):
    """410: a story was here and has been withdrawn."""
    return show(request, "410.html", at=at, status=410, page_title=_("Story withdrawn"))


def failed(request):
    """500: our fault; or 503 when the database cannot be reached."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return _bare("500.html", status=500)


def unavailable(request):
    """503: not now; try again in a minute."""
    response = _bare("503.html", status=503)
    response.headers["Retry-After"] = "60"
    return response


def _bare(template, *, status):
    response = HttpResponse(get_template(template).render(), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
