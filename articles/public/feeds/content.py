"""The whole text of stories, for feeds: read far from the site, so every address is whole."""

import re
from functools import partial
from urllib.parse import urljoin

from django.template.loader import get_template

from ...publishing.editions.edition import Edition
from ...publishing.editions.links import fill_links, targets_of
from ...publishing.editions.render import RENDERER, body_of
from ...publishing.urls import absolute
from ..pages.story.notes import reader_notes
from ..rendered_once import RenderedOnce
from ..xml_text import xml_safe

rendered = RenderedOnce(1_000)

_TAG = re.compile(r"""<[a-zA-Z][^\s/>]*(?:\s+[^\s=>/]+(?:="[^"]*")?)*\s*/?>""")
_ADDRESS = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')


def contents(editions, request, *, at):
    """The text of each edition as HTML, its related links filled for all in one query at most."""
    fetch_old_documents(editions)
    pieces = []
    for edition in editions:
        pieces += [{"edition": edition.pk}, *body_of(edition)]
    bodies, base = {}, absolute("/", request)
    for piece in fill_links(pieces, at=at, targets=targets_of(editions)):
        if "edition" in piece:
            body = bodies.setdefault(piece["edition"], [])
        else:
            body.append(piece)
    return [content(edition, bodies[edition.pk], base) for edition in editions]


def content(edition, body, base):
    """One edition as HTML: picture, text with its links, notes. Rendered once in a process, while
    its links lead to the same stories."""
    links = tuple(tuple(link.items()) for piece in body for link in piece.get("links", ()))
    key = (edition.uuid, edition.number, edition.renderer, base, links)
    return rendered.once(key, partial(_render, edition, body, base))


def _render(edition, body, base):
    html = get_template("feeds/content.html").render(
        {"edition": edition, "body": body, "notes": reader_notes(edition)}
    )
    return whole_addresses(xml_safe(html), base).strip()


def whole_addresses(html, base):
    """Markup of our own making with its addresses joined to that of the site."""
    return _TAG.sub(lambda tag: _ADDRESS.sub(lambda found: _joined(found, base), tag[0]), html)


def _joined(found, base):
    name, value = found.groups()
    if name == "srcset":
        parts = [part.split() for part in value.split(",")]
        value = ", ".join(" ".join([joined(base, part[0]), *part[1:]]) for part in parts if part)
    elif not value.startswith("#"):
        value = joined(base, value)
    return f'{name}="{value}"'


def joined(base, address):
    """The address as seen from the site; one that makes no sense is left as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def fetch_old_documents(editions):
    """Read, in one query, the documents that have to be rendered again; usually there are none."""
    old = {edition.pk: edition for edition in editions if edition.renderer != RENDERER}
    if old:
        for found in Edition.objects.filter(pk__in=old).only("document", "packed"):
            old[found.pk].document = found.document
