"""What templates of the site say about days and pictures. Nothing here asks the database."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html

from ..library.renditions import renditions

register = template.Library()

# How wide a picture stands on the page, by the place where it stands.
SIZES = {
    "lead": "(min-width: 64rem) 44rem, 100vw",
    "body": "(min-width: 48rem) 40rem, 100vw",
    "second": "(min-width: 48rem) 20rem, 100vw",
    "topic": "(min-width: 64rem) 30rem, 100vw",
    "portrait": "10rem",
    "row": "(min-width: 48rem) 15rem, 40vw",
}
USUAL_WIDTH = 800


@register.filter
def day(moment):
    """A moment's day (or a day) where the newsroom is: 13 December 2016."""
    return format_date(_here(moment), "j F Y") if moment else ""


@register.filter
def clock(moment):
    """A moment's time of day where the newsroom is: 16:42."""
    return format_date(_here(moment), "H:i") if moment else ""


@register.filter
def machine_moment(moment):
    """A moment for the datetime attribute, in ISO 8601."""
    return _here(moment).isoformat() if moment else ""


def _here(moment):
    if isinstance(moment, dt.datetime):
        return timezone.localtime(moment, timezone.get_default_timezone())
    return moment


@register.simple_tag
def picture(picture, shape, sizes="body", loading="lazy"):
    """An <img> for a picture, as `Photo.as_picture` gives it; nothing when there is no file.

    `sizes` names a place in SIZES, or is a value for the attribute itself.
    """
    files = renditions(picture, shape) if picture else []
    if not files:
        return ""
    usual = next((file for file in files if file.width >= USUAL_WIDTH), files[-1])
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="{}"'
        ' decoding="async">',
        usual.url,
        ", ".join(f"{file.url} {file.width}w" for file in files),
        SIZES.get(sizes, sizes),
        usual.width,
        usual.height,
        picture["alt"],
        loading,
    )
