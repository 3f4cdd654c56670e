"""Rich text: what is allowed in it, for the editor and the cleaner alike.

Every rich text that a person or a file puts in passes `clean` before it reaches a page.
"""

import re
from html import unescape

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

# What the editor offers; the cleaner below allows just the markup that these make.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Typographic": False,
    "Menu": True,
    "History": True,
}

TAGS = {"p", "h2", "h3", "strong", "em", "a", "ul", "ol", "li", "blockquote", "br"}

# The cleaner's parser needs time quadratic in nesting, so depth is bounded before it starts.
MOST_CHARACTERS = 200_000
MOST_DEPTH = 50
MOST_TAGS = 20_000

_OPENING = re.compile(r"<[a-zA-Z]")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = {"br", "img", "hr", "input", "meta", "link", "wbr", "source"}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
    strip_comments=True,
)


def clean(html):
    """Safe markup from any text: paragraphs, subheads, emphasis, links, lists, quotations.

    Raises ValidationError when the text is too long or nested too deep to be a story.
    """
    html = html.replace("\x00", "")
    if len(html) > MOST_CHARACTERS:
        raise ValidationError(
            _("This text has %(length)s characters; a block holds at most %(most)s. Split it.")
            % {"length": len(html), "most": MOST_CHARACTERS},
            code="too_long",
        )
    if deepest(html) > MOST_DEPTH:
        raise ValidationError(
            _("This text is nested too deep. Paste it again as plain text."), code="too_deep"
        )
    cleaned = _cleaner.clean(html)
    return "" if not strip_tags(cleaned).strip() else cleaned


def deepest(html):
    """How deep the tags of a text may be nested, at most; unclosed tags count as open."""
    if len(_OPENING.findall(html)) > MOST_TAGS:
        return MOST_TAGS
    depth = deepest_seen = 0
    for closing, name in _TAG.findall(html):
        if closing:
            depth = max(0, depth - 1)
        elif name.lower() not in _VOID:
            depth += 1
            deepest_seen = max(deepest_seen, depth)
    return deepest_seen


def plain(html):
    """The words of a rich text, without markup, one space between words."""
    spaced = re.sub(r"<(?:/p|/h[23]|/li|/blockquote|br)\b[^>]*>", " ", html)
    return " ".join(unescape(strip_tags(spaced)).split())


def excerpt(html, length=80):
    """The first words of a rich text, for a head or a log line."""
    text = plain(html)
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
