"""An HTML tokenizer: text and tags in one pass, in time linear in the length of the input."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# A name, then what stands before the first ">" that is not in the quoted value of an attribute.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']\S*+)?))?+""")
_HUGE_NUMBER = re.compile(r"&#0*+\d{8,};?")
# Elements whose content is dropped, with the pattern of their end.
_RAW_TEXT = {name: re.compile(f"</{name}(?=[\\s/>])", re.I) for name in ("script", "style")}


class Token(NamedTuple):
    """Text, or a tag: its name, its attributes as they stand, and whether it is an end tag."""

    text: str = ""
    tag: str = ""
    attributes: str = ""
    is_end: bool = False


def tokenize(html: str) -> Iterator[Token]:
    """The text and the tags of any input, in order.

    What looks like a tag and never ends is text. Comments, scripts and styles are left out.
    """
    place, last = 0, html.rfind(">")
    absent: set[object] = set()  # what was searched for in vain: not again, or time is quadratic
    while 0 <= (start := html.find("<", place)) < last:
        if start > place:
            yield Token(decode_entities(html[place:start]))
        follows = html[start + 1 : start + 3].lstrip("/")[:1]
        if follows.isascii() and follows.isalpha():
            found = _TAG.match(html, start)
            if not found:
                place = start
                break
            name, place = found[2].lower(), found.end()
            yield Token("", name, found[3], bool(found[1]))
            if name in _RAW_TEXT and not found[1]:
                place = _search(_RAW_TEXT[name], html, place, absent)
        elif html[start + 1 : start + 2] in ("!", "?", "/"):
            place = _after_comment(html, start, absent)
        else:
            yield Token("<")
            place = start + 1
    if place < len(html):
        yield Token(decode_entities(html[place:]))


def _search(pattern: re.Pattern[str], html: str, place: int, absent: set[object]) -> int:
    """Where a pattern is found from a place on; the place itself when it is not."""
    found = None if pattern in absent else pattern.search(html, place)
    if not found:
        absent.add(pattern)
    return found.start() if found else place


def _after_comment(html: str, start: int, absent: set[object]) -> int:
    if html.startswith("<!--", start) and "-->" not in absent:
        end = html.find("-->", start + 2)
        if end >= 0:
            return end + 3
        absent.add("-->")
    return html.find(">", start) + 1


def decode_entities(text: str) -> str:
    """Text with `&amp;` and its like as the characters they stand for."""
    if "&" not in text:
        return text
    # int() refuses thousands of digits, and none of these is a character.
    return unescape(_HUGE_NUMBER.sub("\ufffd", text))


def attribute(attributes: str, name: str) -> str:
    """The value of an attribute of a tag; empty when it has none."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return decode_entities(found[2] or found[3] or found[4] or "")
    return ""
