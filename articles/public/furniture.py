"""What stands on every page: asked for once per version of the site, not once per page."""

from ..library.section import Section
from ..publishing.breaking import breaking

_kept = (None, None)


def furniture(request, at):
    """The sections and the breaking banner (or None) of the site at a moment.

    This process keeps those of the last version of the site it saw. A request that names no
    version (a preview) asks for its own.
    """
    global _kept
    version = getattr(request, "site_version", None)
    name = version and str(version)
    kept_name, kept = _kept
    if name is None or kept_name != name:
        kept = (list(Section.objects.all()), breaking(at))
        _kept = (name, kept)
    return kept


def sections_of(request, at):
    """The sections of the navigation."""
    return furniture(request, at)[0]
