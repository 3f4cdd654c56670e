"""Redirects former slugs and aliases of topics, authors and sections."""

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect


def find_renamed(rows, slug):
    """The row of a queryset with this slug, or else the one with this former slug or alias. Takes
    one query. Raises Http404."""
    before = rows.model.objects.with_former_slug(slug).order_by().values("pk")
    found = sorted(
        rows.filter(Q(slug=slug) | Q(pk__in=before)), key=lambda row: (row.slug != slug, row.pk)
    )
    if not found:
        raise Http404("nothing has, or ever had, this URL")
    return found[0]


def redirect_renamed(request, rows, slug):
    """Redirect to the row of a queryset that has this former slug or alias, keeping the cursor and
    the language. Raises Http404."""
    return redirect_with_query(request, find_renamed(rows, slug).get_absolute_url())


def redirect_with_query(request, path):
    """Redirect to another path, keeping the query string."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
