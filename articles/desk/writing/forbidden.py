"""What a role may do with the kinds of block in a story, held node by node."""

from itertools import chain

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ..blocks import BLOCK_MODELS, Alternative, Text
from ..post import Post
from ..rights.may_do import may_do
from ..workflow import may_change
from .gallery_nodes import pictures_of
from .nodes import PROSE, Node


def locked_kinds(user: User, post: Post | None) -> list[str]:
    """The kinds of block that this person may not write in a story (None for a new one)."""
    return [kind for kind in BLOCK_MODELS if not _may(user, "change", kind, post or Post())]


def refuse_forbidden(
    post: Post, before: dict[str, list[Node]], after: dict[str, list[Node]], *, by: User
) -> None:
    """Raise PermissionDenied unless this person may make the one document of the other."""
    if not may_change(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    old, new = _by_id(before), _by_id(after)
    for verb, nodes in (
        ("add", [new[key] for key in new.keys() - old.keys()]),
        ("delete", [old[key] for key in old.keys() - new.keys()]),
        ("change", [new[key] for key in new.keys() & old.keys() if new[key] != old[key]]),
    ):
        if not all(_may(by, verb, kind, post) for kind in {kind_of(node) for node in nodes}):
            raise PermissionDenied(_("Your role does not change this part of a story."))
    if not all(_may(by, "change", kind, post) for kind in _settled_kinds(old, new)):
        raise PermissionDenied(_("Your role does not change this part of a story."))
    locked = set(locked_kinds(by, post))
    if locked and _order(before, locked) != _order(after, locked):
        raise PermissionDenied(_("Your role does not move this part of a story."))


def _settled_kinds(old: dict[str, Node], new: dict[str, Node]) -> set[str]:
    """The kinds of the blocks whose other wordings come or go: to settle one is to choose words."""
    nodes = [node for key, node in (old | new).items() if old.get(key) != new.get(key)]
    about = {node["attrs"]["about"] for node in nodes if node["type"] == Alternative.kind}
    return {
        kind_of(node)
        for key, node in (old | new).items()
        if about & {key, *(each["id"] for each in pictures_of(node))}
    }


def kind_of(node: Node) -> str:
    """The kind of block that holds a node."""
    return Text.kind if node["type"] in PROSE else node["type"]


def _may(user: User, verb: str, kind: str, post: Post) -> bool:
    return may_do(user, f"articles.{verb}_{kind}", post)


def _by_id(document: dict[str, list[Node]]) -> dict[str, Node]:
    return {node["attrs"]["id"]: node for node in chain(*document.values())}


def _order(document: dict[str, list[Node]], kinds: set[str]) -> list[str]:
    return [node["attrs"]["id"] for node in chain(*document.values()) if kind_of(node) in kinds]
