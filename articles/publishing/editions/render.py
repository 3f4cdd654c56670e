"""Rendering a document's body, once, when it is frozen.

The result is a list in reading order: `{"html": …}` is finished markup; `{"links": […]}` is a run
of related links, filled with the targets' live headlines when the page is made.
"""

from itertools import groupby

from django.template.loader import get_template

from ...desk.blocks import model_for

RENDERER = 2
"""Raised whenever a block's template changes, so that older editions are rendered anew."""


def render_body(blocks):
    """The body's blocks, as a document holds them, as finished pieces."""
    pieces = []
    for links, run in groupby(blocks, key=lambda block: block["kind"] == "relatedlink"):
        if links:
            pieces.append({"links": [_without_kind(block) for block in run]})
        else:
            pieces.append({"html": "".join(render_block(block) for block in run)})
    return pieces


def render_block(block):
    """One block through the template of its kind. Raises UnknownKind."""
    model_for(block["kind"])
    return get_template(f"blocks/{block['kind']}.html").render({"block": block})


def _without_kind(block):
    return {key: value for key, value in block.items() if key != "kind"}


def body_of(edition):
    """An edition's body for its page; rendered again when an older renderer made it."""
    if edition.renderer == RENDERER:
        return edition.body
    return render_body(edition.document["regions"]["body"])
