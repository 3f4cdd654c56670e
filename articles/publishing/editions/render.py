"""Rendering a document's body, once, when it is frozen.

The result is a list in reading order: `{"html": …}` is finished markup; `{"links": […]}` is a run
of related links, filled with the targets' live headlines when the page is made. Markup that is
`own` is for our own pages: feeds leave it out. Of a block that feeds get in a `plain` form the
piece has both, and in `needs` its kind, which has a style sheet. A piece with an `embed` is what
another site has: our pages show it in a form of their own, all else as the link in its markup. A
film or sound is a piece with its `recording`, for what feeds enclose.
"""

from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from django.template import Context, Engine

from ...desk.blocks import Gallery, model_for
from ...library.pictures.renditions import is_for_others
from ...library.recording import RecordingDict
from ...library.site_language import in_site_language
from .edition import Edition

RENDERER = 2
"""Raised whenever a block's template changes, so that older editions are rendered anew."""

WITH_PLAIN_FORM = {"table", "chart", "gallery"}
"""Kinds with a template for feeds, `templates/feeds/blocks/<kind>.html`, beside that for pages."""


def render_body(blocks: list[dict], *, language: str = "") -> list[dict]:
    """The blocks of a document's body, whose words are in a language, rendered into pieces."""
    pieces: list[dict] = []
    with in_site_language():
        for piece, run in groupby(_numbered(blocks), key=_piece_of):
            if piece == "links":
                pieces.append({"links": [_without_kind(block) for block in run]})
            elif piece == "embeds":
                pieces += map(_embed, run)
            elif piece == "plain":
                pieces += [_in_both_forms(block, language) for block in run]
            elif piece == "recordings":
                pieces += map(_recording, run)
            else:
                html = "".join(render_block(block) for block in run)
                pieces.append({"html": html, "own": True} if piece == "own" else {"html": html})
    return pieces


def _numbered(blocks: list[dict]) -> Iterator[dict]:
    """The blocks, each gallery with its number in the story."""
    number = count(1)
    for block in blocks:
        yield {**block, "number": next(number)} if block["kind"] == Gallery.kind else block


def _in_both_forms(block: dict, language: str) -> dict:
    plain = render_block(block, folder="feeds/blocks")
    return {"html": render_block(block, language=language), "plain": plain, "needs": block["kind"]}


def _embed(block: dict) -> dict:
    return {"html": render_block(block), "embed": _without_kind(block), "needs": block["kind"]}


def _recording(block: dict) -> dict:
    piece = {"html": render_block(block), "recording": enclosed(block["recording"])}
    poster = block["picture"]
    own = {"own": True} if poster and not is_for_others(poster) else {}
    return {**piece, "needs": "recording", **own}


ENCLOSED = ("name", "media_type", "bytes", "seconds", "title")


def enclosed(recording: RecordingDict) -> dict[str, Any]:
    """What feeds say of a film or sound."""
    return {name: recording[name] for name in ENCLOSED}


def _piece_of(block: dict) -> str:
    if block["kind"] == "relatedlink":
        return "links"
    if block["kind"] in WITH_PLAIN_FORM:
        return "plain"
    if "site" in block:
        return "embeds"
    if "recording" in block:
        return "recordings"
    picture = block.get("picture")
    return "own" if picture and not is_for_others(picture) else "html"


def render_block(block: dict, *, folder: str = "blocks", language: str = "") -> str:
    """One block through the template of its kind. Raises UnknownKind."""
    model_for(block["kind"])
    # The engine's own template: the backend's wrapper costs more than most blocks.
    template = Engine.get_default().get_template(f"{folder}/{block['kind']}.html")
    return template.render(Context({"block": block, "language": language}))


def _without_kind(block: dict) -> dict:
    return {key: value for key, value in block.items() if key != "kind"}


def body_of(edition: Edition) -> list[dict]:
    """An edition's body for its page; rendered again when an older renderer made it."""
    if edition.renderer == RENDERER:
        return edition.body
    return render_body(edition.document["regions"]["body"], language=edition.language)
