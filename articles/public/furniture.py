"""What stands on every page: its sections and its banner."""

from ..library.section import Section
from ..publishing.breaking import breaking
from .keeping.per_version import per_version


def furniture(request, at):
    """The sections and the breaking banner (or None) of the site at a moment."""
    return per_version(request, "furniture", lambda: (list(Section.objects.all()), breaking(at)))


def sections_of(request, at):
    """The sections of the navigation."""
    return furniture(request, at)[0]
