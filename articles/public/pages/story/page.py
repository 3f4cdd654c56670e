"""Putting a story's page together."""

from functools import partial

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language

from ....library.section import Section
from ....publishing.editions.edition import Edition, at_slugs
from ....publishing.editions.links import fill_links, read_targets, stories_in
from ....publishing.editions.packing import unpack
from ....publishing.editions.render import RENDERER, body_of
from ....publishing.editions.translations import SITE_LANGUAGE
from ....publishing.surrogate_keys import story_key, topic_key
from ....publishing.urls import absolute
from ...frame import frame_of
from ...http.surrogate_headers import story_keys
from ...rendered_once import RenderedOnce
from .embeds import embed_html, frames_of
from .more_stories import more_html, more_stories
from .parts import fresh_parts, render_parts, render_row
from .query import MAX_TOPICS, read_family, read_topics, topic_ids

related = RenderedOnce(4_000)
TEMPLATE = "pages/story.html"


def story_page(request, row, *, at):
    """The page of a live edition, from its row (see `query.STORY`)."""
    topics, family = read_topics(row.listed), read_family(row.translations)
    slugs = "/".join(topic["slug"] for topic in topics)
    stamps = {topic["topic"]: topic["stamp"] or 0 for topic in topics[:MAX_TOPICS]}
    parts = fresh_parts(row, topics)
    edition = None
    if parts is None or row.renderer != RENDERER:
        edition = Edition.objects.get(pk=row.pk)
    body = body_of(edition) if edition else stored_body(row)
    cards = more_stories(request, stamps, family=row.family, language=row.language, at=at)
    page = assemble(
        request,
        at=at,
        headline=row.headline,
        section_slug=row.section__slug,
        language=row.language,
        parts=parts or render_row(edition, row),
        body=fill_links(body, at=at, targets=read_targets(row.targets), language=row.language),
        more=more_html(cards, at_slugs(row.topics, slugs)),
    )
    page.keys = {
        *map(story_key, {row.uuid, row.family, *stories_in(body)}),
        *map(topic_key, stamps),
        *story_keys([*family, *cards]),
    }
    return page


def stored_body(row):
    """The body of an edition, packed or not."""
    return unpack(row.packed, "body") if row.packed else row.body


def preview_page(request, edition, *, at, template=TEMPLATE, before="", after=""):
    """The page of an edition, stored (see `with_topics`) or not, as it looks at a moment, with a
    banner that says that it is a preview.

    `before` and `after` are markup around the story, `template` what extends the story's own.
    """
    family = list(Edition.objects.live(at).filter(family=edition.family).order_by())
    body = fill_links(body_of(edition), at=at, language=edition.language)
    cards = []
    if edition.pk:
        topics = dict.fromkeys(topic_ids(edition), 0)
        cards = more_stories(
            request, topics, family=edition.family, language=edition.language, at=at
        )
    return assemble(
        request,
        at=at,
        headline=edition.headline,
        section_slug=edition.section.slug,
        language=edition.language,
        parts=render_parts(edition, family),
        body=body,
        more=more_html(cards, edition.live_topics),
        preview=True,
        template=template,
        around=(before, after),
    )


def assemble(
    request,
    *,
    at,
    headline,
    section_slug,
    language,
    parts,
    body,
    more,
    preview=False,
    template=TEMPLATE,
    around=("", ""),
):
    """The page of these parts."""
    frame = frame_of(
        request,
        template,
        at=at,
        lang=SITE_LANGUAGE,
        section=Section(slug=section_slug),
        preview=preview,
        needs=needs_of(body),
    )
    parts = parts.at_origin(absolute("/", request).rstrip("/"))
    before, after = around
    pieces = (_piece_html(piece, language) for piece in body)
    article = "".join((before, parts.top, *pieces, parts.bottom, after, more))
    page = HttpResponse(frame.around(headline, "" if preview else parts.head, article))
    page.frames = frames_of(body)
    return page


def needs_of(body):
    """The kinds of block in a body that have a style sheet, which pages/story.html names."""
    return tuple(sorted({piece["needs"] for piece in body if "needs" in piece}))


def _piece_html(piece, language):
    if "embed" in piece:
        return embed_html(piece["embed"], language)
    if "links" not in piece:
        return piece["html"]
    key = tuple(tuple(link.items()) for link in piece["links"])
    return related.once((key, get_language()), partial(_related_html, piece["links"]))


def _related_html(links):
    return get_template("components/related.html").render({"links": links})
