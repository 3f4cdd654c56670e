"""The parts of a story's page that were rendered when it was published."""

from django.db import models
from django.dispatch import Signal

from .edition import Edition

editions_made = Signal()
"""Sent with `editions`, in the transaction that made them."""


class StoryParts(models.Model):
    """The head of an edition's page, and its article above and below its body, as HTML.

    They are right only while the page would be made with what they were: `made_with` is a hash of
    the code, the settings and the names of others that they show. No part holds a host; where an
    absolute URL begins stands ORIGIN (see public/pages/story/parts.py).
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="parts"
    )
    made_with = models.CharField(max_length=32)
    packed = models.BinaryField(help_text="The parts, as JSON, compressed by zlib.")

    def __str__(self) -> str:
        return f"{self.edition_id} ({self.made_with})"
