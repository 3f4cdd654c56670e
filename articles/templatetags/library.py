"""What the desk's own pages show of the picture library."""

from django import template

from ..library.photo import Photo
from ..library.pictures.renditions import Rendition, at_least, renditions

register = template.Library()

CARD_WIDTH = 480
"""Twice a card's on the page, for screens of double density."""


@register.filter
def thumb(photo: Photo) -> Rendition | None:
    """The rendition that a card shows of a photo, if there is one."""
    files = renditions(photo.as_picture(), "3x2")
    return at_least(files, CARD_WIDTH) if files else None
