"""Rich text: the allowed markup, for the editor and the sanitiser alike.

Every rich text from a person or a file passes `clean`, and is stored in canonical form
(canonical.py). What is stored is shown through `clean_stored`, which refuses nothing.
"""

import re
from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...library.characters import tidy
from .canonical import BLOCKS, TooDeep, TooMuch, Writer
from .runs import escape
from .tokens import tokenize

# What the editor offers; the sanitiser below allows just the markup that these make.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
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

TAGS = {"p", "h2", "h3", "strong", "em", "sup", "sub", "a", "ul", "ol", "li", "blockquote", "br"}

MAX_CHARACTERS = 200_000
"""Of the text without markup, with the URLs of its links."""
MAX_ELEMENTS = 20_000
# Checked before parsing: more than any text has that is within the limits above.
MAX_MARKUP = 2_000_000

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
    strip_comments=True,
)

# Paragraphs of plain words in canonical form: most of what is stored, and quick to recognise.
_WORD = "[!-%'-;=?-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]++"
_CANONICAL = re.compile(f"(?:<(p|h2|h3)>{_WORD}(?: {_WORD})*+</\\1>)*+")
_BLOCK_TAG = re.compile("<[^>]*>")
_WITHIN_LIMITS = 50_000


def clean(html: str) -> str:
    """Sanitised HTML in canonical form: paragraphs, subheads, lists, quotations; marks and links.

    Cleaning it again changes nothing and refuses nothing. Raises ValidationError when the text is
    too long, or has more markup than a story.
    """
    if is_canonical(html):
        return html
    if len(html) > MAX_MARKUP:
        raise too_long(len(html))
    if not is_readable(html):
        raise too_much_markup()
    try:
        return sanitise(html, limits=(MAX_CHARACTERS, MAX_ELEMENTS))
    except TooDeep:
        raise ValidationError(
            _("This text is nested too deep. Paste it again as plain text."), code="too_deep"
        ) from None
    except TooMuch as much:
        if much.characters <= MAX_CHARACTERS:
            raise too_much_markup() from None
        raise too_long(max(much.characters, len(html))) from None


def clean_stored(html: str) -> str:
    """Sanitised HTML of any stored text, with all its words, even of what `clean` now refuses."""
    if is_canonical(html):
        return html
    if len(html) > MAX_MARKUP or html.count("<") > 4 * MAX_ELEMENTS:
        return f"<p>{escape(tidy(plain(html)))}</p>"
    return sanitise(html)


def is_canonical(html: str) -> bool:
    """Whether a text is surely in canonical form and within all limits; not the reverse."""
    return len(html) < _WITHIN_LIMITS and _is_canonical(html)


@lru_cache(32)  # a story's texts, each of which is asked about several times
def _is_canonical(html: str) -> bool:
    return _CANONICAL.fullmatch(html) is not None


def is_readable(html: str) -> bool:
    """Whether a text is short enough, and has few enough tags, to be parsed."""
    return len(html) <= MAX_MARKUP and html.count("<") <= 2 * MAX_ELEMENTS


def sanitise(html: str, *, limits: tuple[int, int] | None = None) -> str:
    """The canonical form of a text, of which nh3 has the last word."""
    canonical = Writer(limits).write(html)
    safe = _cleaner.clean(canonical)
    # It removes unsafe URLs; then their links go too.
    return canonical if safe == canonical else Writer(limits).write(safe)


def too_long(length: int) -> ValidationError:
    message = _("This text has %(length)s characters; a block holds at most %(most)s. Split it.")
    return ValidationError(message % {"length": length, "most": MAX_CHARACTERS}, code="too_long")


def too_much_markup() -> ValidationError:
    return ValidationError(
        _("This text has more markup than a story needs. Paste it again as plain text."),
        code="too_much_markup",
    )


def plain(html: str) -> str:
    """The text of a rich text, without markup, one space between words."""
    return " ".join(words_of(html))


def words_of(html: str) -> list[str]:
    """The words of a rich text, cut at spaces and blocks."""
    if is_canonical(html):  # then it has no markup but the tags of blocks, and no entities
        return _BLOCK_TAG.sub(" ", html).split()
    texts = (
        " " if token.tag in BLOCKS or token.tag == "br" else token.text for token in tokenize(html)
    )
    return "".join(texts).split()


def excerpt(html: str) -> str:
    return truncate(plain(html))


def truncate(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
