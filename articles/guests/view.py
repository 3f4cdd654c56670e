"""The page of a preview link: the site's own, for one who has the address."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..desk.browsers import browser_in
from ..publishing.preview_links.answer import Closed
from ..publishing.preview_links.open import open_link
from .answers import answered
from .page import closed_page, guest_page

MOST_BYTES = 64_000
"""Of what is sent: a note is at most 5,000 characters."""
FORM = "application/x-www-form-urlencoded"


# No cookie tells guests apart, so there is none to forge a request with. Who sends something has
# the secret address, and a form that is signed by the page (answer.Shown).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared_preview(request, token):
    """Show the story of a link, and take what its reader answers."""
    response = _response(request, token, timezone.now())
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _response(request, token, now):
    if request.method == "POST":
        # Before anything is read: a file would be stored while it comes in.
        if request.content_type != FORM or not _length(request) <= MOST_BYTES:
            return HttpResponse(status=413, content_type="text/plain")
        try:
            return answered(request, token, now)
        except Closed:
            return closed_page(request, now)
    link = open_link(token, now=now, browser=_opened_in(request))
    page = link and guest_page(request, link, now=now)
    return page or closed_page(request, now)


def _length(request):
    sent = request.META.get("CONTENT_LENGTH") or "0"
    return int(sent) if sent.isascii() and sent.isdigit() else MOST_BYTES + 1


def _opened_in(request):
    """The browser in which somebody opens the page; None where nobody reads it: a program asks
    whether it is there, or a browser fetches it in advance."""
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    if request.method == "HEAD" or "prefetch" in ahead:
        return None
    return browser_in(request.headers.get("User-Agent", ""))
