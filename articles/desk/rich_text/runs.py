"""The inline content of one block: runs of text with marks, normalised and rendered.

A run is (marks, text), its text unescaped; a line break in it is a <br>.
"""

import re
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote

from ...library.characters import tidy, tidy_line

_SPACES = re.compile("(?: *\n)+ *| +")
_NOT_IN_URLS = re.compile('[\\s"<>]')


class Marks(NamedTuple):
    """How text is marked."""

    href: str = ""
    strong: bool = False
    em: bool = False
    script: str = ""
    """"sup" of what is raised, "sub" of what is lowered, as in CO₂: never both."""

    def tags(self) -> list[str]:
        """The tags around text marked so, the outermost first: the order of the editor."""
        link = [f'a href="{self.href}" rel="noopener"'] if self.href else []
        return (
            link + ["strong"] * self.strong + ["em"] * self.em + [self.script] * bool(self.script)
        )


Run = tuple[Marks, str]


def normalise(runs: list[Run]) -> list[Run]:
    """Neighbours of the same marks joined; one space between words, none beside line breaks."""
    joined = [(marks, "".join(map(itemgetter(1), g))) for marks, g in groupby(runs, itemgetter(0))]
    result: list[Run] = []
    for place, (marks, text) in enumerate(joined, start=1):
        before = result[-1][1] if result else "\n"
        after = joined[place][1] if place < len(joined) else ""
        text = _SPACES.sub(_one_space, tidy(text, before=before, after=after))
        if before[-1] in " \n":
            text = text.lstrip(" ")
        if text.startswith("\n"):
            _strip_end(result)
        if text:
            result.append((marks, text))
    _strip_end(result)
    return result


def render(runs: list[Run]) -> tuple[str, int, int]:
    """Runs as HTML, each tag open for as long as its mark holds.

    And how many characters (with those of URLs) and elements that came to.
    """
    parts, open_tags = [], list[str]()
    characters = elements = 0
    for marks, text in runs:
        tags = marks.tags()
        same = _common_prefix(open_tags, tags)
        parts += [_end_tag(tag) for tag in reversed(open_tags[same:])]
        parts += [f"<{tag}>" for tag in tags[same:]]
        parts.append(escape(text))
        characters += len(text) + (0 if same else len(marks.href))
        elements += len(tags) - same + text.count("\n")
        open_tags = tags
    parts += [_end_tag(tag) for tag in reversed(open_tags)]
    return "".join(parts), characters, elements


def escape(text: str) -> str:
    """Text, with line breaks, as HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;").replace("\n", "<br>")


def clean_href(href: str) -> str:
    """A URL as it stands in an attribute; characters that no URL has are percent-encoded."""
    href = _NOT_IN_URLS.sub(lambda found: quote(found[0], safe=""), tidy_line(href).strip())
    return href.replace("&", "&amp;")


def _common_prefix(old: list[str], new: list[str]) -> int:
    """How many tags, from the outermost on, stay open."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _one_space(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n") or " "


def _strip_end(runs: list[Run]) -> None:
    """Remove the spaces at the end of some runs, in place."""
    while runs and runs[-1][1].endswith(" "):
        marks, text = runs.pop()
        if text := text.rstrip(" "):
            runs.append((marks, text))


def _end_tag(tag: str) -> str:
    return f"</{tag.partition(' ')[0]}>"
