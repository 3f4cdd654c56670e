"""Topics: what stories are about, and what readers follow."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from .fields import LineField, WordsField
from .natural import by_natural_key
from .paths import path_of


class Topic(TagBase):
    """A subject, the taggit tag made a first-class thing with a page of its own."""

    description = WordsField(_("description"), blank=True)
    picture = models.ForeignKey(
        "articles.Photo",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands above the topic's page; when empty, that of its newest story does."),
    )

    objects = by_natural_key("slug")()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_of("topic", self.slug)

    @transaction.atomic
    def merge_into(self, other):
        """Make this topic an alias of another; its stories, lines and aliases go along.

        Raises ValueError when a topic is merged into itself.
        """
        if other.pk == self.pk:
            raise ValueError(f"{self} cannot be merged into itself.")
        for relation in self._meta.related_objects:
            if not isinstance(relation.field, models.ForeignKey):
                continue
            rows = relation.related_model._base_manager.filter(**{relation.field.name: self})
            holder = MERGED_WITH.get(relation.related_model.__name__)
            if holder:
                taken = relation.related_model._base_manager.filter(**{relation.field.name: other})
                rows.filter(**{f"{holder}__in": taken.values(holder)}).delete()
            rows.update(**{relation.field.name: other})
        TopicAlias.objects.create(topic=other, name=self.name, slug=self.slug)
        self.delete()


# Rows that name a topic once: what else they name, so that a merge makes no second row.
MERGED_WITH = {"PostTopic": "content_object", "TopicListing": "edition", "TopicPin": "post"}


class TopicAlias(models.Model):
    """Another name for a topic; its old address redirects to the topic."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=100, unique=True, allow_unicode=True)

    objects = by_natural_key("slug")()

    class Meta:
        ordering = ["name"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)
