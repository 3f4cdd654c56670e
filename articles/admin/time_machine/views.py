"""The views of the time machine: a page at a moment, and the form that asks which."""

import copy
from urllib.parse import quote, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...library.date_formats import local
from ...public.errors import nothing_here
from ..fields.datetime_fields import format_moment, format_time_zone
from ..keep_private import keep_private
from .links import inside, with_bar
from .moments import read_moment, time_machine_url

MAX_PATH_LENGTH = 1_000


@require_safe
def choose(request, *, site):
    """Ask which page, and at which moment; then go there."""
    refuse_strangers(request)
    path = public_path(request.GET.get("path", ""))
    if "moment" not in request.GET:
        return chooser(request, site, path=path)
    moment = read_moment(request.GET["moment"])
    if moment is None:
        why = _("Write a day and a time like 2026-11-22T14:30.")
        return chooser(request, site, path=path, why=why, status=400)
    return keep_private(HttpResponseRedirect(time_machine_url(moment, path)))


@require_safe
def show(request, moment, path, *, site):
    """A public page at a moment, made by the code that makes it for readers, and kept nowhere."""
    refuse_strangers(request)
    path = "/" + path.lstrip("/")
    at = read_moment(moment)
    if at is None:
        why = _("There is no such moment. Choose another.")
        return chooser(request, site, path=path, why=why, status=404)
    answer = page_at(public_request(request, path, at), path)
    if answer is None:
        why = _("Only the site's own pages can be seen at another moment, not this address.")
        return chooser(request, site, path=path, at=at, why=why, status=404)
    return keep_private(in_time_machine(request, answer, at=at, path=path))


def refuse_strangers(request):
    if not request.user.has_perm("articles.view_edition"):
        raise PermissionDenied


def page_at(request, path):
    """The response of the public view of a path, or None where there is no page that could be
    told: a feed, a picture, the desk."""
    try:
        found = resolve(path)
    except Resolver404:
        return nothing_here(request)
    page = getattr(found.func, "page_alone", None)
    if page is None:
        return None
    request.resolver_match = found
    try:
        answer = page(request, *found.args, **found.kwargs)
    except Http404:
        answer = nothing_here(request)  # with DEBUG
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer if is_page and not answer.streaming else None


def public_request(request, path, at):
    """The request as a reader would have sent it at a moment."""
    public = copy.copy(request)
    public.path = public.path_info = path
    public.META = request.META | {"PATH_INFO": path}
    public.moment = at
    return public


def in_time_machine(request, answer, *, at, path):
    """The answer with its links leading to pages at the same moment, and a bar that says so."""
    root = time_machine_url(at, "").rstrip("/")
    origin = request.build_absolute_uri("/").rstrip("/")
    if "Location" in answer.headers:
        return HttpResponseRedirect(inside(answer.headers["Location"], root, origin))
    query = request.META.get("QUERY_STRING", "")
    context = {
        "is_to_come": at > timezone.now(),
        "said": format_moment(at),
        "zone": format_time_zone(at),
        "input": f"{local(at):%Y-%m-%dT%H:%M:%S}",
        "path": quote(path) + (f"?{query}" if query else ""),
    }
    bar = render_to_string("admin/articles/time_machine/bar.html", context)
    head = render_to_string("admin/articles/time_machine/head.html")
    text = answer.content.decode(answer.charset)
    page = HttpResponse(with_bar(text, root, origin, head=head, bar=bar), status=answer.status_code)
    page.frames = getattr(answer, "frames", ())
    return page


def chooser(request, site, *, path="/", at=None, why="", status=200):
    """The form that asks for a page and a moment."""
    at = at or timezone.now()
    context = site.each_context(request) | {
        "title": _("The site at another moment"),
        "path": path,
        "input": f"{local(at):%Y-%m-%dT%H:%M:%S}",
        "zone": format_time_zone(at),
        "why": why,
    }
    template = "admin/articles/time_machine/choose.html"
    return keep_private(TemplateResponse(request, template, context, status=status))


def public_path(text):
    """The path that was typed or pasted, perhaps as a whole URL."""
    try:
        parts = urlsplit(text.strip()[:MAX_PATH_LENGTH])
    except ValueError:
        return "/"
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path
