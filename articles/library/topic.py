"""Topics: what stories are about, and what readers follow."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from .fields import LineField, WordsField
from .naming.addressed import Addressed, AddressedManager
from .naming.names import Named, NameKeyField, name_key, tidy_name
from .naming.slugs import SlugField
from .natural_keys import NaturalKeyManager
from .urls import path_of


class TopicManager(AddressedManager):
    """Finds topics by what people call them."""

    def with_former_slug(self, slug):
        of_alias = TopicAlias.objects.filter(slug=slug).values("topic")
        return self.filter(models.Q(former_slugs__slug=slug) | models.Q(pk__in=of_alias)).distinct()

    def find_by_name(self, name):
        """The topic with this name, in whatever spelling, or with this other name; or None."""
        key = name_key(name)
        # A release from before there were keys may still be adding topics without one.
        without = models.Q(name_key=None, name__iexact=tidy_name(name))
        if topic := self.filter(models.Q(name_key=key) | without).order_by("pk").first():
            return topic
        alias = TopicAlias.objects.filter(name_key=key).select_related("topic").order_by("pk")
        return alias.first() and alias.first().topic

    def get_or_create_by_name(self, name):
        """The topic with this name; made, if there is none. Raises ValidationError."""
        return self.find_by_name(name) or self._made(name)

    def _made(self, name):
        try:
            topic = self.model.new(name)
            with transaction.atomic():
                topic.save()
        except (IntegrityError, ValidationError):
            if theirs := self.find_by_name(name):
                return theirs  # who made it at the same moment
            raise
        return topic


class Topic(Addressed, TagBase):
    """A subject, the taggit tag made a first-class thing with a page of its own."""

    name = LineField(_("name"), max_length=100, unique=True)
    slug = SlugField(_("address"), max_length=100, unique=True)
    name_key = NameKeyField(unique=True)
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

    objects = TopicManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @classmethod
    def new(cls, name):
        """A topic of this name, checked and not stored. Raises ValidationError."""
        topic = cls(name=tidy_name(name))
        topic.give_slug()
        topic.full_clean()
        return topic

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return path_of("topic", self.slug)

    def clean(self):
        super().clean()
        refuse_other_topic(self, changed_names(self))

    @transaction.atomic
    def merge_into(self, other):
        """Make this topic an alias of another; its stories, lines and aliases go along.

        Raises ValueError when a topic is merged into itself, DoesNotExist when one of them is gone.
        """
        if other.pk == self.pk:
            raise ValueError(f"{self} cannot be merged into itself.")
        # Who is saving a story with this topic waits, and is told then that it is gone.
        for key in sorted([self.pk, other.pk]):
            Topic.objects.select_for_update().get(pk=key)
        for relation in self._meta.related_objects:
            if not isinstance(relation.field, models.ForeignKey):
                continue
            rows = relation.related_model._base_manager.filter(**{relation.field.name: self})
            holder = MERGED_WITH.get(relation.related_model.__name__)
            if holder:
                taken = relation.related_model._base_manager.filter(**{relation.field.name: other})
                rows.filter(**{f"{holder}__in": taken.values(holder)}).delete()
            rows.update(**{relation.field.name: other})
        TopicAlias.objects.update_or_create(
            slug=self.slug, defaults={"topic": other, "name": self.name}
        )
        self.delete()


class TopicsOfRow(_TaggableManager):
    """The topics of one row; those that are given by name are found, or made, as everywhere."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        found = (
            tag if isinstance(tag, Topic) else Topic.objects.get_or_create_by_name(tag)
            for tag in tags
        )
        return list(dict.fromkeys(found))


# Rows that name a topic once: what else they name, so that a merge makes no second row.
MERGED_WITH = {"PostTopic": "content_object", "TopicListing": "edition", "TopicPin": "post"}


class TopicAlias(Named):
    """Another name for a topic; its old address redirects to the topic."""

    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = LineField(_("name"), max_length=100)
    slug = SlugField(_("address"), max_length=100, unique=True)
    name_key = NameKeyField(db_index=True)

    objects = NaturalKeyManager("slug")

    class Meta:
        ordering = ["name"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        super().clean()
        refuse_other_topic(self, changed_names(self))

    def slug_is_taken(self, slug):
        return super().slug_is_taken(slug) or Topic.objects.filter(slug=slug).exists()


def refuse_other_topic(row, fields):
    """Raise ValidationError when the key of a row's name, or its slug, is that of another topic."""
    own = row.pk if isinstance(row, Topic) else row.topic_id
    errors = {}
    for field in fields:
        same = {field: getattr(row, field)}
        found = Topic.objects.filter(**same).exclude(pk=own).first()
        alias = TopicAlias.objects.filter(**same).exclude(topic=own)
        found = found or next((each.topic for each in alias.select_related("topic")[:1]), None)
        if found:
            shown = field.removesuffix("_key")
            said = {"value": getattr(row, shown), "topic": found.name}
            errors[shown] = gettext("“%(value)s” belongs to the topic “%(topic)s” already.") % said
    if errors:
        raise ValidationError(errors)


NAMES = ("name_key", "slug")
"""The columns by which a topic is found."""


def changed_names(row):
    """Those of a row's names that are not as they are stored: what came into the database
    otherwise keeps nobody from changing the rest."""
    stored = type(row)._base_manager.filter(pk=row.pk).values(*NAMES).first() or {}
    return [field for field in NAMES if getattr(row, field) != stored.get(field)]
