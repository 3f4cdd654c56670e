"""Pictures that are in the library twice: the same file, or one that looks the same."""

from collections.abc import Iterable
from itertools import combinations

from django.db.models import Q
from django.db.models.functions import Substr

from .photo import Photo, PhotoQuerySet
from .pictures.look import BAND, NEAR, distance, look_parts

MOST_ALIKE = 8
MOST_CANDIDATES = 500
MOST_COMPARED = 4_000
MOST_GROUPS = 40
MARKS = ("look", "content_hash")
NEWEST = 300
"""Pictures added last whose doubles are looked for in all of the library."""
PLAIN = {"0" * 16, "f" * 16}
"""The looks of pictures of one colour, which say nothing."""


def alike(photo: Photo) -> list[Photo]:
    """Pictures of the same file or of nearly the same look, the likest first."""
    photos = Photo.objects.in_library().exclude(pk=photo.pk)
    found = _sharing(photos, [photo])[:MOST_CANDIDATES]
    near = [(likeness, other) for other in found if (likeness := unlike(photo, other)) <= NEAR]
    return [other for _likeness, other in sorted(near, key=_order)[:MOST_ALIKE]]


def _order(pair: tuple[int, Photo]) -> tuple[int, int]:
    return pair[0], -pair[1].pk


def unlike(photo: Photo, other: Photo) -> int:
    """0 for the same file, else one more than the bits in which their looks differ."""
    if photo.content_hash and photo.content_hash == other.content_hash:
        return 0
    if photo.look in PLAIN or not (photo.look and other.look):
        return NEAR + 1
    return distance(photo.look, other.look) + 1


def doubles() -> list[list[Photo]]:
    """Groups of pictures that are alike, of which one at least is among the newest; the newest
    group first."""
    newest = list(Photo.objects.in_library().newest_first().only(*MARKS)[:NEWEST])
    found = _sharing(Photo.objects.in_library().only(*MARKS), newest)[:MOST_COMPARED]
    groups = _groups({photo.pk: photo for photo in [*newest, *found]})
    photos = Photo.objects.defer("words").in_bulk(set().union(*groups))
    return [[photos[key] for key in sorted(group)] for group in groups]


def _groups(photos: dict[int, Photo]) -> list[set[int]]:
    """The keys of pictures that are alike, directly or by way of another."""
    groups: dict[int, set[int]] = {key: {key} for key in photos}
    for one, other in _pairs(photos.values()):
        if groups[one.pk] is not groups[other.pk] and unlike(one, other) <= NEAR:
            joined = groups[one.pk] | groups[other.pk]
            groups |= dict.fromkeys(joined, joined)
    several = {id(group): group for group in groups.values() if len(group) > 1}
    return sorted(several.values(), key=max, reverse=True)[:MOST_GROUPS]


def _pairs(photos: Iterable[Photo]) -> set[tuple[Photo, Photo]]:
    """Pairs with the same fingerprint or a part of their looks in common."""
    shared: dict[object, list[Photo]] = {}
    for photo in photos:
        for mark in (photo.content_hash, *_parts_of(photo)):
            if mark:
                shared.setdefault(mark, []).append(photo)
    return {pair for same in shared.values() for pair in combinations(same[:40], 2)}


def _parts_of(photo: Photo) -> list[tuple[int, str]]:
    if not photo.look or photo.look in PLAIN:
        return []
    return [(start, photo.look[start - 1 : start - 1 + BAND]) for start in look_parts()]


def _sharing(photos: PhotoQuerySet, with_these: list[Photo]) -> PhotoQuerySet:
    """Photos with the file of one of these, or with a part of its look."""
    condition = Q(content_hash__in={photo.content_hash for photo in with_these} - {""})
    parts: dict[int, set[str]] = {}
    for photo in with_these:
        for start, part in _parts_of(photo):
            parts.setdefault(start, set()).add(part)
    for start, wanted in parts.items():
        name = f"part_{start}"
        photos = photos.alias(**{name: Substr("look", start, BAND)})
        condition |= Q(**{f"{name}__in": wanted})
    # In no order: the planner would rather walk along one than trust these indexes.
    return photos.filter(condition).order_by()
