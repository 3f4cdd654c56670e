"""The items of an XML export, one after the other, read as a stream and with nothing kept.

No DTD, no entities, nothing external; a depth, a length of texts and of tags that no export has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from ..incoming import Mended, Unreadable
from .opened import opened
from .xml_text import Mender, decoded

MOST_DEPTH = 200
LONGEST_TEXT = 10 * 1024 * 1024
MOST_NAMES = 10_000
LONGEST_SILENCE = 16 * 1024 * 1024
"""Characters of a file in which no tag ends and no text comes: one tag that never ends."""

Fields = dict[str, list[Any]]
"""{name of a child: its texts, or (text, attributes) of one that has attributes}"""


class TooMuch(Exception):
    """More than any export has; says what."""


class Frame(NamedTuple):
    """An open element whose children are gathered."""

    depth: int
    name: str
    fields: Fields


class Items:
    """Gathers what stands in each item, and what stands beside the items."""

    def __init__(self, short: Callable[[str], str], items: set[str], groups: set[str]) -> None:
        self.short, self.items, self.groups = short, items, groups
        self.names: dict[str, str] = {}
        self.done: list[tuple[str, Fields]] = []
        self.frames: list[Frame] = []
        self.depth = self.leaf = self.length = self.events = 0
        self.texts: list[str] = []
        self.attributes: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.events += 1
        if self.depth > MOST_DEPTH:
            raise TooMuch(_("elements are nested deeper than %d") % MOST_DEPTH)
        name, frame = self._name(tag), self.frames[-1] if self.frames else None
        if frame and self.leaf:
            # Markup that was not escaped is a part of the text.
            self.data(_tag(name, attributes))
        elif (name in self.groups) if frame else (name in self.items):
            self.frames.append(Frame(self.depth, name, defaultdict(list)))
        else:
            self.leaf = self.depth if frame else 0
            self.texts, self.length, self.attributes = [], 0, attributes

    def data(self, text: str) -> None:
        self.events += 1
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise TooMuch(_("a text is longer than %d MB") % (LONGEST_TEXT // 1024**2))
        self.texts.append(text)

    def end(self, tag: str) -> None:
        self.events += 1
        frame = self.frames[-1] if self.frames else None
        if self.leaf and self.depth > self.leaf:
            self.data(f"</{self._name(tag)}>")
            self.depth -= 1
            return
        if frame and self.depth == frame.depth:
            self.frames.pop()
            self._add(frame.name, frame.fields)
        else:
            text = "".join(self.texts)
            self._add(self._name(tag), (text, self.attributes) if self.attributes else text)
        self.depth -= 1
        self.leaf, self.length, self.texts, self.attributes = 0, 0, [], {}

    def _add(self, name: str, value: Any) -> None:
        """Into the element around it; by itself if it stands beside the items."""
        if self.frames:
            self.frames[-1].fields[name].append(value)
        else:
            self.done.append((name, value if isinstance(value, dict) else {"": [value]}))

    def close(self) -> None:
        """What the parser asks for at the end."""

    def _name(self, tag: str) -> str:
        name = self.names.get(tag)
        if name is None:
            if len(self.names) > MOST_NAMES:
                raise TooMuch(_("there are more than %d names of elements") % MOST_NAMES)
            name = self.names[tag] = self.short(tag)
        return name


def _tag(name: str, attributes: dict[str, str]) -> str:
    return (
        f"<{' '.join([name, *(f'{key}={quoteattr(value)}' for key, value in attributes.items())])}>"
    )


def items_of(
    path: Path, short: Callable[[str], str], items: set[str], groups: set[str]
) -> Iterator[tuple[str, Fields] | Mended]:
    """(name, fields) of each item, and of each element beside the items with its text.

    Raises Unreadable with line and column where the file cannot be read on.
    """
    found, counts = Items(short, items, groups), Counter[str]()
    parser = DefusedXMLParser(target=found, encoding="utf-8", forbid_dtd=True)
    fault = None
    mender, silent = Mender(counts), 0
    try:
        with opened(path) as file:
            for text in decoded(file, counts):
                before = found.events
                parser.feed(mender.mend(text).encode())
                yield from found.done
                found.done.clear()
                silent = silent + len(text) if found.events == before else 0
                if silent > LONGEST_SILENCE:
                    raise TooMuch(_("a tag is longer than %d MB") % (LONGEST_SILENCE // 1024**2))
            parser.feed(mender.mend("", last=True).encode())
            parser.close()
    except (ParseError, DefusedXmlException, TooMuch, Unreadable, OSError) as error:
        fault = error
    yield from found.done
    yield from (Mended(code, count) for code, count in sorted(counts.items()) if count)
    if fault:
        raise Unreadable(sentence(fault, parser)) from fault


def sentence(fault: Exception, parser: Any) -> str:
    """Why a file cannot be read on, and where."""
    if isinstance(fault, Unreadable):
        return str(fault)
    if isinstance(fault, OSError):
        return _("The file cannot be read: %s.") % fault.strerror
    line, column = getattr(fault, "position", None) or position(parser)
    if isinstance(fault, DefusedXmlException):
        what = _("it declares a document type or entities, which no export does")
    else:
        what = str(fault).split(":")[0]
    return _("Line %(line)d, column %(column)d: %(what)s.") % {
        "line": line,
        "column": column + 1,
        "what": what,
    }


def position(parser: Any) -> tuple[int, int]:
    expat = getattr(parser, "parser", None) or parser._parser
    return expat.CurrentLineNumber, expat.CurrentColumnNumber
