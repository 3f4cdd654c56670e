"""Rendering the parts of a story's page that only its publication changes, and storing them.

What a part shows of others (a section's name, the slugs of topics and authors, translations) goes
into the hash `made_with`, as do the code and the settings. Parts whose hash is no longer that of
the page are not used; they are rendered for the request, and stored anew by `render_stories`.
"""

import hashlib
import json
import zlib
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import cache, partial
from urllib.parse import quote, urljoin

from django.conf import settings
from django.core.signals import setting_changed
from django.db import transaction
from django.dispatch import receiver
from django.template.loader import get_template
from django.templatetags.static import static

from ....library.section import Section
from ....publishing.editions.edition import Edition
from ....publishing.editions.story_parts import StoryParts, editions_made
from ....publishing.editions.translations import in_other_languages
from ....publishing.urls import absolute
from ...head.head import story_head
from ...head.pictures import SHARING_IMAGE
from ...http.code_fingerprint import CODE, fingerprint
from ...rendered_once import PLACE
from .notes import notes_by_place
from .query import read_family, read_topics, with_story_columns

ORIGIN = "https://origin-b7e94d0c61fa.newsroom.invalid"
"""Where an absolute URL begins, until the request says where the site is. No story names it."""

QUOTED_ORIGIN = quote(ORIGIN, safe="")

SETTINGS = ("LANGUAGE_CODE", "MEDIA_URL", "SITE_NAME", "SITE_URL", "TIME_ZONE")


@dataclass(frozen=True)
class RenderedParts:
    """The head of a page, and its article above and below its body."""

    head: str
    top: str
    bottom: str

    def pack(self) -> bytes:
        """The parts in a quarter of their size."""
        return zlib.compress(json.dumps(astuple(self), ensure_ascii=False).encode())

    @classmethod
    def unpack(cls, packed: bytes) -> "RenderedParts":
        return cls(*json.loads(zlib.decompress(packed)))

    def at_origin(self, origin: str) -> "RenderedParts":
        """The parts as they are shown by a site at this origin (https://news.example.org)."""
        head = self.head.replace(ORIGIN, origin).replace(QUOTED_ORIGIN, quote(origin, safe=""))
        return RenderedParts(head, self.top, self.bottom)


class _AnyHost:
    """Stands for the request, which is not known yet."""

    @staticmethod
    def build_absolute_uri(path: str) -> str:
        return urljoin(ORIGIN, path)


def render_parts(edition: Edition, family: list[Edition]) -> RenderedParts:
    """The parts of an edition (see `with_topics`), one of this family of live editions."""
    translations, notes = in_other_languages(edition, family), notes_by_place(edition)
    canonical = absolute(edition.get_absolute_url(), _AnyHost())
    head = get_template("head/head.html").render(
        {
            "head": story_head(_AnyHost(), edition, canonical, translations),
            "canonical": canonical,
            "site_name": settings.SITE_NAME,
        }
    )
    article = get_template("components/article.html").render(
        {"edition": edition, "translations": translations, "notes": notes, "place": PLACE}
    )
    top, bottom = article.split(PLACE)
    return RenderedParts(head, top, bottom)


def fresh_parts(row, topics: list[dict]) -> RenderedParts | None:
    """The parts that are stored with a row (see `query.py`) on these topics, if they are still
    current."""
    if settings.DEBUG or row.parts__made_with != made_with(row, topics):
        return None  # with DEBUG, so that a changed template is seen at once
    return RenderedParts.unpack(row.parts__packed)


def made_with(row, topics: list[dict]) -> str:
    """The hash of what the parts of a row are made with, beside its edition."""
    slugs = [topic["slug"] for topic in topics]
    names = (
        row.section__slug,
        row.section__name,
        row.author_slugs,
        row.withheld,
        slugs,
        row.translations or "[]",
    )
    return hashlib.blake2b(f"{_made_by()}{names}".encode(), digest_size=16).hexdigest()


def store_parts(editions, *, at: datetime) -> int:
    """Render and store the parts of some editions that have none, or not the right ones; returns of
    how many. The names and translations that they show are those of a moment."""
    stale = {}
    for row in with_story_columns(editions, at=at):
        wanted = made_with(row, read_topics(row.listed))
        if row.parts__made_with != wanted:
            stale[row.pk] = wanted, row
    StoryParts.objects.bulk_create(
        (
            StoryParts(edition=edition, made_with=wanted, packed=render_row(edition, row).pack())
            for edition in Edition.objects.filter(pk__in=stale)
            for wanted, row in [stale[edition.pk]]
        ),
        update_conflicts=True,
        unique_fields=["edition"],
        update_fields=["made_with", "packed"],
    )
    return len(stale)


def all_made_with() -> str:
    """A hash of what the parts of many stories are made with: when it changes, they are rendered
    anew. Names of topics and authors are left out, since each is in few."""
    sections = list(Section.objects.order_by("pk").values_list("slug", "name"))
    return hashlib.blake2b(f"{_made_by()}{sections}".encode(), digest_size=16).hexdigest()


def render_row(edition: Edition, row) -> RenderedParts:
    """The parts of an edition with the names in its row (see `query.py`): they may have changed
    since it was read, and `made_with` is a hash of these."""
    edition.section = Section(slug=row.section__slug, name=row.section__name)
    edition.author_slugs, edition.withheld = row.author_slugs, row.withheld
    edition.topic_slugs = "/".join(topic["slug"] for topic in read_topics(row.listed))
    return render_parts(edition, read_family(row.translations))


@receiver(editions_made)
def _store_when_committed(editions: list[Edition], **signal: object) -> None:
    """Store the parts of new editions as they are shown from their first moment. A failure is
    logged and does no harm: parts that are not stored are rendered for the request."""
    for edition in editions:
        rows = Edition.objects.filter(pk=edition.pk)
        transaction.on_commit(partial(store_parts, rows, at=edition.live_from), robust=True)


@cache
def _made_by() -> str:
    code = fingerprint(settings.BASE_DIR, folders=CODE)
    values = [getattr(settings, name) for name in SETTINGS]
    return f"{code} {values} {static(SHARING_IMAGE)} {static('icon.svg')}"


@receiver(setting_changed)
def _forget(**signal):
    _made_by.cache_clear()
