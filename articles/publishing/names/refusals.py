"""Why a name is not changed, in words for an editor."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class NameRefused(Exception):
    """A change of a name is not possible as things stand."""


class GoneMeanwhile(NameRefused):
    """A row that was to be changed is there no more."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%s” is not there any more: a colleague merged or deleted it.") % name)


def require(by: User | None, verb: str, kind: str) -> None:
    """Raise PermissionDenied unless a person (None for a command) may do this to such rows."""
    if by is not None and not by.has_perm(f"articles.{verb}_{kind}"):
        raise PermissionDenied(_("Your role does not allow this."))
