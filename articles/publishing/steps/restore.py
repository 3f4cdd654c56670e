"""Restoring: the words of an earlier edition or desk copy, written back to the desk."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk.blocks import BLOCK_MODELS, model_for
from ...desk.post import Post
from ...desk.saving import claim_save
from ...desk.workflow import may_change
from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from .checkpoint import keep
from .publish import locked

WORDS = ("headline", "slug", "kicker", "standfirst", "byline", "language")


@transaction.atomic
def restore(kept, *, by, started_from, now=None):
    """Make the desk copy say what an edition or a checkpoint says.

    Readers see nothing of it until it is published, and the words that it replaces are kept.
    Returns the post. Raises PermissionDenied, Stale when somebody saved meanwhile, and
    ObjectDoesNotExist when a photo, a story or an author it names is gone.
    """
    now = now or timezone.now()
    post, document = locked(kept.post), kept.document
    if not may_restore(post, by):
        raise PermissionDenied(_("You may not change this story now."))
    keep(post, now=now)
    claim_save(post, started_from=started_from, by=by, now=now)
    apply_document(post, document)
    original = document.get("translation_of")
    post.translation_of = Post.objects.get(uuid=original) if original else None
    post.save(
        update_fields=[
            *WORDS,
            "section",
            "translation_of",
            "version",
            "others_version",
            "saved_by",
            "saved_at",
        ]
    )
    _write_names(post, document)
    _write_blocks(post, document["regions"])
    return post


def may_restore(post, user):
    """Whether this person may put other words in the place of a post's."""
    return may_change(post, user) and user.has_perm("articles.change_text")


def apply_document(post, document):
    """Give a post (not saved here) the words of a document that are its own fields."""
    for name in WORDS:
        setattr(post, name, document[name])
    slug = document["section"]["slug"] if document["section"] else None
    post.section = Section.objects.found_under(slug) or post.section


def _write_names(post, document):
    """The authors and topics of the document; a topic that is gone since is left out."""
    post.post_authors.all().delete()
    for position, author in enumerate(document["authors"], start=1):
        found = Author.objects.get_by_natural_key(author["slug"])
        post.post_authors.get_or_create(author=found, defaults={"position": position})
    post.post_topics.all().delete()
    for topic in document["topics"]:
        if found := Topic.objects.found_under(topic["slug"]):
            post.post_topics.get_or_create(tag=found)


def _write_blocks(post, regions):
    """The blocks of the document in place of the post's."""
    for model in BLOCK_MODELS.values():
        model.objects.filter(parent=post).delete()
    for region, blocks in regions.items():
        for place, block in enumerate(blocks, start=1):
            model = model_for(block["kind"])
            data = {name: value for name, value in block.items() if name != "kind"}
            model.objects.create(
                parent=post, region=region, ordering=place * 10, **model.fields_of(data)
            )
