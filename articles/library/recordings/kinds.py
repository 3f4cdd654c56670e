"""The kinds of files of films and sounds, and where each is kept."""

import re

FILM, SOUND = "film", "sound"

MEDIA_TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "vtt": "text/vtt",
}
"""Suffix of a stored file → how it is served."""

FOLDER = "recordings"
NAME = re.compile(rf"{FOLDER}/[\w-]{{1,64}}/[\w-]{{1,40}}\.({'|'.join(MEDIA_TYPES)})", re.ASCII)
"""The name of any file of a recording, in storage."""


def sort_of(suffix: str) -> str:
    return FILM if MEDIA_TYPES[suffix].startswith("video/") else SOUND


def file_name(token: str, suffix: str) -> str:
    """Where a film or sound is stored: in the folder of its token, which nobody can guess."""
    return f"{FOLDER}/{token}/{sort_of(suffix)}.{suffix}"


def captions_name(token: str, mark: str) -> str:
    """Where captions are stored: what is cached for ever is never written over."""
    return f"{FOLDER}/{token}/{mark}.vtt"


def length_of(seconds: int) -> str:
    """1:05:09 or 2:05; "" where it is not known."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
