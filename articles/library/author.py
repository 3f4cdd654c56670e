"""Authors: the people named in bylines."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .fields import LineField, WordsField
from .naming.addressed import Addressed, AddressedManager
from .naming.names import Named, NameKeyField
from .naming.slugs import SlugField
from .natural_keys import NaturalKeyManager


class AuthorManager(AddressedManager["Author"]):
    """Finds authors by slug, also by another name's, and by a pen name's."""

    def with_former_slug(self, slug: str | None) -> "models.QuerySet[Author]":
        of_alias = AuthorAlias.objects.filter(slug=slug).values("author")
        pen_names = self.filter(slug=slug, pen_name_of__isnull=False).values("pen_name_of")
        found = models.Q(former_slugs__slug=slug) | models.Q(pk__in=of_alias)
        return self.filter(found | models.Q(pk__in=pen_names)).distinct()


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

    pen_name_of = models.ForeignKey(
        "self",
        verbose_name=_("pen name of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pen_names",
        help_text=_("Bylines show this name and lead to that author, in whose list they stand."),
    )

    objects = AuthorManager()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.CheckConstraint(
                name="author_is_no_pen_name_of_itself",
                condition=models.Q(pen_name_of__isnull=True)
                | ~models.Q(pen_name_of=models.F("id")),
                violation_error_message=_("Nobody is a pen name of themselves."),
            ),
        ]

    @property
    def listed_as(self) -> int:
        # Stories under a pen name stand in the list of the author whose it is.
        return self.pen_name_of_id or self.pk

    def clean(self) -> None:
        super().clean()
        if self.pk and self.pen_name_of_id == self.pk:
            message = gettext("Nobody is a pen name of themselves.")
            raise ValidationError({"pen_name_of": message})
        if self.pen_name_of and self.pen_name_of.pen_name_of_id:
            message = gettext("“%s” is a pen name itself.") % self.pen_name_of
            raise ValidationError({"pen_name_of": message})
        if self.pen_name_of and self.pk and self.pen_names.exists():
            message = gettext("This author has pen names, so it cannot be one.")
            raise ValidationError({"pen_name_of": message})


class AuthorAlias(Named):
    """Another name of an author, by which they are found; its URL redirects to theirs."""

    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = LineField(_("name"), max_length=120)
    slug = SlugField(_("address"), max_length=120, unique=True)
    name_key = NameKeyField(db_index=True)

    objects = NaturalKeyManager("slug")

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def clean(self) -> None:
        super().clean()
        taken = Author.objects.filter(slug=self.slug).exclude(pk=self.author_id).first()
        if taken:
            message = gettext("“%(slug)s” is the address of “%(name)s”.")
            raise ValidationError({"slug": message % {"slug": self.slug, "name": taken.name}})

    def slug_is_taken(self, slug: str) -> bool:
        return super().slug_is_taken(slug) or Author.objects.filter(slug=slug).exists()
