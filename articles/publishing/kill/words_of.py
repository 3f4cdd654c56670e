"""Where the words of one story are stored: every row of it, table by table."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models import CASCADE, Q, QuerySet

from ...desk.blocks import PICTURE_MODELS, Film, Sound
from ...desk.post import Post
from ...library.author import Author
from ...library.photo import Photo
from ...library.recording import Recording
from ...library.topic import Topic
from ..editions.edition import Edition
from ..editions.picture_use import PictureUse
from ..editions.recording_use import RecordingUse

STAY = frozenset({"Address", "KillRequest", "OldAddress", "PostSave", "PostWords", "SealedStory"})
STAY |= {"Tombstone", "Transition"}
"""Tables whose rows of a killed story stay: without words, or written over (see erase.py). Of every
other table that names a story, its rows go: also of one that is added some day."""
WORDLESS_NAMES = frozenset({"language", "source", "source_id"})


class Rows(NamedTuple):
    """Some rows of one table."""

    model: type[models.Model]
    rows: QuerySet


def rows_that_go(post: Post) -> Iterator[Rows]:
    """The rows of a story, each table's before those of the tables below it."""
    for field in _foreign_keys_to(Post):
        if field.model.__name__ not in STAY and field.remote_field.on_delete is CASCADE:
            yield from _with_those_below(field.model, Q(**{field.name: post}))
    yield Rows(Edition, Edition.objects.filter(post=post))


def _with_those_below(model: type[models.Model], condition: Q) -> Iterator[Rows]:
    rows = model._base_manager.filter(condition)
    yield Rows(model, rows)
    for field in _foreign_keys_to(model):
        if field.remote_field.on_delete is CASCADE and field.model is not model:
            yield from _with_those_below(field.model, Q(**{f"{field.name}__in": rows.values("pk")}))


def _foreign_keys_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.field


def words_fields() -> list[str]:
    """The fields of a post that hold words."""
    return [
        field.name
        for field in Post._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in WORDLESS_NAMES
    ]


def pictures_of_its_own(post: Post) -> QuerySet[Photo]:
    """The pictures that this story shows, or once showed readers, and nothing else does."""
    shown = PictureUse.objects.filter(edition__post=post)
    of_others = PictureUse.objects.exclude(edition__post=post)
    own = recordings_of_its_own(post).order_by().values("pk")
    posters = Recording.objects.filter(poster__isnull=False).order_by()
    here, elsewhere = Q(pk__in=shown.values("photo")), Q(pk__in=of_others.values("photo"))
    here |= Q(pk__in=posters.filter(pk__in=own).values("poster"))
    elsewhere |= Q(pk__in=posters.exclude(pk__in=own).values("poster"))
    for model in PICTURE_MODELS:
        blocks = model.objects.filter(photo__isnull=False)
        here |= Q(pk__in=blocks.filter(parent=post).values("photo"))
        elsewhere |= Q(pk__in=blocks.exclude(parent=post).values("photo"))
    return (
        Photo.objects.filter(here, merged_into=None)
        .exclude(elsewhere)
        .exclude(pk__in=Photo.objects.filter(merged_into__isnull=False).values("merged_into"))
        .exclude(pk__in=Topic.objects.filter(picture__isnull=False).values("picture"))
        .exclude(pk__in=Author.objects.filter(picture__isnull=False).values("picture"))
        .order_by("pk")
    )


def recordings_of_its_own(post: Post) -> QuerySet[Recording]:
    """The films and sounds that this story plays, or once played to readers, and nothing else
    does."""
    own, of_others = Q(pk=None), Q(pk=None)
    for model in (Film, Sound):
        own |= Q(pk__in=model.objects.filter(parent=post).values("recording"))
        of_others |= Q(pk__in=model.objects.exclude(parent=post).values("recording"))
    own |= Q(pk__in=RecordingUse.objects.filter(edition__post=post).values("recording"))
    of_others |= Q(pk__in=RecordingUse.objects.exclude(edition__post=post).values("recording"))
    return Recording.objects.filter(own).exclude(of_others).order_by("pk")
