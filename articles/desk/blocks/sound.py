"""Sound: a recording of our own, heard on the page and read below it."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.recording import SOUND
from .recording_block import RecordingBlock


class Sound(RecordingBlock):
    """A sound of the library, with the words that it carries here."""

    kind = "sound"
    sort = SOUND

    class Meta(RecordingBlock.Meta):
        verbose_name = _("sound")
        verbose_name_plural = _("sounds")

    def missing(self, on: dt.date | None) -> list[str]:
        if self.recording.transcript.strip():
            return []
        return [gettext("The sound “%s” has no transcript.") % self.summary()]
