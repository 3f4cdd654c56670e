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
from typing import Any

from django.db.models import JSONField, QuerySet

from ...desk.blocks import BLOCK_MODELS
from ...desk.blocks.base import Block
from ...desk.blocks.gallery import hold_pictures
from ...desk.house_style.house_style import HouseStyle
from ...desk.post import Post
from ...desk.post_relations import PostAuthor, PostTopic
from ...desk.rich_text import sanitiser
from ...desk.translation import families_of
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..json_rows import JsonKeys
from ..rows_together import RowsTogether

FORMAT = 1

LEAD, BODY = (region.key for region in Post.regions)


def _parts(posts: Any) -> list[QuerySet]:
    """The blocks of some posts, of each kind, what names their authors and topics, and how the
    rules of the house are set, which is asked of every story that goes out."""
    of_posts = JsonKeys(posts)
    return [
        *(model.with_related().filter(parent__in=of_posts) for model in BLOCK_MODELS.values()),
        PostAuthor.objects.filter(post__in=of_posts).select_related("author"),
        PostTopic.objects.filter(content_object__in=of_posts).select_related("tag"),
        HouseStyle.objects.all(),
    ]


PARTS = RowsTogether(_parts, posts=JSONField())


class Parts:
    """The related rows of some posts, in two queries however many posts and rows there are.

    `blocks`, `authors` and `topics` map a post's primary key to a list in the editors' order (the
    pictures of a gallery follow it);
    `families` to its translations, in no order. `style` is how the rules of the house are set,
    None where nobody ever did.
    """

    def __init__(self, posts: Sequence[Post]) -> None:
        keys = [post.pk for post in posts]
        self.blocks: dict[int, list[Block]] = defaultdict(list)
        self.authors: dict[int, list[Author]] = defaultdict(list)
        self.topics: dict[int, list[Topic]] = defaultdict(list)
        self.style: HouseStyle | None = None
        for row in sorted(PARTS.rows(posts=keys), key=_in_order):
            if isinstance(row, HouseStyle):
                self.style = row
            elif isinstance(row, PostAuthor):
                self.authors[row.post_id].append(row.author)
            elif isinstance(row, PostTopic):
                self.topics[row.content_object_id].append(row.tag)
            else:
                self.blocks[row.parent_id].append(row)
        for post in posts:
            self.region(post, BODY)
        self.families = families_of(posts)

    def region(self, post: Post, key: str) -> list[Block]:
        """The blocks of a region; the galleries among them hold their pictures."""
        blocks = [each for each in self.blocks[post.pk] if (each.region == LEAD) == (key == LEAD)]
        return hold_pictures(blocks)

    def original(self, post: Post) -> Post | None:
        """The post that this one is a translation of."""
        family = self.families[post.pk]
        return next((other for other in family if other.pk == post.translation_of_id), None)


def _in_order(row: Block | PostAuthor | PostTopic | HouseStyle) -> tuple[int, int]:
    """A sort key: the editors' order among rows of one sort."""
    if isinstance(row, PostTopic | HouseStyle):
        return 0, row.pk
    return (row.position if isinstance(row, PostAuthor) else row.ordering), row.pk


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
