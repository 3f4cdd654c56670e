"""Where a topic, an author or a section is that had another address before."""

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect


def find_renamed(rows, slug):
    """The one of these rows (a queryset) with this slug, else the one that had it before, or has
    it with another name. In one query; raises Http404."""
    before = rows.model.objects.once_under(slug).order_by().values("pk")
    found = sorted(
        rows.filter(Q(slug=slug) | Q(pk__in=before)), key=lambda row: (row.slug != slug, row.pk)
    )
    if not found:
        raise Http404("nothing has this address, or had it")
    return found[0]


def redirect_renamed(request, rows, slug):
    """To the page of the one of these rows that had this slug before, and to the same place and
    language there. Raises Http404."""
    return redirect_with_query(request, find_renamed(rows, slug).get_absolute_url())


def redirect_with_query(request, path):
    """To another path, with what was asked of this one."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
