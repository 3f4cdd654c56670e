"""What surrounds every page: the site's name, its sections, its moment and its address."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template

from ..library.section import Section


def show(request, template, *, at, status=200, canonical="", sections=None, **context):
    """A page as readers see it at a moment.

    No context processor runs, so nothing asks who the reader is. `canonical` is the path (with
    its query) under which the page should be known, when it is not the one asked for.
    """
    context |= {
        "site_name": settings.SITE_NAME,
        "sections": list(Section.objects.all()) if sections is None else sections,
        "now": at,
        "canonical": request.build_absolute_uri(canonical or request.path),
    }
    return HttpResponse(get_template(template).render(context), status=status)
