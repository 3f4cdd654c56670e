"""What a page on which a second factor is set up shows: the key, as a picture and as text."""

from textwrap import wrap

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ...desk.accounts.second_factor.codes import LONGEST, new_secret, qr_code, setup_url
from ...desk.accounts.second_factor.sealed import seal, unseal

SETTING_UP = "setting_up"


def secret_to_show(request):
    """The secret that this session is setting up; a new one to begin with."""
    sealed = request.session.get(SETTING_UP, "")
    secret = unseal(sealed) if sealed else None
    if secret is None:
        secret = new_secret()
        request.session[SETTING_UP] = seal(secret)
    return secret


def forget_secret(request):
    """Once a code has confirmed it, nobody is shown the secret again."""
    request.session.pop(SETTING_UP, None)


def setup_context(request, user, *, error=""):
    """{title, picture, key, error} of the page."""
    secret = secret_to_show(request)
    return {
        "title": _("Set up a second factor"),
        # Made here, of letters and digits: no words of a person are in its markup.
        "picture": mark_safe(qr_code(setup_url(secret, user))),
        "key": " ".join(wrap(secret, 4)),
        "error": error,
    }


def code_sent(request):
    return request.POST.get("code", "")[:LONGEST]
