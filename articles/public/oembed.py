"""oEmbed: how other sites show a link to one of our stories (https://oembed.com/)."""

import json
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from ..library.naming.slugs import tidy
from ..library.pictures.renditions import is_for_others, renditions
from ..publishing.editions.edition import Edition
from ..publishing.editions.listing import with_author_slugs
from ..publishing.editions.packing import WORDS
from ..publishing.editions.withheld import picture_now, with_withheld
from ..publishing.urls import absolute
from .pages.archive import valid_day
from .public_view import public_view
from .xml_text import xml_safe

MAX_URL_LENGTH = 2_000


class BadRequest(Exception):
    """The parameters make no sense; the words say which."""


@public_view
def oembed(request):
    """What is to be shown of the story at `?url=`, as JSON or XML: a link with a thumbnail."""
    at = timezone.now()
    form = request.GET.get("format", "json")
    try:
        if form not in FORMATS:
            raise BadRequest("format is json or xml")
        size = max_size(request)
        path = site_path(request.GET.get("url", ""), request)
    except BadRequest as error:
        return text_response(str(error), status=400)
    edition = edition_at(path, at=at)
    if edition is None:
        return text_response("no such story", status=404)
    write, content_type = FORMATS[form]
    response = HttpResponse(write(oembed_link(edition, request, size)), content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def text_response(words, *, status):
    return HttpResponse(words + "\n", status=status, content_type="text/plain; charset=utf-8")


def max_size(request):
    """The largest width and height asked for, in pixels; None where any will do."""
    sizes = []
    for name in ("maxwidth", "maxheight"):
        value = request.GET.get(name, "")
        if value and not (value.isascii() and value.isdigit() and int(value[:9]) > 0):
            raise BadRequest(f"{name} is a number of pixels")
        sizes.append(int(value[:9]) if value else None)
    return sizes


def site_path(url, request):
    """The path of one of our addresses. Raises BadRequest for what is none."""
    if not url:
        raise BadRequest("url is missing")
    try:
        parts = urlsplit(url[: MAX_URL_LENGTH + 1])
        own = {request.get_host(), urlsplit(settings.SITE_URL).netloc}
    except ValueError as error:
        raise BadRequest("url is no address") from error
    if len(url) > MAX_URL_LENGTH or parts.scheme not in {"http", "https"}:
        raise BadRequest("url is no address of a story here")
    return tidy(unquote(parts.path)) if parts.netloc in own else ""


def edition_at(path, *, at):
    """The live edition of the story that has, or once had, this path; or None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name != "story":
        return None
    names = match.kwargs
    try:
        posted_on = valid_day(names["year"], names["month"], names["day"])
    except Http404:
        return None
    once_here = Edition.objects.filter(
        posted_on=posted_on, slug=names["slug"], live_from__lte=at
    ).values("post")
    editions = Edition.objects.live(at).filter(post__in=once_here).defer(*WORDS)
    return with_withheld(with_author_slugs(editions)).order_by("pk").first()


def oembed_link(edition, request, size):
    """A story as oEmbed's `link`, its thumbnail no larger than asked for."""
    answer = {
        "version": "1.0",
        "type": "link",
        "title": edition.headline,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute(reverse("front"), request),
    }
    if people := edition.live_byline["authors"]:
        answer["author_name"] = ", ".join(author["name"] for author in people)
        if len(people) == 1:
            path = reverse("author", args=[people[0]["slug"]])
            answer["author_url"] = absolute(path, request)
    elif edition.byline["text"]:
        answer["author_name"] = edition.byline["text"]
    if thumbnail := thumbnail_of(picture_now(edition, edition.picture), size):
        answer["thumbnail_url"] = absolute(thumbnail.url, request)
        answer["thumbnail_width"] = thumbnail.width
        answer["thumbnail_height"] = thumbnail.height
    return answer


def thumbnail_of(picture, size):
    """The largest fitting rendition of the lead picture up to the middle sizes, or None."""
    width, height = size
    fitting = [
        file
        for file in (renditions(picture, "3x2") if is_for_others(picture) else [])
        if file.width <= (width or 800) and file.height <= (height or file.height)
    ]
    return fitting[-1] if fitting else None


def as_xml(answer):
    """The answer as XML."""
    inside = "".join(
        f"<{name}>{escape(xml_safe(str(value)))}</{name}>" for name, value in answer.items()
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{inside}</oembed>\n'


FORMATS = {
    "json": (json.dumps, "application/json"),
    "xml": (as_xml, "text/xml; charset=utf-8"),
}
