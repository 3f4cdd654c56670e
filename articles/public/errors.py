"""Pages for what goes wrong. Those for our own failures need no database."""

import sys
from urllib.parse import quote

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..library.naming.slugs import tidy
from ..publishing.old_addresses.find import answer_to
from ..publishing.replica import CONNECTION_ERRORS
from .frame import render_content, render_frame
from .http.cache_control import cache_control, fresh_until
from .http.surrogate_headers import add_surrogate_headers
from .moment import moment_of
from .navigation import read_site
from .render_page import render_page

MAX_PATH_LENGTH = 1_000
"""Characters of an address that are looked at when it is none of ours."""

MESSAGES = {
    400: (
        _("We do not understand this request"),
        _("Something in the address or in what was sent is not as it should be."),
    ),
    403: (_("You may not see this page"), _("Your account does not allow it.")),
    404: (
        _("We cannot find this page"),
        _("Nothing has been published at this address. The link may be mistyped or incomplete."),
    ),
    410: (
        _("This page has been withdrawn"),
        _("There was something at this address once. It is no longer published."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("The page could not be made. Please try again in a minute."),
    ),
    503: (
        _("We will be back in a moment"),
        _("The site is being looked after. Please try again in a few minutes."),
    ),
}
"""What readers are told: a title and a sentence for each status."""


def bad_request(request, exception):
    """400: the request made no sense."""
    return _page_without_navigation(400)


def forbidden(request, exception):
    """403: not for this visitor."""
    return _page_without_navigation(403)


def not_found(request, exception):
    """404 for what is no address of ours, or of the desk: no cache may keep it.

    An address in another form of Unicode than ours leads to ours, one of another site to what was
    there.
    """
    if path := normalised_path(request):
        return HttpResponsePermanentRedirect(path)
    now = timezone.now()
    site = read_site(request, now)
    response = moved(request)
    if response:
        add_surrogate_headers(response)
        until = fresh_until(site.changes_at, now)
        response.headers["Cache-Control"] = cache_control(until, timezone.now())
        return response
    response = nothing_here(request)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def moved_or_nothing(request):
    """Where an address of another site leads, 410 if that was withdrawn, else 404."""
    return moved(request) or nothing_here(request)


def moved(request):
    """The answer to an address of another site; None when it is none, or not public yet."""
    if len(request.path) > MAX_PATH_LENGTH or request.method not in {"GET", "HEAD"}:
        return None
    at = moment_of(request)
    answer = answer_to(request.path, request.META.get("QUERY_STRING", ""), at=at)
    if answer is None:
        return None
    if answer.location:
        response = HttpResponsePermanentRedirect(answer.location)
    else:
        response = gone(request, at=at, headline=answer.headline, told=answer.words)
    response.keys = answer.keys
    return response


def normalised_path(request):
    """The address of the page that was meant, when it was sent decomposed or with unseen
    characters; or None."""
    path = request.path[:MAX_PATH_LENGTH]
    if path.isascii() or request.method not in {"GET", "HEAD"} or tidy(path) == path:
        return None
    query = request.META.get("QUERY_STRING", "")
    try:
        resolve(tidy(path))
    except Resolver404:
        return None
    return quote(tidy(path)) + (f"?{query}" if query else "")


def nothing_here(request):
    """404: nothing was ever here, or is yet."""
    return render_page(
        request, "errors/page.html", at=moment_of(request), status=404, **_message(404)
    )


def gone(request, *, at, headline="", told=""):
    """410: a story was here and has been withdrawn; `told` is why, in the newsroom's words."""
    message = _message(410)
    message = {"page_title": headline or message["page_title"], "words": told or message["words"]}
    return render_page(request, "errors/page.html", at=at, status=410, **message)


def failed(request):
    """500: our fault; or 503 when the database cannot be reached."""
    if isinstance(sys.exc_info()[1], CONNECTION_ERRORS):
        return unavailable(request)
    return _failure(500)


def unavailable(request):
    """503: not now; try again in a minute."""
    response = _failure(503)
    response.headers["Retry-After"] = "60"
    return response


def _page_without_navigation(status):
    template, message = "errors/page.html", _message(status)
    content = render_content(template, {"status": status, **message})
    return _minimal(render_frame(template).around(message["page_title"], "", content), status)


def _message(status):
    title, words = MESSAGES[status]
    return {"page_title": title, "words": words}


def _failure(status):
    return _minimal(
        get_template("errors/failure.html").render({"status": status, **_message(status)}), status
    )


def _minimal(page, status):
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
