"""What was approved, by whom, and what was changed since."""

from itertools import zip_longest

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...desk import library_words
from ...desk.blocks import model_for
from ...desk.post import Post
from ...desk.preview_links.preview_link import PreviewApproval
from ...desk.rich_text import sanitiser
from ...desk.rich_text.cells import plain_rows
from ...desk.transition import Transition
from ...library.photo import Photo
from ...library.recording import Recording
from ..fields.datetime_fields import format_moment
from ..saves.text_diff import TextDiff
from .status_summary import who_and_when

IDENTITY_KEYS = {"kind", "site", "token"}
MOST_APPROVALS = 30
"""Approvals by preview links that are looked at: the newest."""
COMPARED_FIELDS = ("kicker", "headline", "standfirst", "byline", "slug", "language")


def approval_summary(story):
    """For the page of a step: None before any approval, else {is_changed, sentence, saves, rows}.

    `saves` are sentences on who saved since the approval, `rows` the differences, {label, theirs,
    mine} in markup, as far as the approved document is kept.
    """
    review = story.review
    if review.approved_by_step is None:
        return None
    changed = review.read_version != review.version
    rows = (
        list(document_diff(story.kept_document(review.read_version), story.document))
        if changed
        else []
    )
    return {
        "is_changed": bool(changed or review.changed_pictures),
        "sentence": _approval_sentence(review, changed or review.changed_pictures),
        "saves": [
            _("%(name)s saved it %(moment)s.") % who_and_when(save.by, save.at)
            for save in review.saves
        ]
        + [
            _("%(name)s saved the picture “%(picture)s” in the library %(moment)s.")
            % {"picture": entry.object_repr, **who_and_when(entry.user, entry.action_time)}
            for entry in review.picture_saves
        ],
        "rows": rows or list(picture_diff(review)),
    }


def _approval_sentence(review, changed):
    step = review.approved_by_step
    words = who_and_when(step.by, step.at)
    if (step.version or review.read_version) != review.read_version:
        return _("It came from a file after it was approved.")
    if step.action == Transition.Action.APPROVE:
        if changed:
            return _("Changed since %(name)s approved it %(moment)s:") % words
        return _("%(name)s approved it %(moment)s; nothing was changed since.") % words
    if changed:
        return _("Changed since %(name)s published it %(moment)s:") % words
    return _("%(name)s published it %(moment)s; nothing was changed since.") % words


def review_sentences(story):
    """That changes wait for a second reader: a list with at most one sentence."""
    post, on_site, review = story.post, story.on_site, story.review
    known = on_site.live or on_site.pending or post.status != Post.Status.DRAFT
    if not settings.SECOND_READER or not known or review.is_complete:
        return []
    if review.pending_request:
        sentence = _("%(name)s sent it to review %(moment)s; a colleague has to approve it.")
        return [sentence % who_and_when(review.pending_request.by, review.pending_request.at)]
    return [review.unread_message] if post.status != Post.Status.IN_REVIEW else []


def has_link_approvals():
    """Whether there are any, read with a post: most stories have none."""
    return Exists(PreviewApproval.objects.filter(post=OuterRef("pk")))


def approvals_by_link(story):
    """What people outside approved by preview links, in sentences: the newest of each name."""
    if not getattr(story.post, "has_link_approvals", True):
        return []
    approvals = {}
    for row in story.post.preview_approvals.select_related("link")[:MOST_APPROVALS]:
        approvals.setdefault(row.name, row)
    if not approvals:
        return []
    pictures = library_words.digest(library_words.of_document(story.document))
    return [
        by_link_sentence(row, (row.version, row.pictures) == (story.post.version, pictures))
        for row in approvals.values()
    ]


def by_link_sentence(approval, is_same):
    words = {
        "name": approval.name,
        "version": approval.version,
        "moment": format_moment(approval.at),
    }
    sentence = _("%(name)s approved version %(version)s by preview link %(moment)s.") % words
    if approval.link.for_whom and approval.link.for_whom != approval.name:
        sentence += " " + _("The link was made for %s.") % approval.link.for_whom
    return sentence if is_same else sentence + " " + _("The words were changed since.")


def document_diff(before, after):
    """The differences between two documents of a post, as rows of {label, theirs, mine}."""
    if before is None:
        return
    diff = TextDiff()
    for label, theirs, mine in _document_texts(before, after):
        if theirs != mine:
            yield diff.row(label, theirs, mine)


def picture_diff(review):
    """What the library changed since the approval, as the same rows."""
    diff = TextDiff()
    texts = dict.fromkeys([*library_words.PICTURE_TEXTS, *library_words.RECORDING_TEXTS])
    for slug, words in sorted(review.changed_pictures.items()):
        model = Recording if ":" in slug else Photo
        for name in filter(words.get, texts):
            label = f"{capfirst(model._meta.get_field(name).verbose_name)} ({slug})"
            yield diff.row(label, *words[name])


def _document_texts(before, after):
    """(label, text, text) for each part of two documents of a post."""
    for name in COMPARED_FIELDS:
        yield _label(name), before[name], after[name]
    for name in ("authors", "topics"):
        yield _label(name), _names(before[name]), _names(after[name])
    sections = ([each["section"]] if each["section"] else [] for each in (before, after))
    yield _label("section"), *map(_names, sections)
    for region in Post.regions:
        yield from _block_texts(before["regions"][region.key], after["regions"][region.key])


def _label(name):
    return Post._meta.get_field(name).verbose_name


def _names(things):
    return ", ".join(thing["name"] for thing in things)


def _block_texts(before, after):
    """The same for blocks, paired by their place among those of their kind."""
    for kind in dict.fromkeys(block["kind"] for block in [*before, *after]):
        old, new = (
            [_block_text(block) for block in blocks if block["kind"] == kind]
            for blocks in (before, after)
        )
        name = capfirst(model_for(kind)._meta.verbose_name)
        for place, texts in enumerate(zip_longest(old, new, fillvalue=""), start=1):
            yield f"{name} {place}", *texts


def _block_text(block):
    """A block of a document as people read it."""
    if "html" in block:
        return sanitiser.plain(block["html"])
    shown = {**(block.get("picture") or {}), **block}
    texts = [value for name, value in shown.items() if name not in IDENTITY_KEYS]
    texts += map(_block_text, block.get("pictures", ()))
    texts += ("\t".join(row) for row in plain_rows(block.get("rows", [])))
    return "\n".join(text for text in texts if text and isinstance(text, str))
