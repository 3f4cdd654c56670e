"""What other sites have of a story, as its page shows it: nothing of it is loaded before the reader
says so."""

import json
from functools import partial

from django.template.loader import get_template
from django.utils.translation import get_language

from ....library.embeds.match import embeddable_at
from ...rendered_once import RenderedOnce

rendered = RenderedOnce(1_000)


def embed_html(block, language):
    """An embed of a story in a language, from its part of the document (see blocks/embed.py)."""
    key = (json.dumps(block, sort_keys=True), language, get_language())
    return rendered.once(key, partial(_render, block, language))


def _render(block, language):
    context = {"block": block, "shown": shown(block), "language": language}
    return get_template("components/embed.html").render(context)


def shown(block):
    """What its provider shows in a frame, if it does now as when the story was published."""
    found = embeddable_at(block["url"])
    return found if found and found.provider.key == block["site"] else None


def frames_of(body):
    """The sources of the frames that a page with this body may make, each once."""
    found = [shown(piece["embed"]) for piece in body if "embed" in piece]
    return tuple(sorted({each.source for each in found if each}))
