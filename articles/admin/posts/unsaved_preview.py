"""The preview of what stands on somebody's writing screen and is not saved yet."""

import json

from django.core.exceptions import ValidationError
from django.utils import timezone

from ...desk.writing.document import InvalidDocument, normalise, read
from ...desk.writing.unsaved import unsaved_blocks
from ...library.topic import Topic
from ...publishing.editions.document import Parts, compose
from ...publishing.editions.unsaved import unsaved_edition


def edition_on_screen(admin, request, post):
    """A post with the words and fields that a writing screen sent, as an edition; nothing is
    stored. What could not be saved is shown as it is stored."""
    parts, stored = Parts([post]), read(post)
    form = admin.sent_form(request, post)
    form.is_valid()  # what is valid stands in the post now
    if "named_authors" in form.cleaned_data:
        parts.authors[post.pk] = form.cleaned_data["named_authors"]
    if "topics" in form.cleaned_data:
        # A name is that of a topic that the save will make.
        named = form.cleaned_data["topics"]
        parts.topics[post.pk] = [Topic.new(t) if isinstance(t, str) else t for t in named]
    document = document_in(request, stored)
    if document is not None:
        parts.blocks[post.pk] = unsaved_blocks(post, stored, document)
    return unsaved_edition(post, timezone.now(), compose(post, parts))


def document_in(request, stored):
    """The document that was sent, without nodes that cannot be stored; None if there is none."""
    try:
        sent = json.loads(request.POST.get("document", ""))
        try:
            return normalise(sent, stored.document)
        except InvalidDocument as invalid:
            return normalise(without(sent, invalid.errors), stored.document)
    except (ValueError, RecursionError, ValidationError, InvalidDocument):
        return None


def without(document, keys):
    """The document without the nodes of these ids."""
    return {
        region: [node for node in nodes if node["attrs"].get("id") not in keys]
        for region, nodes in document.items()
    }
