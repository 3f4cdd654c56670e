"""Film: a film of our own, played on the page."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.photo import Photo
from ...library.recording import FILM
from .recording_block import RecordingBlock


class Film(RecordingBlock):
    """A film of the library, with the words that it carries here."""

    kind = "film"
    sort = FILM

    class Meta(RecordingBlock.Meta):
        verbose_name = _("film")
        verbose_name_plural = _("films")

    def missing(self, on: dt.date | None) -> list[str]:
        film, title, found = self.recording, self.summary(), []
        if not (film.captions or film.no_speech):
            sentence = gettext("The film “%s” has no captions and is not marked “no speech”.")
            found.append(sentence % title)
        if film.poster is None:
            return [*found, gettext("The film “%s” has no poster.") % title]
        return [*found, *poster_faults(film.poster, title, on)]


def poster_faults(poster: Photo, title: str, on: dt.date | None) -> list[str]:
    """What keeps a picture from being the poster of a film on a day, as sentences."""
    found = []
    if not (poster.alt or poster.decorative):
        found.append(gettext("The poster of the film “%s” has no alt text."))
    if poster.rights_ended(on):
        found.append(gettext("The rights to the poster of the film “%s” end before that day."))
    return [sentence % title for sentence in found]
