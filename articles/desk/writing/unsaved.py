"""The blocks of a document that is not stored, for a preview of what is being written."""

from django.db.models import prefetch_related_objects

from ..blocks import BLOCK_MODELS
from ..blocks.base import Block
from ..blocks.gallery import hold_pictures
from ..post import Post
from .document import Document, Stored, rows_of_document
from .rows import relations
from .write_rows import LEAD, faults_of, fill_keys, make_block, match_rows


def unsaved_blocks(post: Post, stored: Stored, document: Document) -> list[Block]:
    """The blocks of a normalised document, in order, as a save would make them. What breaks a rule
    of its kind is left out."""
    rows = rows_of_document(document)
    match_rows(stored.rows, rows)
    fill_keys(rows, stored.rows)
    known = {row.identity: row for row in stored.rows}
    made = [(row, make_block(post, row)) for row in rows]
    blocks = [block for row, block in made if not faults_of(block, row, known.get(row.identity))]
    for kind, model in BLOCK_MODELS.items():
        for link in relations(model):
            prefetch_related_objects([each for each in blocks if each.kind == kind], link)
    hold_pictures(block for block in blocks if block.region != LEAD)
    return blocks
