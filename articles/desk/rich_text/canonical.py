"""Rich text in canonical form: as the editor would serialise it, made of any HTML.

    story   paragraphs, subheads (h2, h3), lists and quotations
    lists   ul or ol of li, each a story; quotations: blockquote, a story
    text    with br and, in this order, a (href), strong, em, and sup or sub around it

There is no white space between blocks, no empty block, and no text outside of a block. An HTML
parser reads this form as the very same tree, so that cleaning it again changes nothing.
"""

from typing import NamedTuple

from . import runs as inline
from .runs import Marks, Run, clean_href
from .tokens import attribute, tokenize

TEXT_BLOCKS = {"p", "h2", "h3"}
LISTS = {"ul", "ol"}
CONTAINER_DEPTHS = {"ul": 2, "ol": 2, "li": 0, "blockquote": 1}
"""What holds blocks, and by how much each nests them; a list counts with its items."""
SCRIPTS = {"sup", "sub"}
SYNONYMS = {"b": "strong", "i": "em"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "base", "col", "embed"}
DROPPED_BLOCKS = set(
    "address article aside body caption center dd details dialog dir div dl dt fieldset figcaption"  # noqa: SIM905
    " figure footer form h1 h4 h5 h6 head header hgroup hr html legend main menu nav optgroup"
    " option pre search section select summary table tbody td tfoot th thead title tr".split()
)
"""Elements that are dropped, but end the paragraph before and after them."""
BLOCKS = DROPPED_BLOCKS | TEXT_BLOCKS | CONTAINER_DEPTHS.keys()

MAX_DEPTH = 50

# White space in HTML is a space.
_WHITE_SPACE = str.maketrans("\t\n\f\r", "    ")


class TooDeep(Exception):
    """Elements nested deeper than in any story."""


class TooMuch(Exception):
    """More text or elements than one block may have. `characters`: those counted so far."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        super().__init__(characters)


class Element(NamedTuple):
    """An open element: the marks of the text in it, and a container's finished parts."""

    name: str
    marks: Marks
    parts: list[str]

    @property
    def is_container(self) -> bool:
        """Whether it holds blocks, as the root does, which has no name."""
        return not self.name or self.name in CONTAINER_DEPTHS


class Writer:
    """Writes HTML anew, token by token.

    With limits (of characters and of elements) it raises TooDeep or TooMuch as soon as one is
    passed; without, elements that stand too deep are left out, and their text is kept.
    """

    def __init__(self, limits: tuple[int, int] | None = None) -> None:
        self.limits = limits
        self.characters = self.elements = self.characters_read = 0
        self.open = [Element("", Marks(), [])]
        self.runs: list[Run] = []
        # Inline elements closed by another end tag: HTML parsers reopen them, at a cost.
        self.unclosed = 0

    def write(self, html: str) -> str:
        for token in tokenize(html):
            name = SYNONYMS.get(token.tag, token.tag)
            if not name:
                self.add_text(token.text)
            elif token.is_end:
                self.end(name)
            else:
                self.start(name, token.attributes)
        self.flush()
        self.pop_to(1)
        return "".join(self.open[0].parts)

    def add_text(self, text: str) -> None:
        self.characters_read += len(text)
        # Twice, because white space and invisible characters are not counted in the end.
        if self.limits and self.characters_read > 2 * self.limits[0]:
            raise TooMuch(self.characters_read)
        self.runs.append((self.open[-1].marks, text.translate(_WHITE_SPACE)))

    def start(self, name: str, attributes: str) -> None:
        if name in BLOCKS:
            self.end_text_block()
        if name == "br":
            self.runs.append((self.open[-1].marks, "\n"))
        elif name == "li":
            self.end("li")
            if self.container().name in LISTS:
                self.push(name, self.open[-1].marks)
        elif name in CONTAINER_DEPTHS:
            if self.container().name in LISTS:
                self.push("li", self.open[-1].marks)
            self.push(name, self.open[-1].marks)
        elif name not in VOID:
            self.push(name, self.marks_in(name, attributes))

    def end(self, name: str) -> None:
        """Close the nearest element of this name, unless it lies beyond its walls."""
        if name in BLOCKS:
            self.flush()
        walls: set[str] = LISTS if name == "li" else set() if name in BLOCKS else BLOCKS
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].name == name:
                self.pop_to(place)
                return
            if self.open[place].name in walls:
                break
        self.unclosed = max(0, self.unclosed - 1)

    def marks_in(self, name: str, attributes: str) -> Marks:
        """The marks of the text in an element about to be opened."""
        marks = self.open[-1].marks
        if name == "a":
            return marks._replace(href=clean_href(attribute(attributes, "href")))
        if name in SCRIPTS:
            return marks._replace(script=name)
        return marks._replace(strong=marks.strong or name == "strong", em=marks.em or name == "em")

    def push(self, name: str, marks: Marks) -> None:
        if self.depth(name) <= MAX_DEPTH:
            self.open.append(Element(name, marks, []))
        elif self.limits:
            raise TooDeep

    def depth(self, name: str) -> int:
        """How deep an element of this name would stand, among containers or inline elements."""
        if name in CONTAINER_DEPTHS:
            above = sum(CONTAINER_DEPTHS.get(element.name, 0) for element in self.open)
            return CONTAINER_DEPTHS[name] + above
        return self.unclosed + sum(e.name not in CONTAINER_DEPTHS for e in self.open)

    def container(self) -> Element:
        """The innermost open element that holds blocks."""
        return next(element for element in reversed(self.open) if element.is_container)

    def text_block(self) -> Element | None:
        """The open paragraph or subhead, if the container has one."""
        for element in reversed(self.open):
            if element.is_container:
                break
            if element.name in TEXT_BLOCKS:
                return element
        return None

    def end_text_block(self) -> None:
        """End the open paragraph or subhead, with what is open in it."""
        self.flush()
        if element := self.text_block():
            self.end(element.name)

    def pop_to(self, place: int) -> None:
        while len(self.open) > place:
            closed = self.open.pop()
            self.unclosed += closed.name not in BLOCKS and len(self.open) > place
            if closed.parts:
                self.put(closed.name, "".join(closed.parts))

    def flush(self) -> None:
        runs, self.runs = inline.normalise(self.runs), []
        if any(text.strip() for _marks, text in runs):
            content, characters, elements = inline.render(runs)
            self.count(characters, elements)
            element, container = self.text_block(), self.container()
            # An item of a list begins with a paragraph.
            begins_item = container.name in LISTS or (
                container.name == "li" and not container.parts
            )
            self.put(element.name if element and not begins_item else "p", content)

    def put(self, name: str, content: str) -> None:
        """Put a finished block into its container; every block in a list stands in an item."""
        container, html = self.container(), f"<{name}>{content}</{name}>"
        bare = container.name in LISTS and name != "li"
        self.count(0, 1 + bare)
        container.parts.append(f"<li>{html}</li>" if bare else html)

    def count(self, characters: int, elements: int) -> None:
        self.characters += characters
        self.elements += elements
        if self.limits and (self.characters > self.limits[0] or self.elements > self.limits[1]):
            raise TooMuch(self.characters)
