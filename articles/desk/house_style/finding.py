"""What the rules of the house find in a story."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What a rule does where it finds something."""

    OFF = "off", _("Off")
    WARN = "warn", _("Warns")
    BLOCK = "block", _("Keeps from publishing")


LEVELS: dict[str, int] = {level.value: place for place, level in enumerate(Level)}
"""In the order of their strength."""


class Found(NamedTuple):
    """What one rule finds: the place (a field, or the id of a node), a sentence for the writer, the
    words there as they stand, if it is words; and a level of its own that is weaker than the
    rule's, if it has one."""

    place: str
    sentence: str
    words: str = ""
    level: str = Level.BLOCK


class Finding(NamedTuple):
    """What is wrong, by which rule, and whether it warns or keeps the story back."""

    rule: str
    level: str
    place: str
    sentence: str
    words: str = ""
