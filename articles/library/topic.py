"""Topics: what stories are about, and what readers follow."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import TagBase

from .fields import LineField, WordsField
from .naming.addressed import Addressed, AddressedManager
from .naming.names import Named, NameKeyField, name_key, tidy_name
from .naming.slugs import LONGEST, SlugField, make_slug
from .natural_keys import NaturalKeyManager


class TopicManager(AddressedManager["Topic"]):
    """Finds topics by name, alias and slug."""

    def with_former_slug(self, slug: str | None) -> "models.QuerySet[Topic]":
        of_alias = TopicAlias.objects.filter(slug=slug).values("topic")
        return self.filter(models.Q(former_slugs__slug=slug) | models.Q(pk__in=of_alias)).distinct()

    def find_by_name(self, name: str) -> "Topic | None":
        """The topic with this name or alias, in whatever spelling; or None."""
        key = name_key(name)
        # A release from before there were keys may still be adding topics without one.
        without = models.Q(name_key=None, name__iexact=tidy_name(name))
        if topic := self.filter(models.Q(name_key=key) | without).order_by("pk").first():
            return topic
        return self.filter(aliases__name_key=key).order_by("aliases__pk").first()

    def much_like(self, name: str) -> "Topic | None":
        """A topic whose name, or other name, differs in signs and accents only: the address that a
        new topic of this name would have is taken."""
        slug = make_slug(name, self.model._meta.get_field("slug").max_length or LONGEST)
        if not slug:
            return None
        return self.filter(slug=slug).first() or self.filter(aliases__slug=slug).first()

    def get_or_create_by_name(self, name: str) -> "Topic":
        """The topic with this name or alias, else a new one. Raises ValidationError."""
        if topic := self.find_by_name(name):
            return topic
        try:
            topic = self.model.new(name)
            with transaction.atomic():
                topic.save()
        except (IntegrityError, ValidationError):
            # Somebody else may have made it at the same moment.
            if topic := self.find_by_name(name):
                return topic
            raise
        return topic


class Topic(Addressed, TagBase):  # type: ignore[django-manager-missing] # taggit is untyped
    """What stories are about: taggit's tag with pages of its own."""

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
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
        help_text=_("What this topic is a part of, as Aleppo is of Syria."),
    )

    objects = TopicManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @classmethod
    def new(cls, name: str) -> Self:
        """An unsaved, valid topic of this name. Raises ValidationError."""
        topic = cls(name=tidy_name(name))
        topic.give_slug()
        topic.full_clean()
        return topic

    def clean(self) -> None:
        super().clean()
        refuse_other_topic(self, changed_names(self))
        self.refuse_circle()

    def refuse_circle(self) -> None:
        """Raise ValidationError when a topic is among its broader ones, or these are too many."""
        with transaction.atomic():
            # Locked, so that two people make no circle together.
            above = self.all_broader(lock=True)
        if self.pk in {topic.pk for topic in above}:
            message = gettext("“%s” is this topic, or narrower than it.") % above[0]
            raise ValidationError({"broader": message})
        if len(above) > MOST_BROADER:
            message = ngettext(
                "A topic stands below %d other at most.",
                "A topic stands below %d others at most.",
                MOST_BROADER,
            )
            message %= MOST_BROADER
            raise ValidationError({"broader": message})

    def all_broader(self, *, lock: bool = False) -> list["Topic"]:
        """The broader topic, that of the broader topic, and so on up; nothing twice, and one more
        than MOST_BROADER at most."""
        above: dict[int, Topic] = {}
        key, topics = self.broader_id, Topic.objects.order_by()
        topics = topics.select_for_update(no_key=True) if lock else topics
        while key and key not in above and len(above) <= MOST_BROADER:
            above[key] = topics.get(pk=key)
            key = above[key].broader_id
        return list(above.values())


MOST_BROADER = 5
"""Topics above one, the broader and the still broader."""


class TopicsOfRow(_TaggableManager):
    """The topics of one row; names find or make topics as everywhere."""

    def _to_tag_model_instances(
        self, tags: Iterable[Any], tag_kwargs: dict[str, Any]
    ) -> list[Topic]:
        found = (
            tag if isinstance(tag, Topic) else Topic.objects.get_or_create_by_name(tag)
            for tag in tags
        )
        return list(dict.fromkeys(found))


class TopicAlias(Named):
    """Another name for a topic, whose URL redirects to it."""

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

    def clean(self) -> None:
        super().clean()
        refuse_other_topic(self, changed_names(self))

    def slug_is_taken(self, slug: str) -> bool:
        return super().slug_is_taken(slug) or Topic.objects.filter(slug=slug).exists()


def refuse_other_topic(row: Topic | TopicAlias, fields: Iterable[str]) -> None:
    """Raise ValidationError when the key of a row's name, or its slug, belongs to another topic."""
    others = Topic.objects.exclude(pk=row.pk if isinstance(row, Topic) else row.topic_id)
    errors = {}
    for field in fields:
        value, name = getattr(row, field), field.removesuffix("_key")
        # In two queries, each by an index.
        by_name, by_alias = (others.filter((key, value)) for key in (field, f"aliases__{field}"))
        if other := by_name.first() or by_alias.first():
            errors[name] = gettext("“%(value)s” belongs to the topic “%(topic)s” already.") % {
                "value": getattr(row, name),
                "topic": other.name,
            }
    if errors:
        raise ValidationError(errors)


NAMES = ("name_key", "slug")
"""Columns that no two topics or aliases may share."""


def changed_names(row: Topic | TopicAlias) -> list[str]:
    """Those of a row's NAMES that differ from the stored ones. Only these are checked, so that rows
    stored by other means can still be edited."""
    stored = type(row)._base_manager.filter(pk=row.pk).values(*NAMES).first() or {}
    return [field for field in NAMES if getattr(row, field) != stored.get(field)]
