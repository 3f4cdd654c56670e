"""Films and sounds in schema.org's words."""

from django.conf import settings

from ...library.date_formats import local
from ...library.recording import FILM
from ...publishing.editions.withheld import picture_now
from ...publishing.urls import absolute
from .json_ld import without_empty
from .pictures import largest


def recording_objects(edition, request):
    """The films and sounds of a whole edition: {video: [VideoObject], audio: [AudioObject]}."""
    blocks = [block for block in edition.document["regions"]["body"] if "recording" in block]
    films = [block for block in blocks if block["kind"] == FILM]
    sounds = [block for block in blocks if block["kind"] != FILM]
    return {
        "video": [film_object(block, edition, request) for block in films],
        "audio": [sound_object(block, edition, request) for block in sounds],
    }


def film_object(block, edition, request):
    film, poster = block["recording"], picture_now(edition, block["picture"])
    still = largest(poster, "16x9", request)
    return without_empty(
        {
            "@type": "VideoObject",
            **common(film, edition, request),
            "thumbnailUrl": still and still["url"],
            "width": film["width"],
            "height": film["height"],
        }
    )


def sound_object(block, edition, request):
    return without_empty({"@type": "AudioObject", **common(block["recording"], edition, request)})


def common(recording, edition, request):
    return {
        "name": recording["title"],
        "description": recording["caption"] or recording["title"],
        "creditText": recording["credit"],
        "contentUrl": absolute(settings.MEDIA_URL + recording["name"], request),
        "encodingFormat": recording["media_type"],
        "contentSize": recording["bytes"] and str(recording["bytes"]),
        "duration": duration(recording["seconds"]),
        "uploadDate": local(edition.published_at).isoformat(timespec="seconds"),
    }


def duration(seconds):
    """A length as ISO 8601 writes it; "" where it is not known."""
    return f"PT{seconds}S" if seconds else ""
