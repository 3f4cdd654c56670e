"""The page on privacy: what readers have allowed other sites to show, which their browser alone
knows."""

from django.utils.translation import gettext as _

from ...library.embeds.match import everybody
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page


@public_view
def privacy(request):
    """The same for everybody: a script shows who is allowed on this device."""
    return render_page(
        request,
        "pages/privacy.html",
        at=moment_of(request),
        page_title=_("Privacy"),
        description=_("What other sites may show you on this device, and how you take that back."),
        canonical=request.path,
        keys=(),
        providers=everybody(),
    )
