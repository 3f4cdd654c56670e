"""Authors: the people named in bylines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField, WordsField
from .naming.addressed import Addressed, AddressedManager
from .naming.names import NameKeyField
from .naming.slugs import SlugField


class Author(Addressed):
    """A person in bylines, with or without an account."""

    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("address"), max_length=120, unique=True)
    # Two people may have one name, so the key is not unique.
    name_key = NameKeyField(db_index=True)
    bio = WordsField(_("about"), blank=True)
    picture = models.ForeignKey(
        "articles.Photo",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sign-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
    )

    objects = AddressedManager()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
