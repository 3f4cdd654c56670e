"""An element without one of those in it."""

from .tree import Node


def without(node: Node, left_out: Node | None) -> str:
    if left_out is None:
        return node.text()
    copy = Node(node.tag)
    copy.children = [
        each if isinstance(each, str) else pruned(each, left_out)
        for each in node.children
        if each is not left_out
    ]
    return copy.text()


def pruned(node: Node, left_out: Node) -> Node:
    if left_out not in node.nodes():
        return node
    copy = Node(node.tag, node.attributes)
    copy.children = [
        each if isinstance(each, str) else pruned(each, left_out)
        for each in node.children
        if each is not left_out
    ]
    return copy


def holds(node: Node | str, other: Node | None) -> bool:
    return isinstance(node, Node) and other is not None and other in node.nodes()
