"""What a change of a picture's words or rights means elsewhere."""

import datetime as dt

from django.contrib.auth.models import User

from ...desk.search.index import index_named
from ...library.photo import Photo
from ..invalidation.affected_keys import keys_of_photo
from ..invalidation.invalidate import invalidate
from ..steps.hold_back import HeldBack, hold_back_refused
from .where_used import posts_with


def follow_change(photo: Photo, *, by: User, now: dt.datetime, is_reworded: bool) -> list[HeldBack]:
    """Invalidate the pages of a picture that was changed, have the desk find its stories by new
    words, and hold back scheduled stories that may not be published so. Returns those."""
    invalidate(keys_of_photo(photo))
    if is_reworded:
        index_named(posts_with(photo))
    return hold_back_refused(by=by, photo=photo, now=now)
