"""Putting one picture in another's place on topics and authors, whose pages follow at once."""

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from ...library.author import Author
from ...library.photo import Photo
from ...library.topic import Topic
from ..invalidation.affected_keys import keys_of_photo
from ..invalidation.invalidate import invalidate


class Names(NamedTuple):
    """Topics and authors with a picture: those that somebody may change, and others."""

    allowed: list[Topic | Author]
    barred: list[Topic | Author]


def names_with(photo: Photo, *, by: User) -> Names:
    """The topics and authors that have a picture; two queries."""
    names = Names([], [])
    for model in (Topic, Author):
        rows = model._base_manager.filter(picture=photo).order_by("name", "pk")
        may_change = by.has_perm(f"articles.change_{model._meta.model_name}")
        (names.allowed if may_change else names.barred).extend(rows)
    return names


@transaction.atomic
def replace_on_names(old: Photo, new: Photo, *, by: User) -> Names:
    """Put `new` where topics and authors have `old`, those that this person may change."""
    names = names_with(old, by=by)
    for model in (Topic, Author):
        keys = [row.pk for row in names.allowed if isinstance(row, model)]
        model._base_manager.filter(pk__in=keys, picture=old).update(picture=new)
    if names.allowed:
        invalidate(keys_of_photo(new))
    return names
