"""Rich text in its one form: that in which the editor would write it, made of any markup.

    story   paragraphs, subheads (h2, h3), lists and quotations
    lists   ul or ol of li, each a story; quotations: blockquote, a story
    words   with br and, in this order, a (href), strong and em around them

There is no white space between blocks, no block without words, and all words stand in a block.
Whoever parses this form gets this very tree, however the markup was spelt that it comes from.
"""

from typing import NamedTuple

from .inline import Marks, address, joined, written
from .markup import attribute, pieces

TEXTS = {"p", "h2", "h3"}
LISTS = {"ul", "ol"}
CONTAINERS = {"ul": 2, "ol": 2, "li": 0, "blockquote": 1}
"""What holds blocks, and how deep each takes us; a list always holds an item."""
SAME = {"b": "strong", "i": "em"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed"}
BREAKS = set(
    "address article aside body caption center dd details dialog dir div dl dt fieldset figcaption"  # noqa: SIM905
    " figure footer form h1 h4 h5 h6 head header hgroup hr html legend main menu nav optgroup"
    " option pre search section select summary table tbody td tfoot th thead title tr".split()
)
"""Elements that are not kept, and before and after which words do not run on."""
BLOCKS = BREAKS | TEXTS | CONTAINERS.keys()

MOST_DEPTH = 50

# White space in markup is a space.
_BLANKS = str.maketrans("\t\n\f\r", "    ")


class TooDeep(Exception):
    """Elements within elements within elements, deeper than in any story."""


class TooMuch(Exception):
    """More words, addresses or elements than one text may have. `characters`: those counted."""

    def __init__(self, characters):
        self.characters = characters
        super().__init__(characters)


class Element(NamedTuple):
    """An open element: its marks hold for the words in it; a container has its finished parts."""

    name: str
    marks: Marks
    parts: list[str] | None = None


class Writer:
    """Writes markup anew, piece by piece.

    With limits (of characters and of elements) it raises TooDeep or TooMuch as soon as one is
    passed; without, elements that stand too deep are left out, and their words are kept.
    """

    def __init__(self, limits: tuple[int, int] | None = None):
        self.limits, self.counted = limits, (0, 0)
        self.open, self.runs = [Element("", Marks(), [])], []
        self.unclosed = self.heard = 0

    def write(self, html: str) -> str:
        for piece in pieces(html):
            name = SAME.get(piece.tag, piece.tag)
            if not name:
                self.say(piece.words)
            elif piece.ends:
                self.end(name)
            else:
                self.start(name, piece.attributes)
        self.flush()
        self.pop_to(1)
        return "".join(self.open[0].parts)

    def say(self, words):
        """Take in some words, of which tidying may yet leave fewer."""
        self.heard += len(words)
        if self.limits and self.heard > 2 * self.limits[0]:
            raise TooMuch(self.heard)
        self.runs.append((self.open[-1].marks, words.translate(_BLANKS)))

    def start(self, name, attributes):
        if name in BLOCKS:
            self.end_text()
        if name == "br":
            self.runs.append((self.open[-1].marks, "\n"))
        elif name == "li":
            self.end("li")
            if self.holder().name in LISTS:
                self.push(name, parts=[])
        elif name in CONTAINERS:
            if self.holder().name in LISTS:
                self.push("li", parts=[])
            self.push(name, parts=[])
        elif name not in VOID:
            self.push(name, marks=self.marks_in(name, attributes))

    def end(self, name):
        """Close the element of this name, and what is open in it, unless it lies too far out."""
        if name in BLOCKS:
            self.flush()
        walls = LISTS if name == "li" else () if name in BLOCKS else BLOCKS
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].name == name:
                self.pop_to(place)
                return
            if self.open[place].name in walls:
                break
        self.unclosed = max(0, self.unclosed - 1)

    def marks_in(self, name, attributes):
        marks = self.open[-1].marks
        if name == "a":
            return marks._replace(href=address(attribute(attributes, "href")))
        return marks._replace(**{name: True}) if name in ("strong", "em") else marks

    def push(self, name, *, parts=None, marks=None):
        if self.depth(name) <= MOST_DEPTH:
            self.open.append(Element(name, marks or self.open[-1].marks, parts))
        elif self.limits:
            raise TooDeep

    def depth(self, name):
        """How deep an element of this name would stand, among its like."""
        if name in CONTAINERS:
            return CONTAINERS[name] + sum(CONTAINERS.get(each.name, 0) for each in self.open)
        return self.unclosed + sum(each.name not in CONTAINERS for each in self.open)

    def holder(self):
        """The innermost open element that holds blocks."""
        return next(each for each in reversed(self.open) if each.parts is not None)

    def end_text(self):
        """End the paragraph or subhead that is open, with what is open in it."""
        self.flush()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].parts is not None:
                return
            if self.open[place].name in TEXTS:
                self.pop_to(place)
                return

    def pop_to(self, place):
        """Close all elements from this place on; of those further in nobody said that they end."""
        while len(self.open) > place:
            closed = self.open.pop()
            self.unclosed += closed.name not in BLOCKS and len(self.open) > place
            if closed.parts:
                self.put(closed.name, "".join(closed.parts))

    def flush(self):
        """Put the words that have come since the last block into a block of their own."""
        runs, self.runs = joined(self.runs), []
        if any(words.strip() for _marks, words in runs):
            content, characters, elements = written(runs)
            self.count(characters, elements)
            self.put(self.text_block(), content)

    def text_block(self):
        """The name of the block that words are in: an item of a list begins with a paragraph."""
        for each in reversed(self.open):
            if each.parts is not None or each.name in TEXTS:
                break
        holder = self.holder()
        begins = holder.name in LISTS or (holder.name == "li" and not holder.parts)
        return each.name if each.name in TEXTS and not begins else "p"

    def put(self, name, content):
        """Put a finished block where it belongs; every block in a list stands in an item."""
        holder, html = self.holder(), f"<{name}>{content}</{name}>"
        bare = holder.name in LISTS and name != "li"
        self.count(0, 1 + bare)
        holder.parts.append(f"<li>{html}</li>" if bare else html)

    def count(self, characters, elements):
        self.counted = self.counted[0] + characters, self.counted[1] + elements
        if self.limits and any(n > most for n, most in zip(self.counted, self.limits, strict=True)):
            raise TooMuch(self.counted[0])
