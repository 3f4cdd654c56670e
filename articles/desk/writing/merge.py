"""Merges a story that two people changed: what is stored, and what one of them sends now.

Pure functions on writing documents, {"lead": [node, …], "body": [node, …]}, whose nodes have ids
that are unique in the document. docs/merging.md has the rules.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .merge_galleries import HOLDER, with_pictures_apart, with_pictures_together
from .merge_order import BODY, Order, close_behind, in_run_order, merge_order
from .merge_own import merge_block
from .merge_prose import merge_run
from .merge_runs import Nodes, runs
from .merge_stream import PROSE, Node, plain_text
from .merge_words import merge_plain

Document = dict[str, list[Node]]

ALTERNATIVE = "alternative"


class Merged(NamedTuple):
    """A document, which shares nodes with those it was made of, and how many alternatives are
    new in it."""

    document: Document
    conflicts: int


def merge(base: Document, theirs: Document, mine: Document, *, who: str = "") -> Merged:
    """What both did to `base`; where that cannot be, mine stands and an alternative by `who`,
    whose words `theirs` are, after it. Raises ValueError if an id stands twice in a document."""
    flat = [with_pictures_apart(document) for document in (base, theirs, mine)]
    nodes = [_by_id(document) for document in flat]
    if theirs in (base, mine):
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    document, new = _Merge(nodes[0], nodes[1], nodes[2], who).merged(*map(_order, flat))
    return Merged(with_pictures_together(document), new)


def merge_text(base: str, theirs: str, mine: str) -> tuple[str, bool]:
    """A plain text that both changed, and whether something of theirs found no place in it."""
    text, _, conflict = merge_plain(base, theirs, mine)
    return text, conflict


def _by_id(document: Document) -> Nodes:
    nodes = [*document.get("lead", ()), *document.get("body", ())]
    found = {node["attrs"]["id"]: node for node in nodes}
    if len(found) < len(nodes):
        raise ValueError("An id stands twice in a document.")
    return found


def _order(document: Document) -> Order:
    regions = (document.get(region, ()) for region in ("lead", "body"))
    return Order(*([node["attrs"]["id"] for node in nodes] for nodes in regions))


@dataclass
class _Merge:
    base: Nodes
    theirs: Nodes
    mine: Nodes
    who: str
    nodes: Nodes = field(default_factory=dict)
    """The merged blocks, in no order."""
    runs: list[list[str]] = field(default_factory=list)
    """The ids of blocks that were split or joined, in the order of their words."""
    seconds: list[tuple[str, Node]] = field(default_factory=list)
    """(id of the block that it stands after, block)."""
    alternatives: list[tuple[str, str, str]] = field(default_factory=list)
    """(about, field, text)."""

    def merged(self, base: Order, theirs: Order, mine: Order) -> Merged:
        three = (self.base, self.theirs, self.mine)
        ids = {**self.base, **self.theirs, **self.mine}
        prose = {each for each in ids if all(_is_prose(nodes.get(each)) for nodes in three)}
        for run in runs(*({each: n[each] for each in n if each in prose} for n in three)):
            self.merge_run(run)
        for each in ids:
            if each not in prose:
                self.merge_node(each)
        line = merge_order(base, theirs, mine, self.nodes)
        for order in self.runs:
            line = in_run_order(line, order, self.base, self.mine)
        for after, node in self.seconds:
            line.insert(line.index(after) + 1, node["attrs"]["id"])
        line = self.with_one_lead(line, base, theirs, mine)
        line, new = self.with_alternatives(line)
        start = line.index(BODY)
        lead, body = (
            [self.nodes[each] for each in part] for part in (line[:start], line[start + 1 :])
        )
        return Merged({"lead": lead, "body": body}, new)

    def merge_run(self, ids: set[str]) -> None:
        base, theirs, mine = self.in_base_order(ids)
        if theirs in (base, mine):
            chosen = mine
        elif mine == base or not mine:
            chosen = theirs
        elif not theirs:
            chosen = mine
        else:
            merged = merge_run(base, theirs, mine)
            chosen = merged.nodes
            self.alternatives += [(each, "", text) for each, text in merged.others.items()]
            first = chosen[0]["attrs"]["id"]
            self.alternatives += [(first, "link", href) for href in merged.links]
        self.nodes.update((node["attrs"]["id"], node) for node in chosen)
        if len(chosen) > 1:
            self.runs.append([node["attrs"]["id"] for node in chosen])

    def in_base_order(self, ids: set[str]) -> Iterator[list[Node]]:
        """Each version of a run: a move within it is none of its words."""
        places = {each: place for place, each in enumerate(self.base)}
        for nodes in (self.base, self.theirs, self.mine):
            last = -1
            sortable = []
            for each in nodes:
                if each in ids:
                    last = places.get(each, last)
                    sortable.append((last, each))
            sortable.sort(key=lambda pair: pair[0])
            yield [nodes[each] for _, each in sortable]

    def merge_node(self, each: str) -> None:
        base, theirs, mine = (n.get(each) for n in (self.base, self.theirs, self.mine))
        node = mine
        if mine is None or theirs is None:
            other = theirs if mine is None else mine
            if other is None or (base is not None and (other == base or _is_alternative(base))):
                return
            node = other
        elif mine == base:
            node = theirs
        elif theirs not in (base, mine) and not _is_alternative(mine):
            node = self.merge_attributes(each, base, theirs, mine)
        self.nodes[each] = node or {}

    def merge_attributes(self, each: str, base: Node | None, theirs: Node, mine: Node) -> Node:
        merged = merge_block(base, theirs, mine)
        others = {key: text for key, text in merged.others.items() if key != HOLDER}
        self.alternatives += [(each, key, text) for key, text in others.items()]
        if merged.second is not None:
            new = self.unused_id(each, merged.second["type"], _content(merged.second))
            attrs = {**merged.second["attrs"], "id": new}
            self.nodes[new] = {**merged.second, "attrs": attrs}
            self.seconds.append((each, self.nodes[new]))
        return merged.node

    def unused_id(self, *parts: str) -> str:
        """An id made of what the block says; never one that was settled."""
        taken = self.base.keys() | self.theirs.keys() | self.mine.keys() | self.nodes.keys()
        made = ""
        while not made or made in taken:
            parts = (made, *parts)
            made = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
        return made

    def with_one_lead(self, line: list[str], *orders: Order) -> list[str]:
        """The line with what is one too many above the story moved to its beginning."""
        own = {each for each, node in self.nodes.items() if not _is_alternative(node)}
        start = line.index(BODY)
        lead = [each for each in line[:start] if each in own]
        most = max(1, *(sum(each in own for each in order.lead) for order in orders))
        if len(lead) <= most:
            return line
        my_lead = set(orders[-1].lead)
        stays = sorted(lead, key=lambda each: each not in my_lead)[:most]
        moved = [each for each in lead if each not in stays]
        left = [each for each in line if each not in moved]
        start = left.index(BODY) + 1
        return [*left[:start], *moved, *left[start:]]

    def with_alternatives(self, line: list[str]) -> tuple[list[str], int]:
        """The line with all alternatives in their places, and how many are new."""
        there: dict[tuple[str, ...], list[str]] = {}
        for each, node in self.nodes.items():
            if _is_alternative(node):
                said = tuple(node["attrs"].get(key, "") for key in ("about", "field", "text"))
                there.setdefault(said, []).append(each)
        count = 0
        for about, name, text in dict.fromkeys(self.alternatives):
            old = there.get((about, name, text), [])
            if any(each not in self.base for each in old):
                continue
            # Somebody may be taking away the old one, whose words stood in the block until now.
            line = [each for each in line if each not in old]
            made = self.unused_id(about, name, text)
            attrs = {"id": made, "about": about, "field": name, "text": text, "who": self.who}
            self.nodes[made] = {"type": ALTERNATIVE, "attrs": attrs}
            line.append(made)
            count += 1
        belongs = {
            each: str(node["attrs"].get("about", ""))
            for each, node in self.nodes.items()
            if _is_alternative(node)
        }
        return close_behind(line, belongs), count


def _is_prose(node: Node | None) -> bool:
    return node is None or node["type"] in PROSE


def _is_alternative(node: Node) -> bool:
    return bool(node["type"] == ALTERNATIVE)


def _content(node: Node) -> str:
    """What a block says, whatever its id."""
    attrs = sorted((key, str(value)) for key, value in node["attrs"].items() if key != "id")
    return "\0".join([node["type"], plain_text([node]), *(f"{k}\0{v}" for k, v in attrs)])
