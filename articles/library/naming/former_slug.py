"""Former slugs: those of topics, authors and sections before they were renamed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .slugs import SlugField

MODELS_WITH_PAGES = ("topic", "author", "section")


def _row(kind: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"articles.{kind.capitalize()}",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="former_slugs",
    )


def _once(kind: str) -> models.UniqueConstraint:
    # Lookups by former slug: pages, feeds, filters.
    return models.UniqueConstraint(
        fields=["slug"],
        condition=models.Q((f"{kind}__isnull", False)),
        name=f"former_slug_of_one_{kind}",
    )


def _only(kind: str) -> models.Q:
    return models.Q(**{f"{other}__isnull": other != kind for other in MODELS_WITH_PAGES})


class FormerSlug(models.Model):
    """A slug that a topic, an author or a section had: its URLs lead to the row for ever."""

    slug = SlugField(_("address"), max_length=120, db_index=False)
    topic, author, section = map(_row, MODELS_WITH_PAGES)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            *map(_once, MODELS_WITH_PAGES),
            models.CheckConstraint(
                name="former_slug_of_one_row",
                condition=models.Q(*map(_only, MODELS_WITH_PAGES), _connector=models.Q.OR),
            ),
        ]

    def __str__(self) -> str:
        return self.slug
