"""What the desk answers when there is nothing at an address, or nothing for this person.

Readers, and strangers at the door, get the site's own pages.
"""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..public import errors
from .keep_private import keep_private


def is_on_the_desk(request: HttpRequest) -> bool:
    """Whether somebody who may sign in asks for a page of the desk."""
    if not request.path.startswith(reverse("admin:index")) or not hasattr(request, "user"):
        return False
    return admin.site.has_permission(request)


def desk_error(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    """A page that says so, with the desk's rail to go on from."""
    context = admin.site.each_context(request) | {"title": title, "words": words}
    return keep_private(render(request, "admin/nothing_here.html", context, status=status))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if not is_on_the_desk(request):
        return errors.not_found(request, exception)
    words = _("It may have been deleted or merged, or the address is not complete.")
    return desk_error(request, 404, _("There is nothing here"), words)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if not is_on_the_desk(request):
        return errors.forbidden(request, exception)
    words = _("Your role does not include it. An administrator can change that.")
    return desk_error(request, 403, _("This is not open to you"), words)
