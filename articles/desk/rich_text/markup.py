"""Markup in pieces: words and tags, told apart in one pass whose work grows with the text."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# A name, then what stands before the first ">" that is not in the quoted value of an attribute.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"']\S*+)?))?+""")
_HUGE_NUMBER = re.compile(r"&#0*+\d{8,};?")
# What programs read, up to its end.
_SILENT = {name: re.compile(f"</{name}(?=[\\s/>])", re.I) for name in ("script", "style")}


class Piece(NamedTuple):
    """Some words, or a tag: its name, its attributes as they stand, and whether it ends one."""

    words: str = ""
    tag: str = ""
    attributes: str = ""
    ends: bool = False


def pieces(html: str) -> Iterator[Piece]:
    """The words and the tags of a text in order, whatever it is.

    What looks like a tag and never ends is words. Comments and programs are left out.
    """
    place, last, absent = 0, html.rfind(">"), set()
    while 0 <= (start := html.find("<", place)) < last:
        if start > place:
            yield Piece(decoded(html[place:start]))
        follows = html[start + 1 : start + 3].lstrip("/")[:1]
        if follows.isascii() and follows.isalpha():
            found = _TAG.match(html, start)
            if not found:
                place = start
                break
            name, place = found[2].lower(), found.end()
            yield Piece("", name, found[3], bool(found[1]))
            if name in _SILENT and not found[1]:
                place = _first(_SILENT[name], html, place, absent)
        elif html[start + 1 : start + 2] in ("!", "?", "/"):
            place = _after_comment(html, start, absent)
        else:
            yield Piece("<")
            place = start + 1
    if place < len(html):
        yield Piece(decoded(html[place:]))


def _first(pattern, html, place, absent):
    """Where a pattern is found from a place on, or the place; looked for in vain only once."""
    found = None if pattern in absent else pattern.search(html, place)
    if not found:
        absent.add(pattern)
    return found.start() if found else place


def _after_comment(html, start, absent):
    if html.startswith("<!--", start) and "-->" not in absent:
        end = html.find("-->", start + 2)
        if end >= 0:
            return end + 3
        absent.add("-->")
    return html.find(">", start) + 1


def decoded(text: str) -> str:
    """Words as people read them: `&amp;` and its like as the characters they stand for."""
    if "&" not in text:
        return text
    # Python will not read a number of thousands of digits, and none of these is a character.
    return unescape(_HUGE_NUMBER.sub("\ufffd", text))


def attribute(attributes: str, name: str) -> str:
    """The value of an attribute of a tag; empty when it has none."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return decoded(found[2] or found[3] or found[4] or "")
    return ""
