"""Pictures for search engines and sharing sites."""

from django.conf import settings
from django.templatetags.static import static

from ...library.pictures.in_blocks import pictures_in
from ...library.pictures.renditions import for_sharing, is_for_others
from ...publishing.editions.withheld import picture_now
from ...publishing.urls import absolute
from .json_ld import without_empty

SHAPES = ("16x9", "4x3", "square")


SHARING_IMAGE, SHARING_IMAGE_SIZE = "share.png", (1200, 630)
"""The site's own picture, for pages that have none, and its size."""


def picture_of(edition):
    """The picture that a whole edition is shared with: the lead, else the first in its body that is
    for others."""
    lead = picture_now(edition, edition.picture)
    if is_for_others(lead):
        return lead
    blocks = edition.document["regions"]["body"]
    pictures = (picture_now(edition, each["picture"]) for each in pictures_in(blocks))
    return next(filter(is_for_others, pictures), None)


def sharing_image(picture, request):
    """What a page is shared with, its picture or the site's own: {url, width, height, alt}."""
    if image := largest(picture, "16x9", request):
        return image | {"alt": picture["alt"]}
    width, height = SHARING_IMAGE_SIZE
    url = absolute(static(SHARING_IMAGE), request)
    return {"url": url, "width": width, "height": height, "alt": settings.SITE_NAME}


def largest(picture, shape, request):
    """The largest rendition in a shape, that every program reads: {url, width, height}, or None."""
    file = for_sharing(picture, shape)
    if file is None:
        return None
    return {"url": absolute(file.url, request), "width": file.width, "height": file.height}


def image_objects(picture, request):
    """A picture in each shape, with its caption and whom to credit, in schema.org's words."""
    words = {"caption": picture["caption"], "creditText": picture["credit"]} if picture else {}
    return [
        without_empty({"@type": "ImageObject", **image, **words})
        for shape in SHAPES
        if (image := largest(picture, shape, request))
    ]
