"""Which films and sounds an edition plays: none of them is deleted while an edition names it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from ...desk.blocks import Film, Sound
from ...library.recording import Recording
from .edition import Edition


class RecordingUse(models.Model):
    """A recording in an edition. It follows from the edition's words."""

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="uses")
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="recording_uses", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "recording"], name="recording_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} in {self.edition_id}"


def store_recording_uses(editions: Iterable[Edition], blocks: dict[int, list[Any]]) -> None:
    """Record the uses in new editions, made of these blocks by post; no query if there are none."""
    if found := list(recording_uses_of(editions, blocks)):
        RecordingUse.objects.bulk_create(RecordingUse(**use) for use in found)


def recording_uses_of(
    editions: Iterable[Edition], blocks: dict[int, list[Any]]
) -> Iterator[dict[str, int]]:
    """The column values of the uses in editions, made of these blocks by post."""
    for edition in editions:
        played = [each for each in blocks[edition.post_id] if isinstance(each, Film | Sound)]
        for key in dict.fromkeys(block.recording_id for block in played):
            yield {"edition_id": edition.pk, "recording_id": key}


def complete_recording_uses(editions: Iterable[Edition]) -> None:
    """Record the uses in stored editions whose blocks are not at hand, by the names in them."""
    named = {edition.pk: slugs_in(edition.document) for edition in editions}
    wanted = {slug for slugs in named.values() for slug in slugs}
    if not wanted:
        return
    keys = dict(Recording.objects.filter(slug__in=wanted).values_list("slug", "pk"))
    RecordingUse.objects.bulk_create(
        (
            RecordingUse(edition_id=edition, recording_id=keys[slug])
            for edition, slugs in named.items()
            for slug in slugs
            if slug in keys
        ),
        ignore_conflicts=True,
    )


def slugs_in(document: dict[str, Any]) -> set[str]:
    blocks = (block for region in document["regions"].values() for block in region)
    return {block["recording"]["slug"] for block in blocks if block.get("recording")}
