"""Sealed stories: the words of killed ones, for the lawyer alone."""

import json
import zlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post


class SealedStory(models.Model):
    """All that was ever written of a killed story.

    Nothing reads it but `open_sealed`, and stray_files the names of its originals. The words are
    packed, so that no search in the database finds them, and no dump holds them.
    """

    post = models.OneToOneField(
        Post, primary_key=True, on_delete=models.PROTECT, related_name="sealed"
    )
    packed = models.BinaryField(null=True, serialize=False)
    sealed_at = models.DateTimeField(_("sealed"))

    class Meta:
        verbose_name = _("sealed story")
        verbose_name_plural = _("sealed stories")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.post_id)

    @property
    def contents(self) -> dict[str, Any]:
        """What `gather` sealed; nothing where a dump brought the row."""
        return json.loads(zlib.decompress(bytes(self.packed))) if self.packed else {}


# As of a tombstone.
SealedStory._meta.get_field("post").serialize = True  # type: ignore[attr-defined]


def pack(contents: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(contents, cls=DjangoJSONEncoder).encode(), level=9)


def originals_kept() -> set[str]:
    """The names of the original files of pictures that went with a killed story."""
    return {name for row in SealedStory.objects.all() for name in row.contents.get("originals", ())}
