"""Sections: politics, world, sport."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField, WordsField
from .natural import by_natural_key
from .paths import path_of


class Section(models.Model):
    """The desk that owns a story, and a place in the navigation."""

    name = LineField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = WordsField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position in the navigation"), default=0)

    objects = by_natural_key("slug")()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_of("section", self.slug)
