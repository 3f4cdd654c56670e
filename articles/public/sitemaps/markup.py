"""Writing sitemaps (https://www.sitemaps.org/protocol.html)."""

from xml.sax.saxutils import escape

from django.http import HttpResponse

from ..xml_text import xml_safe

MAX_URLS = 50_000
MAX_BYTES = 50_000_000

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def element(name, *inside):
    """An element around markup, which may be empty."""
    return f"<{name}>{''.join(inside)}</{name}>"


def text(name, words):
    """An element with words."""
    return element(name, escape(xml_safe(words)))


def entry(name, loc, lastmod=None, *more):
    """One line of a map or of the index: where, when it last changed if known, and what more."""
    when = [text("lastmod", lastmod.isoformat(timespec="seconds"))] if lastmod else []
    return element(name, text("loc", loc), *when, *more)


def xml_response(root, entries, **spaces):
    """The whole map as an answer to a request; no longer than a map may be."""
    names = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITEMAP}"{names}>\n'
    parts, left = [head.encode()], MAX_BYTES - 1_000
    for line in entries:
        parts.append(line.encode() + b"\n")
        left -= len(parts[-1])
        if left < 0:
            parts.pop()
            break
    parts.append(f"</{root}>\n".encode())
    return HttpResponse(b"".join(parts), content_type="application/xml; charset=utf-8")
