"""Pictures for search engines and sharing sites."""

from ...library.renditions import for_sharing
from ...publishing.feed_addresses import absolute
from .json_ld import without_empty

SHAPES = ("16x9", "4x3", "square")


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
