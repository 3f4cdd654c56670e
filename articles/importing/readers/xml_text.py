"""The text of an XML file: decoded, without what XML forbids, its two commonest faults mended."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from ..incoming import Unreadable
from .zips import Stream

CHUNK = 1024 * 1024
LONGEST_TAG = 500
"""Characters in which the beginning of the element around a CDATA section is looked for."""

LONGEST_SECTION = 10 * 1024 * 1024
"""Characters in which the end of an element is looked for."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_SAFE = re.compile(
    "utf8|ascii|(iso)?8859_?\\d+|latin_?\\d*|cp\\d+|koi8_[rut]|mac_\\w+|big5\\w*|gb\\w+|euc_\\w+"
    "|shift_jis\\w*|iso2022_\\w+|johab|hz|tis_620|ptcp154|kz1048|iso8859_\\d+"
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"<!\[CDATA\[|\]\]>|&|<!--")
_REFERENCE = re.compile(r"&(?:(?:amp|lt|gt|quot|apos)|#(\d{1,8})|#x([0-9a-fA-F]{1,7}));")
_STARTED = re.compile(r"<([\w:.-]+)[^<>]*>\s*$")


def encoding_of(head: bytes) -> str:
    """The encoding that a file's first bytes tell. Raises Unreadable for one that is none."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    declared = _DECLARED.match(head)
    name = declared[1].decode().lower() if declared else "utf-8"
    try:
        found = codecs.lookup(name).name.replace("-", "_")
    except (LookupError, ValueError):
        found = ""
    if not _SAFE.fullmatch(found) and not _SAFE.fullmatch(found.replace("_", "")):
        raise Unreadable(_("The file says that it is written in “%s”, which is unknown.") % name)
    return name


def decoded(file: IO[bytes] | Stream, counts: Counter[str]) -> Iterator[str]:
    """The text of a file in pieces, a space in the place of each character that XML forbids."""
    decoder, lines, fault = None, 1, None
    while True:
        chunk = file.read(CHUNK)
        decoder = decoder or codecs.getincrementaldecoder(encoding_of(chunk))("strict")
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            fault = error
            text = error.object[: error.start].decode(error.encoding, "ignore")
        lines += text.count("\n")
        text, forbidden = _FORBIDDEN.subn(" ", text)
        counts["control_characters"] += forbidden
        yield text
        if fault:
            message = _("In line %d there are bytes that are no text in the file's encoding.")
            raise Unreadable(message % lines) from fault
        if not chunk:
            return


class Mender:
    """Mends, piece by piece, a bare “&” and a “]]>” left over in text, and counts them."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.waiting = self.element = self.behind = ""
        self.in_section = self.in_comment = False

    def mend(self, text: str, *, last: bool = False) -> str:
        """As much of the mended text as is certain; the rest waits for the next piece."""
        text, out, place = self.waiting + text, [], 0
        while place < len(text):
            step = self._section if self.in_section else self._outside
            step = self._comment if self.in_comment else step
            end, written = step(text, place, last)
            out.append(written)
            if end == place:
                break
            self.behind = (self.behind + text[max(place, end - LONGEST_TAG) : end])[-LONGEST_TAG:]
            place = end
        self.waiting = text[place:]
        if last:
            out.append(self.waiting)
            self.waiting = ""
        return "".join(out)

    def _outside(self, text: str, place: int, last: bool) -> tuple[int, str]:
        found = _MARKUP.search(text, place)
        if not found:
            # A mark may be cut in two; an element's beginning is remembered with it.
            end = len(text) if last else max(place, text.rfind("<", place, len(text)))
            if end <= place:
                end = len(text) if last or len(text) - place > 4_000 else place
            return end, text[place:end]
        before = text[place : found.start()]
        if found[0] == "&":
            if not last and len(text) - found.start() < 12:
                return found.start(), before
            reference, end = self._reference(text, found.start())
            return end, before + reference
        if found[0] == "]]>":
            self.counts["left_over_ends"] += 1
            return found.end(), before + "]]&gt;"
        if found[0] == "<!--":
            self.in_comment = True
            return found.end(), before + found[0]
        began = _STARTED.search((self.behind + before)[-LONGEST_TAG:])
        self.element, self.in_section = began[1] if began else "", True
        return found.end(), before + found[0]

    def _reference(self, text: str, place: int) -> tuple[str, int]:
        found = _REFERENCE.match(text, place)
        if not found:
            self.counts["bare_ampersands"] += 1
            return "&amp;", place + 1
        if found[1] or found[2]:
            number = int(found[1]) if found[1] else int(found[2], 16)
            if number > 0x10FFFF or (number < 32 and number not in (9, 10, 13)):
                self.counts["control_characters"] += 1
                return " ", found.end()
            if _FORBIDDEN.match(chr(number)):
                self.counts["control_characters"] += 1
                return " ", found.end()
        return found[0], found.end()

    def _comment(self, text: str, place: int, last: bool) -> tuple[int, str]:
        """To the end of a comment, in which nothing is mended."""
        end = text.find("-->", place)
        if end < 0:
            kept = len(text) if last else max(place, len(text) - 2)
            return kept, text[place:kept]
        self.in_comment = False
        return end + 3, text[place : end + 3]

    def _section(self, text: str, place: int, last: bool) -> tuple[int, str]:
        """To the end of a CDATA section, and past a “]]>” that does not end it."""
        end = text.find("]]>", place)
        if end < 0:
            kept = len(text) if last else max(place, len(text) - 2)
            return kept, text[place:kept]
        after = end + 3
        ends = self._is_end(text, after, last)
        if ends is None:
            return end, text[place:end]
        if ends:
            self.in_section = False
            return after, text[place:after]
        self.counts["left_over_ends"] += 1
        return after, text[place:end] + "]]]]><![CDATA[>"

    def _is_end(self, text: str, after: int, last: bool) -> bool | None:
        """Whether a section ends here; None when more of the text is needed to tell.

        It does unless another “]]>” follows in the same element with no section begun between.
        """
        if not self.element:
            return True
        closing = f"</{self.element}"
        if text.startswith(closing, after):
            return True
        close = text.find(closing, after)
        begin = text.find("<![CDATA[", after, close if close >= 0 else len(text))
        other = text.find("]]>", after, close if close >= 0 else len(text))
        if begin >= 0 and (other < 0 or begin < other):
            return True
        if close >= 0:
            return other < 0
        return True if last or len(text) - after > LONGEST_SECTION else None
