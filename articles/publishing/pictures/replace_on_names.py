"""Putting one picture in another's place on topics and authors, whose pages follow at once, and as
the poster of films."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from ...library.author import Author
from ...library.photo import Photo
from ...library.recording import Recording
from ...library.topic import Topic
from ..invalidation.affected_keys import keys_of_photo
from ..invalidation.invalidate import invalidate


class Names(NamedTuple):
    """Topics, authors and films with a picture: those that somebody may change, and others."""

    allowed: list[Topic | Author | Recording]
    barred: list[Topic | Author | Recording]


PLACES = ((Topic, "picture", "name"), (Author, "picture", "name"), (Recording, "poster", "title"))
"""(model, its field with a picture, what its rows are ordered by)"""


def names_with(photo: Photo, *, by: User) -> Names:
    """What has a picture; three queries."""
    names = Names([], [])
    for model, field, order in PLACES:
        rows = model._base_manager.filter(**{field: photo}).order_by(order, "pk")
        may_change = by.has_perm(f"articles.change_{model._meta.model_name}")
        (names.allowed if may_change else names.barred).extend(rows)
    return names


@transaction.atomic
def replace_on_names(old: Photo, new: Photo, *, by: User) -> Names:
    """Put `new` where topics, authors and films have `old`, those that this person may change."""
    names = names_with(old, by=by)
    for model, field, _order in PLACES:
        keys = [row.pk for row in names.allowed if isinstance(row, model)]
        model._base_manager.filter(**{"pk__in": keys, field: old}).update(**{field: new})
    if names.allowed:
        invalidate(keys_of_photo(new))
    return names
