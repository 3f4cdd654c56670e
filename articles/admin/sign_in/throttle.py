"""Codes are throttled as passwords are, and with them: by name and by address."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from ...desk.accounts.sign_in import log_failure


def address_of(request: HttpRequest) -> str | None:
    return get_client_ip_address(request)


def may_try(request: HttpRequest, user: User) -> bool:
    """Whether another code of this person is heard; if not, the answer becomes the page of axes."""
    credentials = {"username": user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        return True
    request.axes_locked_out, request.axes_credentials = True, credentials
    return False


def count_failure(request: HttpRequest, user: User, what: str) -> None:
    """Count a wrong code as a failed sign-in, and log it; `what` says what was wrong."""
    log_failure(user.get_username(), what, address=address_of(request))
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
