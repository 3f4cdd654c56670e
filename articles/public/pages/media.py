"""Serves renditions, if neither a front server nor a bucket does."""

import re
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)

from ...library.photo import Photo
from ...library.pictures.renditions import FORMATS
from ..http.read_only import read_only

RENDITION = re.compile(rf"renditions/[\w-]{{1,64}}/[\w-]{{1,40}}\.({'|'.join(FORMATS)})", re.ASCII)


@read_only
def rendition(request, name):
    """A rendition from storage, cacheable for ever because its file never changes.

    Redirects to NEWSROOM_MEDIA_URL if that is elsewhere, for pages published before the move.
    """
    if not RENDITION.fullmatch(name):
        return HttpResponseNotFound(content_type="text/plain")
    if settings.MEDIA_ELSEWHERE:
        return HttpResponsePermanentRedirect(settings.MEDIA_URL + name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return _not_made(name)
    response = FileResponse(file, content_type=FORMATS[PurePath(name).suffix[1:]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


GREY = (
    '<svg xmlns="http://www.w3.org/2000/svg"><rect width="100%" height="100%" fill="#8884"/></svg>'
)


def _not_made(name):
    """A grey placeholder for a rendition that is still being made; 404 for any other name."""
    _folder, token, _file = name.split("/")
    if not Photo.objects.filter(token=token).exists():
        return HttpResponseNotFound(content_type="text/plain")
    response = HttpResponse(GREY, content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
