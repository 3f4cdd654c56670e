"""Rich text: what is allowed in it, for the editor and the cleaner alike.

Every rich text that a person or a file puts in passes `clean`, and is stored in one form
(canonical.py). What is stored is shown through `clean_stored`, which refuses nothing.
"""

import re

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...library.characters import tidy
from .canonical import BLOCKS, TooDeep, TooMuch, Writer
from .inline import escaped
from .markup import pieces

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

MOST_CHARACTERS = 200_000
"""Characters that a text may have, as people count them, with the addresses of its links."""
MOST_ELEMENTS = 20_000
# Before anything is parsed: more than any text has that is within the limits above.
MOST_MARKUP = 2_000_000

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
    strip_comments=True,
)

# Paragraphs of plain words in the one form already: most of what is stored, told in no time.
_WORD = "[!-%'-;=?-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]++"
_SETTLED = re.compile(f"(?:<(p|h2|h3)>{_WORD}(?: {_WORD})*+</\\1>)*+")
_SURELY_SMALL = 50_000


def clean(html: str) -> str:
    """Safe markup in its one form: paragraphs, subheads, emphasis, links, lists, quotations.

    Cleaning it again changes nothing and refuses nothing. Raises ValidationError when the text is
    too long, or has more markup than a story.
    """
    if is_settled(html):
        return html
    if len(html) > MOST_MARKUP:
        raise too_long(len(html))
    if not is_readable(html):
        raise too_much_markup()
    try:
        return sanitised(html, limits=(MOST_CHARACTERS, MOST_ELEMENTS))
    except TooDeep:
        raise ValidationError(
            _("This text is nested too deep. Paste it again as plain text."), code="too_deep"
        ) from None
    except TooMuch as much:
        if much.characters <= MOST_CHARACTERS:
            raise too_much_markup() from None
        raise too_long(max(much.characters, len(html))) from None


def clean_stored(html: str) -> str:
    """Safe markup of any text, with all its words: what was stored before `clean` refused it."""
    if is_settled(html):
        return html
    if len(html) > MOST_MARKUP or html.count("<") > 4 * MOST_ELEMENTS:
        return f"<p>{escaped(tidy(plain(html)))}</p>"
    return sanitised(html)


def is_settled(html):
    """Whether a text is surely in its one form, and within all limits."""
    return len(html) < _SURELY_SMALL and _SETTLED.fullmatch(html) is not None


def is_readable(html):
    """Whether a text is short enough, and has few enough tags, to be looked at more closely."""
    return len(html) <= MOST_MARKUP and html.count("<") <= 2 * MOST_ELEMENTS


def sanitised(html, *, limits=None):
    """The one form of a text, of which the sanitiser has the last word."""
    settled = Writer(limits).write(html)
    safe = _cleaner.clean(settled)
    # It takes away addresses that lead nowhere good; then their links go too.
    return settled if safe == settled else Writer(limits).write(safe)


def too_long(length):
    words = _("This text has %(length)s characters; a block holds at most %(most)s. Split it.")
    return ValidationError(words % {"length": length, "most": MOST_CHARACTERS}, code="too_long")


def too_much_markup():
    return ValidationError(
        _("This text has more markup than a story needs. Paste it again as plain text."),
        code="too_much_markup",
    )


def plain(html: str) -> str:
    """The words of a rich text, without markup, one space between words."""
    words = (
        " " if piece.tag in BLOCKS or piece.tag == "br" else piece.words for piece in pieces(html)
    )
    return " ".join("".join(words).split())


def excerpt(html: str, length: int = 80) -> str:
    """The first words of a rich text, for a head or a log line."""
    return shortened(plain(html), length)


def shortened(text: str, length: int = 80) -> str:
    """The first words of a plain text."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
