"""The text of an edition: what is indexed, and what snippets are cut from."""

from typing import NamedTuple

from ...desk.rich_text.cells import plain_rows
from ...library.pictures.in_blocks import pictures_in
from ...library.words.plain_text import plain_text
from ..editions.edition import Edition

_IN_BLOCKS = ("text", "attribution", "title", "provider", "description", "unit", "source", "note")
_IN_RECORDINGS = ("title", "caption", "credit", "transcript")
_IN_PICTURES = ("caption", "credit", "alt")


class Texts(NamedTuple):
    """What an edition says, by weight: the headline weighs most, the body least."""

    headline: str
    standfirst: str
    names: str
    body: str


def texts_of(edition: Edition) -> Texts:
    """The Texts of an edition, from its document."""
    names = [
        edition.kicker,
        edition.byline["text"],
        *(author["name"] for author in edition.byline["authors"]),
        *(topic["name"] for topic in edition.topics),
    ]
    body = []
    # PostgreSQL orders the keys of JSON, SQLite does not.
    for _region, blocks in sorted(edition.document["regions"].items()):
        for block in blocks:
            if "html" in block:
                body.append(plain_text(block["html"]))
            if "recording" in block:
                body.extend(block["recording"][key] for key in _IN_RECORDINGS)
                continue
            for each in pictures_in([block]):
                names.extend(each["picture"].get(key) for key in _IN_PICTURES)
            if block["kind"] != "relatedlink":  # its words are another story's
                body.extend(block.get(key) for key in _IN_BLOCKS)
                body.extend(cell for row in plain_rows(block.get("rows", [])) for cell in row)
    names_text, body_text = (" \n".join(filter(None, parts)) for parts in (names, body))
    return Texts(edition.headline, edition.standfirst, names_text, body_text)
