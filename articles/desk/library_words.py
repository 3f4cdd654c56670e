"""The words that a story takes from the picture library: they change without the story."""

from .blocks import Caption

WORDS = ("caption", "credit", "alt")


def taken_from_library(pictures: list[dict]) -> dict[str, dict[str, str]]:
    """Of pictures as documents hold them, the words that are not the story's own: {slug: {field:
    text}}."""
    taken = {}
    for block in pictures:
        words = {name: block["picture"][name] for name in WORDS if not block["own"][name]}
        taken.setdefault(block["picture"]["slug"], {}).update(words)
    return taken


def of_document(document: dict) -> dict[str, dict[str, str]]:
    """Those in a document."""
    blocks = (block for region in document["regions"].values() for block in region)
    return taken_from_library([block for block in blocks if block["kind"] == Caption.kind])


def of_post(post) -> dict[str, dict[str, str]]:
    """Those of a post as the library has them now."""
    captions = Caption.with_related().filter(parent=post)
    return taken_from_library([caption.as_data() for caption in captions])
