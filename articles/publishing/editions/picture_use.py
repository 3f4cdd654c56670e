"""Which pictures an edition shows: what was ever published of a photo is found at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from ...library.photo import Photo
from ...library.pictures.in_blocks import pictures_in
from .edition import Edition


class PictureUse(models.Model):
    """A photo in an edition, whatever place it has there. It follows from the edition's words, and
    goes to the other photo when two are merged."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="uses", db_index=False)
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="picture_uses", db_index=False
    )

    class Meta:
        constraints = [
            # Deleting an edition; what an edition shows that others may not.
            models.UniqueConstraint(fields=["edition", "photo"], name="picture_use_once"),
        ]
        indexes = [
            # Where a photo was used, the newest first.
            models.Index(fields=["photo", "-edition"], name="picture_use_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id} in {self.edition_id}"


def uses_of(editions: Iterable[Edition], blocks: dict[int, list[Any]]) -> Iterator[dict[str, int]]:
    """The column values of the uses in editions, made of these blocks by post."""
    for edition in editions:
        shown = (photo for block in blocks[edition.post_id] for photo in block.photos())
        kept = (photo.merged_into_id or photo.pk for photo in shown)
        for photo in dict.fromkeys(kept):
            yield {"edition_id": edition.pk, "photo_id": photo}


def complete_uses(editions: Iterable[Edition]) -> None:
    """Record the uses in stored editions whose blocks are not at hand, by the names in them."""
    named = {edition.pk: slugs_in(edition) for edition in editions}
    photos = Photo.objects.filter(slug__in={slug for slugs in named.values() for slug in slugs})
    keys = {
        slug: merged or pk for slug, pk, merged in photos.values_list("slug", "pk", "merged_into")
    }
    PictureUse.objects.bulk_create(
        (
            PictureUse(edition_id=edition, photo_id=photo)
            for edition, slugs in named.items()
            for photo in {keys[slug] for slug in slugs if slug in keys}
        ),
        ignore_conflicts=True,
    )


def slugs_in(edition: Edition) -> list[str]:
    """The slugs of the photos that an edition names."""
    if edition.refers_to:
        return edition.refers_to["photos"]
    blocks = (block for region in edition.document["regions"].values() for block in region)
    return [each["picture"]["slug"] for each in pictures_in(blocks)]
