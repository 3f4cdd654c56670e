"""Rendering a document's body, once, when it is frozen.

The result is a list in reading order: `{"html": …}` is finished markup; `{"links": […]}` is a run
of related links, filled with the targets' live headlines when the page is made. Markup that is
`own` is for our own pages: feeds leave it out.
"""

from itertools import groupby

from django.template import Context, Engine

from ...desk.blocks import model_for
from ...library.pictures.renditions import is_for_others
from .edition import Edition

RENDERER = 2
"""Raised whenever a block's template changes, so that older editions are rendered anew."""


def render_body(blocks: list[dict]) -> list[dict]:
    """The blocks of a document's body, rendered into pieces."""
    pieces: list[dict] = []
    for piece, run in groupby(blocks, key=_piece_of):
        if piece == "links":
            pieces.append({"links": [_without_kind(block) for block in run]})
        else:
            html = "".join(render_block(block) for block in run)
            pieces.append({"html": html, "own": True} if piece == "own" else {"html": html})
    return pieces


def _piece_of(block: dict) -> str:
    if block["kind"] == "relatedlink":
        return "links"
    picture = block.get("picture")
    return "own" if picture and not is_for_others(picture) else "html"


def render_block(block: dict) -> str:
    """One block through the template of its kind. Raises UnknownKind."""
    model_for(block["kind"])
    # The engine's own template: the backend's wrapper costs more than most blocks.
    template = Engine.get_default().get_template(f"blocks/{block['kind']}.html")
    return template.render(Context({"block": block}))


def _without_kind(block: dict) -> dict:
    return {key: value for key, value in block.items() if key != "kind"}


def body_of(edition: Edition) -> list[dict]:
    """An edition's body for its page; rendered again when an older renderer made it."""
    if edition.renderer == RENDERER:
        return edition.body
    return render_body(edition.document["regions"]["body"])
