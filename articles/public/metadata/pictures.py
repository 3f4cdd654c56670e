"""Pictures for search engines and sharing sites."""

from ...library.renditions import renditions
from ...publishing.feed_addresses import absolute
from .json_ld import without_empty

SHAPES = ("16x9", "4x3", "square")


def largest(picture, shape, request):
    """The largest rendition in a shape: {url, width, height}, or None."""
    files = renditions(picture, shape) if picture else []
    if not files:
        return None
    url = absolute(files[-1].url, request)
    return {"url": url, "width": files[-1].width, "height": files[-1].height}


def image_objects(picture, request):
    """A picture in each shape, with its caption and whom to credit, in schema.org's words."""
    words = {"caption": picture["caption"], "creditText": picture["credit"]} if picture else {}
    return [
        without_empty({"@type": "ImageObject", **image, **words})
        for shape in SHAPES
        if (image := largest(picture, shape, request))
    ]
