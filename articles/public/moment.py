"""The moment that a page is of."""

from django.utils import timezone


def moment_of(request):
    """Now; in the desk's time machine, the moment that somebody chose (`request.moment`)."""
    return getattr(request, "moment", None) or timezone.now()
