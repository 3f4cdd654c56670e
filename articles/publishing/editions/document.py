"""Composing: a post with its blocks as a document, lossless plain data.

A document is a dict of JSON values:

    format      1
    uuid, source, source_id, language          strings
    translation_of                             the original's uuid, or None
    headline, slug, kicker, standfirst, byline strings
    section     {name, slug} or None
    authors     [{name, slug}], in the order of the byline
    topics      [{name, slug}]
    regions     {lead: [block], body: [block]}, in reading order; each block is what the kind's
                `as_data` gives, with its `kind`

Rich text in a document is sanitised.
"""

from collections import defaultdict
from collections.abc import Sequence

from ...desk.blocks import BLOCK_MODELS
from ...desk.blocks.base import Block
from ...desk.post import Post
from ...desk.post_relations import PostAuthor, PostTopic
from ...desk.rich_text import sanitiser
from ...desk.translation import families_of
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic

FORMAT = 1


class Parts:
    """The related rows of some posts, in as many queries for all as for one.

    `blocks`, `authors` and `topics` map a post's primary key to a list in the editors' order;
    `families` to its translations, in no order.
    """

    def __init__(self, posts: Sequence[Post]) -> None:
        keys = [post.pk for post in posts]
        self.blocks: dict[int, list[Block]] = defaultdict(list)
        self.authors: dict[int, list[Author]] = defaultdict(list)
        self.topics: dict[int, list[Topic]] = defaultdict(list)
        for model in BLOCK_MODELS.values():
            for block in model.with_related().filter(parent__in=keys):
                self.blocks[block.parent_id].append(block)
        for blocks in self.blocks.values():
            blocks.sort(key=lambda block: (block.ordering, block.pk))
        for row in PostAuthor.objects.filter(post__in=keys).select_related("author"):
            self.authors[row.post_id].append(row.author)
        for row in PostTopic.objects.filter(content_object__in=keys).select_related("tag"):
            self.topics[row.content_object_id].append(row.tag)
        self.families = families_of(posts)

    def region(self, post: Post, key: str) -> list[Block]:
        return [block for block in self.blocks[post.pk] if block.region == key]

    def original(self, post: Post) -> Post | None:
        """The post that this one is a translation of."""
        family = self.families[post.pk]
        return next((other for other in family if other.pk == post.translation_of_id), None)


def compose(post: Post, parts: Parts | None = None) -> dict:
    """The document of a post as it is on the desk. Reads its parts if they are not given."""
    parts = parts or Parts([post])
    original = parts.original(post)
    return {
        "format": FORMAT,
        "uuid": str(post.uuid),
        "source": post.source,
        "source_id": post.source_id,
        "language": post.language,
        "translation_of": str(original.uuid) if original else None,
        "headline": post.headline,
        "slug": post.slug,
        "kicker": post.kicker,
        "standfirst": post.standfirst,
        "byline": post.byline,
        "section": _name(post.section) if post.section else None,
        "authors": [_name(author) for author in parts.authors[post.pk]],
        "topics": [_name(topic) for topic in parts.topics[post.pk]],
        "regions": {
            region.key: [
                {"kind": block.kind, **block.as_data()} for block in parts.region(post, region.key)
            ]
            for region in Post.regions
        },
    }


def in_one_form(document: dict) -> dict:
    """A stored document with its rich text in the canonical form that `compose` gives."""
    regions = {
        key: [
            block | {"html": sanitiser.clean_stored(block["html"])} if "html" in block else block
            for block in blocks
        ]
        for key, blocks in document["regions"].items()
    }
    return document | {"regions": regions}


def _name(thing: Section | Author | Topic) -> dict[str, str]:
    return {"name": thing.name, "slug": thing.slug}
