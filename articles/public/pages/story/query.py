"""One statement for all that a story's page shows, but for its strip of more stories."""

import json
from datetime import date
from uuid import UUID

from django.db.models import DateField, DateTimeField, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from ....library.naming.slugs import SlugField
from ....publishing.compiled_query import CompiledQuery
from ....publishing.editions.address import Address
from ....publishing.editions.edition import Edition
from ....publishing.editions.links import with_targets
from ....publishing.editions.listing import (
    MAX_NAMES,
    TopicListing,
    with_author_slugs,
    with_topic_keys,
    with_topic_slugs,
)
from ....publishing.editions.withheld import with_withheld
from ....publishing.endings.tombstone import Tombstone
from ....publishing.invalidation.key_stamps import KeyCount
from ....publishing.json_rows import JsonRows
from ....publishing.surrogate_keys import topic_key

MAX_TOPICS = 6
"""Topics of a story whose newest stories its page shows."""

COLUMNS = (
    *("pk", "uuid", "family", "headline", "language", "section", "topics", "renderer"),
    *("body", "packed", "section__slug", "section__name", "author_slugs", "targets"),
    *("translations", "listed", "withheld", "parts__made_with", "parts__packed"),
)
OF_TRANSLATIONS = ("uuid", "post_id", "family", "language", "headline", "posted_on", "slug")


def _stories(at, posted_on, slug):
    editions = Edition.objects.live(at).filter(posted_on=posted_on, slug=slug)
    return with_story_columns(editions, at=at).order_by("-live_from")[:1]


def with_story_columns(editions, *, at):
    """Named tuples of what a story's page shows: COLUMNS, of which `targets`, the stories that it
    links to, its live `translations` and `listed`, its topics with their stamps, are JSON."""
    family = Edition.objects.live(at).filter(family=OuterRef("family"))
    translations = family.exclude(post=OuterRef("post")).order_by("language", "post_id")
    return (
        with_withheld(with_author_slugs(with_targets(editions, at=at)))
        .annotate(
            translations=JsonRows(translations.values(*OF_TRANSLATIONS)),
            listed=JsonRows(_topics()),
        )
        .values_list(*COLUMNS, named=True)
    )


def _topics():
    """The topics that list an edition, which follow merges, with the stamps of their keys."""
    key = Concat(Value(topic_key("")), Cast(OuterRef("topic"), TextField()))
    stamp = KeyCount.objects.filter(key=key).values("count")[:1]
    lines = TopicListing.objects.filter(edition=OuterRef("pk")).order_by("pk")
    return lines.values("topic", slug=F("topic__slug"), stamp=Subquery(stamp))[:MAX_NAMES]


STORY = CompiledQuery(_stories, at=DateTimeField(), posted_on=DateField(), slug=SlugField())


def _addresses(at, posted_on, slug, sealed):
    """An address that a story has or had: since when the story has been live (`began`), and here
    (`here_from`, perhaps still to come), and where it is now, if it is live; else where the story
    in its place is (`instead_on`, `instead_slug`), and what readers are told."""
    editions = Edition.objects.filter(post=OuterRef("post")).order_by("live_from")
    here = editions.filter(posted_on=OuterRef("posted_on"), slug=OuterRef("slug"))
    began, now = editions.filter(live_from__lte=at), editions.live(at)
    stones = Tombstone.objects.filter(post=OuterRef("post"))
    led_to = Tombstone.objects.filter(post=OuterRef(OuterRef("post"))).values("replacement")
    instead = Edition.objects.live(at).filter(post__in=led_to).order_by()
    return (
        Address.objects.filter(Q(slug=slug) | Q(slug=sealed), posted_on=posted_on)
        .annotate(
            here_from=Subquery(here.values("live_from")[:1]),
            began=Subquery(began.values("live_from")[:1]),
            now_on=Subquery(now.values("posted_on")[:1]),
            now_slug=Subquery(now.values("slug")[:1]),
            instead_on=Subquery(instead.values("posted_on")[:1]),
            instead_slug=Subquery(instead.values("slug")[:1]),
            killed=Subquery(stones.values("killed")[:1]),
            headline=Subquery(stones.values("headline")[:1]),
            words=Subquery(stones.values("words")[:1]),
        )
        .values_list(*OF_ADDRESS, named=True)
    )


OF_ADDRESS = (
    *("here_from", "began", "now_on", "now_slug", "instead_on", "instead_slug"),
    *("killed", "headline", "words"),
)
ADDRESS = CompiledQuery(
    _addresses,
    at=DateTimeField(),
    posted_on=DateField(),
    slug=SlugField(),
    sealed=SlugField(),
)


def read_topics(listed):
    """The topics in the column `listed`: [{topic, slug, stamp}]."""
    return json.loads(listed or "[]")


def read_family(translations):
    """The live editions in the column `translations`, with what links to them need."""
    return [
        Edition(
            **row
            | {
                "uuid": UUID(row["uuid"]),
                "family": UUID(row["family"]),
                "posted_on": date.fromisoformat(row["posted_on"]),
            }
        )
        for row in json.loads(translations or "[]")
    ]


def with_topics(editions):
    """Annotate editions with what their pages show of topics and authors, and keep from others."""
    named = with_withheld(with_topic_slugs(with_author_slugs(editions)))
    return with_topic_keys(named, most=MAX_TOPICS)


def topic_ids(edition):
    """The primary keys of the topics of a stored edition (see `with_topics`)."""
    numbers = edition.topic_keys
    return [int(number) for number in numbers.split(",")] if numbers else []
