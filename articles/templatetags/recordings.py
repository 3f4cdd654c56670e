"""What pages show of films and sounds. Nothing here queries the database."""

from django import template
from django.conf import settings

from ..library.pictures.renditions import PictureDict, at_least, renditions
from ..library.recording import RecordingDict
from ..library.recordings.kinds import captions_name, length_of

register = template.Library()
register.filter("length", length_of)

POSTER_WIDTH = 800
"""The column of text is 680 pixels wide."""

FRAMES = {
    "21x9": 21 / 9,
    "16x9": 16 / 9,
    "3x2": 3 / 2,
    "4x3": 4 / 3,
    "1x1": 1,
    "4x5": 4 / 5,
    "9x16": 9 / 16,
}
"""The shapes that a film may take on a page; what differs a little has bars at its sides."""

CROPS = {"16x9": "16x9", "3x2": "3x2", "4x3": "4x3"}
"""The shapes of films in which pictures are cropped, too."""

OWN_MEDIA = "/media/"
"""Browsers take captions from the site itself alone, wherever films are."""


@register.filter
def media_url(recording: RecordingDict) -> str:
    return settings.MEDIA_URL + recording["name"]


@register.filter
def captions_url(recording: RecordingDict) -> str:
    return OWN_MEDIA + captions_name(recording["token"], recording["captions"])


@register.simple_tag
def poster_url(picture: PictureDict | None, recording: RecordingDict) -> str:
    """The picture that stands for a film, cropped as the film is where there is such a shape; ""
    for none."""
    if not picture:
        return ""
    shape = CROPS.get(frame(recording), "whole")
    files = renditions(picture, shape) or renditions(picture, shape, "jpg")
    files = files or renditions(picture, "whole")
    return at_least(files, POSTER_WIDTH).url if files else ""


@register.filter
def frame(recording: RecordingDict) -> str:
    """The name of the shape that is nearest to a film's."""
    ratio = recording["width"] / recording["height"] if recording["height"] else FRAMES["16x9"]
    return min(FRAMES, key=lambda name: abs(FRAMES[name] / ratio - 1))
