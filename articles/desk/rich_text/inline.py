"""The words of one block: runs with marks, tidied and written as markup.

A run is (marks, words), its words plain characters; a line break in them is a <br>.
"""

import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote

from ...library.characters import tidy, tidy_line

_SPACES = re.compile("(?: *\n)+ *| +")
_NOT_IN_ADDRESSES = re.compile('[\\s"<>]')


class Marks(NamedTuple):
    """How words are marked."""

    href: str = ""
    strong: bool = False
    em: bool = False

    def tags(self) -> list[str]:
        """The tags around words marked so, the outermost first: the order of the editor."""
        link = [f'a href="{self.href}" rel="noopener"'] if self.href else []
        return link + ["strong"] * self.strong + ["em"] * self.em


Run = tuple[Marks, str]


def joined(runs: list[Run]) -> list[Run]:
    """Runs as long as their marks hold: tidied, one space between words, none around lines."""
    together = [
        (marks, "".join(map(itemgetter(1), g))) for marks, g in groupby(runs, itemgetter(0))
    ]
    result = []
    for place, (marks, words) in enumerate(together, start=1):
        before = result[-1][1] if result else "\n"
        after = together[place][1] if place < len(together) else ""
        words = _SPACES.sub(_one_space, tidy(words, before=before, after=after))
        if before[-1] in " \n":
            words = words.lstrip(" ")
        if words.startswith("\n"):
            _trim(result)
        if words:
            result.append((marks, words))
    _trim(result)
    return result


def written(runs: list[Run]) -> tuple[str, int, int]:
    """Runs as markup, each tag open for as long as its mark holds.

    And how many characters (with those of addresses) and elements that came to.
    """
    parts, tags, characters, elements = [], [], 0, 0
    for marks, words in runs:
        wanted = marks.tags()
        same = shared(tags, wanted)
        parts += [_end_of(tag) for tag in reversed(tags[same:])]
        parts += [f"<{tag}>" for tag in wanted[same:]]
        parts.append(escaped(words))
        characters += len(words) + (0 if same else len(marks.href))
        elements += len(wanted) - same + words.count("\n")
        tags = wanted
    parts += [_end_of(tag) for tag in reversed(tags)]
    return "".join(parts), characters, elements


def shared(tags, wanted):
    """How many tags, from the outermost on, two lists begin with alike."""
    pairs = zip(tags, wanted, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(tags), len(wanted)))


def escaped(words: str) -> str:
    """Words, with line breaks, as markup."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words.replace("\xa0", "&nbsp;").replace("\n", "<br>")


def address(href: str) -> str:
    """An address as it stands in markup; what has no place in one is written in percents."""
    href = _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0], safe=""), tidy_line(href).strip())
    return href.replace("&", "&amp;")


def _one_space(found):
    return "\n" * found[0].count("\n") or " "


def _trim(runs):
    """Take away the spaces at the end of some runs."""
    while runs and runs[-1][1].endswith(" "):
        marks, words = runs.pop()
        if words := words.rstrip(" "):
            runs.append((marks, words))


def _end_of(tag):
    return f"</{tag.partition(' ')[0]}>"
