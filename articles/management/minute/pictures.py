"""The files of pictures: new credits in them, and those that killed uploads left removed."""

import datetime as dt
import time
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.library.photo import Photo
from articles.library.uploads.store import make_missing_renditions
from articles.publishing.machine.run import Done
from articles.publishing.stray_files import stray_files

AGE = dt.timedelta(days=7)
"""Younger ones may wait: somebody may be restoring a backup, or moving pictures."""
MOST = 1_000
"""Of more files than that something else is the matter, such as another site's folder."""


READ_AT_ONCE = 5_000
AT_MOST = 20  # seconds of a minute


class TooMany(Exception):
    """So many files are strays that a person has to look."""


def remove_strays(now, place):
    found = []
    for stray in stray_files(now, age=AGE):
        found.append(stray)
        if len(found) > MOST:
            raise TooMany(
                _(
                    "More than %d picture files belong to no picture of this database; nothing was "
                    "removed. Are the folders another site's? manage.py stray_files lists them."
                )
                % MOST
            )
    for stray in found:
        stray.remove()
    if not found:
        return Done(_("No stray files."))
    said = ngettext("%d stray file removed.", "%d stray files removed.", len(found))
    return Done(said % len(found), notable=True)


def make_renditions(now, place):
    """The files of pictures whose credit or copyright is another than they carry; `place` is the
    last picture that was looked at, while some are left."""
    index_words()
    until, made, last = time.monotonic() + AT_MOST, 0, int(place or 0)
    while rows := words_after(last):
        for last, photo in rows:
            if photo is not None:
                made += was_made(photo)
            if time.monotonic() > until:
                return done_with(made, str(last))
    return done_with(made, "")


def index_words():
    """Have the library find pictures that an older release took in while this one was starting."""
    for photo in Photo.objects.filter(words="")[:READ_AT_ONCE]:
        photo.save(update_fields=["words"])


def words_after(last):
    """The next pictures by their keys: (key, photo), without the photo where nothing is to do."""
    photos = Photo.objects.filter(pk__gt=last).order_by("pk").defer("words")
    return [
        (photo.pk, None if photo.is_marked and photo.look else photo)
        for photo in photos[:READ_AT_ONCE]
    ]


def was_made(photo):
    # An original that is lost or cannot be read keeps the files that there are.
    with suppress(FileNotFoundError, ValueError, ValidationError):
        return make_missing_renditions(photo)
    return False


def done_with(made, place):
    if not made:
        return Done(_("All pictures carry their credit."), place=place, more=bool(place))
    said = ngettext("The files of %d picture.", "The files of %d pictures.", made) % made
    return Done(said, notable=True, place=place, more=bool(place))
