"""The sections to choose from and the saved views, in one query; the topics and authors that were
asked for, in another."""

from dataclasses import dataclass, field

from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Left

from ....desk.story_view import StoryView, in_order, views_of
from ....library.author import Author
from ....library.naming.names import name_key
from ....library.section import Section
from ....library.topic import Topic, TopicAlias
from ....publishing.rows_together import RowsTogether

MAX_NAMED = 100
"""Topics or authors whose name begins with what was typed."""


@dataclass(frozen=True)
class Names:
    """Sections as {slug: (key, name)}; the keys of the topics and authors that were meant."""

    sections: dict = field(default_factory=dict)
    topics: list = field(default_factory=list)
    authors: list = field(default_factory=list)


TOGETHER = RowsTogether(
    lambda user: [views_of(user), Section.objects.all()], user=BigIntegerField()
)


def views_and_sections(user):
    """The saved views that somebody sees and the sections, both in their order."""
    found = list(TOGETHER.rows(user=user.pk))
    sections = [row for row in found if isinstance(row, Section)]
    sections.sort(key=lambda section: (section.position, section.name))
    return in_order(row for row in found if isinstance(row, StoryView)), sections


def names_for(asked, sections):
    """The Names for what a list is asked. Those that are named so go before those that begin so."""
    parts = []
    if asked.topic:
        parts.append(rows(named(Topic, asked.topic), "topic"))
        aliases = named(TopicAlias, asked.topic).annotate(owner=F("topic"))
        parts.append(rows(aliases, "topic", "owner"))
    if asked.author:
        parts.append(rows(named(Author, asked.author), "author"))
    kinds = {"topic": [], "author": []}
    for kind, key, name, slug in together(parts):
        kinds[kind].append((name, slug, key))
    return Names(
        {section.slug: (section.pk, section.name) for section in sections},
        meant(kinds["topic"], asked.topic),
        meant(kinds["author"], asked.author),
    )


def together(parts):
    """The rows of querysets of one shape, in one query."""
    if not parts:
        return []
    return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]


def named(model, typed):
    """Rows with this slug, or whose name is this or begins so; the shortest names first."""
    found = model.objects.filter(Q(name_key__startswith=name_key(typed)) | Q(slug=typed))
    return model.objects.filter(pk__in=found.order_by("name_key").values("pk")[:MAX_NAMED])


def rows(queryset, kind, key="pk"):
    return queryset.order_by().values_list(Value(kind), F(key), Left("name", 120), F("slug"))


def meant(found, typed):
    """The keys of the rows that have exactly this name or slug, else of all."""
    exactly = [
        key for name, slug, key in found if slug == typed or name_key(name) == name_key(typed)
    ]
    return exactly or [key for *_rest, key in found]
