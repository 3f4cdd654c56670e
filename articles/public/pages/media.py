"""Serves renditions, films and sounds, if neither a front server nor a bucket does."""

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
from ...library.recordings.kinds import MEDIA_TYPES
from ...library.recordings.kinds import NAME as RECORDING
from ..http.ranges import ranged_response
from ..http.read_only import read_only

RENDITION = re.compile(rf"renditions/[\w-]{{1,64}}/[\w-]{{1,40}}\.({'|'.join(FORMATS)})", re.ASCII)


@read_only
def media(request, name):
    """A rendition, film or sound from storage, cacheable for ever because its file never changes.

    Redirects to NEWSROOM_MEDIA_URL if that is elsewhere, for pages published before the move.
    """
    if RECORDING.fullmatch(name):
        return recording(request, name)
    if not RENDITION.fullmatch(name):
        return HttpResponseNotFound(content_type="text/plain")
    if settings.MEDIA_ELSEWHERE:
        return HttpResponsePermanentRedirect(settings.MEDIA_URL + name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return _not_made(name)
    response = FileResponse(file, content_type=FORMATS[PurePath(name).suffix[1:]])
    return for_ever(response)


def recording(request, name):
    """A film, a sound or captions, whole or those parts that are asked for.

    Captions are always sent from here: browsers take them from the site itself alone.
    """
    suffix = PurePath(name).suffix[1:]
    if settings.MEDIA_ELSEWHERE and suffix != "vtt":
        return HttpResponsePermanentRedirect(settings.MEDIA_URL + name)
    try:
        file, size = default_storage.open(name), default_storage.size(name)
    except FileNotFoundError:
        return HttpResponseNotFound(content_type="text/plain")
    return for_ever(ranged_response(request, file, size, MEDIA_TYPES[suffix], etag=f'"{name}"'))


def for_ever(response):
    """Cacheable for ever, and taken for nothing else than it is."""
    if response.status_code in {200, 206, 304}:
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
