"""Sections: politics, world, sport."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .fields import LineField, WordsField
from .naming.addressed import Addressed, AddressedManager
from .naming.names import name_key
from .naming.slugs import SlugField


class Section(Addressed):
    """A department of the newsroom, and a place in the navigation."""

    name = LineField(_("name"), max_length=60, unique=True)
    slug = SlugField(_("address"), max_length=60, unique=True)
    description = WordsField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position in the navigation"), default=0)

    objects = AddressedManager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def clean(self) -> None:
        super().clean()
        before = Section.objects.filter(pk=self.pk).values_list("name", flat=True).first()
        # A section stored by other means can still be edited.
        if name_key(self.name) != name_key(before or ""):
            self.refuse_taken_name()

    def refuse_taken_name(self) -> None:
        """Raise ValidationError when another section has this name, in whatever spelling."""
        # There are few, so they are compared here.
        others = Section.objects.exclude(pk=self.pk).values_list("name", flat=True)
        if name_key(self.name) in map(name_key, others):
            raise ValidationError({"name": gettext("There is a section of this name already.")})
