"""The whole text of stories, for feeds: read far from the site, so every address is whole."""

import re
from urllib.parse import urljoin

from django.template.loader import get_template

from ...publishing.editions.edition import Edition
from ...publishing.editions.links import fill_links
from ...publishing.editions.render import RENDERER
from ...publishing.editions.withheld import body_now, picture_now, slugs_of
from ..pages.story.notes import notes_by_place
from ..xml_text import xml_safe

_TAG = re.compile(r"""<[a-zA-Z][^\s/>]*(?:\s+[^\s=>/]+(?:="[^"]*")?)*\s*/?>""")
_ADDRESS = re.compile(r'(?<=\s)(href|src|srcset|poster)="([^"]*)"')


def content(edition, targets, base, *, at):
    """One edition as HTML: picture, text with links to those `targets` that are live, notes."""
    body = fill_links(body_now(edition), at=at, targets=targets)
    picture = picture_now(edition, edition.picture)
    html = get_template("feeds/content.html").render(
        {"edition": edition, "picture": picture, "body": body, "notes": notes_by_place(edition)}
    )
    return whole_addresses(xml_safe(html), base).strip()


def correction_content(correction, url):
    """A correction as HTML: its note, and a link to its story at this absolute URL."""
    html = get_template("feeds/correction.html").render({"correction": correction, "url": url})
    return xml_safe(html).strip()


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
    old = {
        edition.pk: edition
        for edition in editions
        if edition.renderer != RENDERER or slugs_of(edition)
    }
    if old:
        for found in Edition.objects.filter(pk__in=old).only("document", "packed"):
            old[found.pk].document = found.document
