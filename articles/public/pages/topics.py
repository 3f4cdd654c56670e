"""The page of a topic."""

import json
from functools import cache

from django.db.models import BigIntegerField, Count, DateTimeField, Exists, F, OuterRef, Subquery
from django.http import Http404

from ...library.naming.slugs import SlugField
from ...library.topic import Topic
from ...publishing.compiled_query import CompiledQuery
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import TopicListing
from ...publishing.editions.translations import SITE_LANGUAGE
from ...publishing.fronts.topic_pin import TopicPin
from ...publishing.json_rows import JsonRows
from ...publishing.surrogate_keys import NAMES_KEY, topic_key
from ..lists.keyset import is_first_page
from ..lists.languages import find_language
from ..lists.listing_page import listing_page
from ..lists.with_stories import topics_with_stories
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page
from .former_slugs import redirect_renamed

MAX_PINNED, MAX_RELATED, RELATED_SAMPLE = 4, 8, 50
"""Pinned stories and related topics that a topic's page shows, and how many of its newest stories
the related topics are taken from."""
MAX_NARROWER = 24
"""Narrower topics that a topic's page names."""


def _topics(slug, at):
    return Topic.objects.filter(slug=slug).select_related("picture").order_by()


TOPIC = CompiledQuery(_topics, slug=SlugField(), at=DateTimeField())


@cache
def _with_first_page(lang):
    """A topic with what only the first page of its list in a language asks: whether stories are
    pinned to it (`has_pins`), the topics that its newest stories are on too, the most frequent
    first (`related`, JSON), its broader topic and the narrower ones (`above` and `within`, JSON),
    and whether there are any without a story too (`has_kin`)."""

    def build(slug, at):
        lines = TopicListing.objects.live(at).filter(topic=OuterRef(OuterRef("pk")))
        newest = lang.of(lines, at=at, edition="edition__").newest_first()
        topics = frequent(newest.values("edition")[:RELATED_SAMPLE])
        others = topics.exclude(topic=OuterRef("pk"))[:MAX_RELATED]
        named = topics_with_stories(at).order_by("name", "slug").values("name", "slug")
        narrower = Topic.objects.filter(broader=OuterRef("pk"))
        return _topics(slug, at).annotate(
            has_pins=Exists(TopicPin.objects.filter(topic=OuterRef("pk"))),
            related=JsonRows(others),
            above=JsonRows(named.filter(pk=OuterRef("broader"))[:1]),
            within=JsonRows(named.filter(broader=OuterRef("pk"))[:MAX_NARROWER]),
            has_kin=Exists(narrower),
        )

    return CompiledQuery(build, slug=SlugField(), at=DateTimeField())


@public_view
def topic(request, slug):
    """A topic's stories. An alias or a former slug redirects here.

    404 for a topic without a live story: its name may belong to a draft.
    """
    at = moment_of(request)
    lang, first = find_language(request, at), is_first_page(request)
    shown = (_with_first_page(lang) if lang and first else TOPIC).first(slug=slug, at=at)
    if shown is None:
        return redirect_renamed(request, topics_with_stories(at), slug)
    if lang is None:
        raise Http404("no stories in this language")
    page = listing_page(request, TopicListing, lang, topic_id=shown.pk, at=at)
    pinned = pinned_to(shown, lang, at=at) if first and shown.has_pins else []
    above = {edition.family for edition in pinned}
    page.editions = [each for each in page.editions if each.family not in above]
    picture = shown.picture.as_picture() if first and shown.picture else None
    return render_page(
        request,
        "pages/topic.html",
        at=at,
        keys=keys_of(shown, first),
        page_title=shown.name,
        topic=shown,
        picture=picture,
        pinned=pinned,
        lead=None if picture or pinned or not first else lead_of(page),
        page=page,
        related=json.loads(shown.related or "[]") if first else [],
        above=json.loads(shown.above or "[]") if first else [],
        within=json.loads(shown.within or "[]") if first else [],
        lang=lang,
    )


def keys_of(topic, first):
    """A page that names broader or narrower topics changes with their first story, or last."""
    has_kin = first and (topic.has_kin or topic.broader_id)
    return [topic_key(topic.pk), *([NAMES_KEY] if has_kin else [])]


def pinned_to(topic, lang, *, at):
    """The live stories that editors pinned to a topic, in their order; on the site's own page in
    any language."""
    return _pinned(lang if lang.language else SITE_LANGUAGE).rows(topic=topic.pk, at=at)


@cache
def _pinned(lang):
    def build(topic, at):
        pins = TopicPin.objects.filter(topic_id=topic)
        position = pins.filter(post=OuterRef("post")).order_by().values("position")[:1]
        editions = Edition.objects.live(at).filter(post__in=pins.order_by().values("post"))
        editions = lang.of(editions, at=at) if lang.language else editions
        placed = editions.annotate(position=Subquery(position)).cards()
        return placed.order_by("position", "-published_at", "-post_id")[:MAX_PINNED]

    return CompiledQuery(build, topic=BigIntegerField(), at=DateTimeField())


def lead_of(page):
    """The newest story, taken from its page to lead it, when it has a picture; or None."""
    pictured = page.editions and page.editions[0].picture
    return page.editions.pop(0) if pictured else None


def frequent(editions):
    """The topics of some live editions (a bounded subquery), the most frequent first."""
    return (
        TopicListing.objects.filter(edition__in=editions)
        .order_by()
        .values(name=F("topic__name"), slug=F("topic__slug"))
        .annotate(shared=Count("pk"))
        .order_by("-shared", "name", "slug")
    )
