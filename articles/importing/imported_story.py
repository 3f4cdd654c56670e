"""What was imported as what: the memory of imports."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..desk.post import Post
from ..library.natural_keys import NaturalKeyManager
from ..library.photo import Photo

LONGEST_ID = 120
"""Characters of an id that the post itself has room for."""


class ImportedStory(models.Model):
    """A story of another site and the post that it became.

    `post` is empty when it was deleted here: it does not come back. `version` and `status` are
    those that the import left the post with; where the post has others, somebody worked on it.
    """

    source = models.CharField(_("source"), max_length=60)
    reference = models.TextField(_("id on the other site"))
    reference_hash = models.CharField(max_length=64)
    post = models.OneToOneField(
        Post,
        verbose_name=_("story"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="imported",
    )
    # Empty while its post is only promised: others link to it, and it has not come yet.
    fingerprint = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=12)
    # The pictures that did not come, as [address, id there]: later runs look for them again.
    missing = models.JSONField(null=True)
    # What the other site says now of a story that was changed here as well.
    theirs = models.JSONField(null=True)
    theirs_fingerprint = models.CharField(max_length=64, blank=True)

    objects = NaturalKeyManager("source", "reference_hash")

    class Meta:
        verbose_name = _("imported story")
        verbose_name_plural = _("imported stories")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference_hash"], name="imported_story_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.reference[:80]}"

    def natural_key(self) -> tuple[str, str]:
        return (self.source, self.reference_hash)

    natural_key.dependencies = ["articles.post"]  # type: ignore[attr-defined]


class ImportedPicture(models.Model):
    """A photo that an import brought into the library, and where it was on the other site."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="imported")
    source = models.CharField(_("source"), max_length=60)
    address = models.CharField(_("address on the other site"), max_length=500)
    # Its alt text, caption and credit as the import left them; empty of pictures from before.
    words = models.JSONField(null=True)

    objects = NaturalKeyManager("photo__slug")

    class Meta:
        verbose_name = _("imported picture")
        verbose_name_plural = _("imported pictures")

    def __str__(self) -> str:
        return self.address

    def natural_key(self) -> tuple[str]:
        return self.photo.natural_key()

    natural_key.dependencies = ["articles.photo"]  # type: ignore[attr-defined]


def hash_of(reference: str) -> str:
    return hashlib.sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()


def source_id_of(reference: str) -> str:
    """The id as the post has it: whole, or by its hash when it is longer than the column."""
    if len(reference) <= LONGEST_ID and "\x00" not in reference:
        return reference
    return f"sha256:{hash_of(reference)}"
