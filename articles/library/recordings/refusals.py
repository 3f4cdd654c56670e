"""Why a film, a sound or captions are refused, in messages for whoever uploaded them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MESSAGES = {
    "empty": _("This file is empty."),
    "too_many_bytes": _(
        "This file is larger than %(most)s MB. Export it smaller, and upload it again."
    ),
    "damaged": _("This file is damaged or incomplete. Ask for it again."),
    "quicktime": _("This is a QuickTime film, which many browsers do not play. Export it as MP4."),
    "matroska": _(
        "This film is in Matroska, which browsers do not play. Export it as MP4 or WebM."
    ),
    "film_codec": _("Many browsers do not play this film. Export it as MP4 with H.264 and AAC."),
    "sound_codec": _("Many browsers do not play this sound. Export it as MP3, or with AAC."),
    "webm_sound": _("This WebM has no picture. Export the sound as MP3, M4A or OGG."),
    "ogg_film": _("Films in OGG are not accepted. Export it as MP4 or WebM."),
    "unknown_kind": _(
        "This file is no film or sound that can be used. Send MP4 or WebM; MP3, M4A or OGG."
    ),
    "known": _("This recording is in the library already: “%(name)s”."),
    "no_room": _(
        "The recording could not be stored: there is no room where films and sounds are kept, or it"
        " cannot be reached. Nothing was kept of it. Tell whoever looks after the site, and try"
        " again."
    ),
    "captions_size": _("These captions are longer than captions of a film are."),
    "captions_text": _("This is no text in UTF-8. Export the captions as WebVTT."),
    "captions_srt": _("These captions are in SRT. Export them as WebVTT (.vtt)."),
    "captions_head": _("Captions begin with the line WEBVTT. Export them as WebVTT (.vtt)."),
    "captions_none": _("These captions say nothing: there is no cue with words."),
    "captions_time": _(
        "Line %(line)s of the captions: “%(words)s” is no time of a cue in WebVTT, such"
        " as 00:01.000 --> 00:04.000."
    ),
    "captions_order": _(
        "Line %(line)s of the captions: this cue ends before it begins, or begins before the one"
        " above it."
    ),
    "captions_long": _(
        "These captions go on after the film has ended: they may be those of another film."
    ),
}


def refusal(code: str, **figures: Any) -> ValidationError:
    """A ValidationError with this code and its message."""
    return ValidationError(gettext(MESSAGES[code]) % figures, code=code)
