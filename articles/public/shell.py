"""What surrounds every page: the site's name, its sections, its moment and its address."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.http import urlencode

from ..publishing.feed_addresses import absolute
from ..publishing.keys import LISTS
from .keeping.navigation import navigation
from .keeping.page_keys import stories_of
from .keyset import CURSORS
from .metadata.head import editions_on, head_of


def show(request, template, *, at, status=200, canonical="", keys=(LISTS,), **context):
    """A page as readers see it at a moment.

    No context processor runs, so nothing asks who the reader is. `canonical` is the path (with
    its query) under which the page should be known, when it is not the one asked for. `keys` are
    those of the lists on it; those of the stories in them are added.
    """
    sections, banner = navigation(request, at)
    context |= {
        "site_name": settings.SITE_NAME,
        "sections": sections,
        "breaking": banner,
        "now": at,
        "path": request.path,
        "status": status,
        "canonical": absolute(canonical or own_path(request), request),
    }
    if status == 200 and not context.get("preview"):
        context["head"] = head_of(request, context)
    answer = HttpResponse(get_template(template).render(context), status=status)
    answer.keys = {*keys, *stories_of(editions_on(context))}
    return answer


def own_path(request):
    """The path of the page, with its place in a list and without other parameters."""
    place = {name: request.GET[name] for name in CURSORS if request.GET.get(name)}
    return f"{request.path}?{urlencode(place)}" if place else request.path
