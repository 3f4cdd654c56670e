"""What has a name that is put in order, and which rows say it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models

from ...desk.post import Post
from ...desk.post_relations import PostAuthor, PostTopic
from ...desk.search.index import index_named
from ...library.author import Author, AuthorAlias
from ...library.topic import Topic, TopicAlias
from ..editions.listing import AuthorListing, TopicListing
from ..fronts.topic_pin import TopicPin


class Place(NamedTuple):
    """A table whose rows name a topic or an author (`name`), once for each `holder`."""

    key: str
    model: Any
    holder: str
    name: str
    own: tuple[str, ...] = ("id",)
    """Columns of a row beside the two, which come back with it."""

    def rows_of(self, key: int) -> models.QuerySet:
        return self.model._base_manager.filter(**{self.name: key})

    @property
    def holder_id(self) -> str:
        return self.model._meta.get_field(self.holder).attname

    @property
    def name_id(self) -> str:
        return self.model._meta.get_field(self.name).attname


class Kind(NamedTuple):
    """A kind of name: its model, the model of its other names, and the places that say it."""

    key: str
    model: Any
    other_names: Any
    on_desk: Place
    on_site: Place
    also: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.on_desk, self.on_site, *self.also)


TOPICS = Kind(
    "topic",
    Topic,
    TopicAlias,
    Place("desk", PostTopic, "content_object", "tag"),
    Place("site", TopicListing, "edition", "topic"),
    (Place("pin", TopicPin, "post", "topic", ("id", "position")),),
)
AUTHORS = Kind(
    "author",
    Author,
    AuthorAlias,
    Place("desk", PostAuthor, "post", "author", ("id", "position")),
    Place("site", AuthorListing, "edition", "author"),
)
KINDS = {kind.key: kind for kind in (TOPICS, AUTHORS)}


def index_stories(kind: Kind, keys: Iterable[int]) -> None:
    """Have the desk find the stories of these rows by the names that they have now."""
    named = kind.on_desk.model._base_manager.filter(**{f"{kind.on_desk.name}__in": list(keys)})
    index_named(Post.objects.filter(pk__in=named.values(kind.on_desk.holder)))


def kind_of(model: type[models.Model]) -> Kind:
    """The kind of a model's rows. Raises KeyError for one whose names are not put in order here."""
    return KINDS[str(model._meta.model_name)]
