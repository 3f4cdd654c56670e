"""Pictures for readers, where no server in front answers for them."""

import re
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseNotFound, HttpResponsePermanentRedirect

from ..library.renditions import FORMATS
from .read_only import read_only

RENDITION = re.compile(rf"renditions/[\w-]{{1,64}}/[\w-]{{1,40}}\.({'|'.join(FORMATS)})", re.ASCII)


@read_only
def rendition(request, name):
    """A rendition as it lies in storage; its name never comes to mean another picture.

    Where pictures are elsewhere, the way there: pages published before they moved name this.
    """
    if not RENDITION.fullmatch(name):
        return HttpResponseNotFound(content_type="text/plain")
    if settings.MEDIA_ELSEWHERE:
        return HttpResponsePermanentRedirect(settings.MEDIA_URL + name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return HttpResponseNotFound(content_type="text/plain")
    response = FileResponse(file, content_type=FORMATS[PurePath(name).suffix[1:]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
