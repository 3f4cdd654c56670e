"""What the desk says of an approval: who read which version, and who changed what since."""

from itertools import zip_longest

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...desk import library_words
from ...desk.blocks import model_for
from ...desk.post import Post
from ...desk.rich_text import prose
from ...desk.second_reader import Reading
from ...desk.transition import Transition
from ...library.photo import Photo
from ...publishing.editions.document import compose
from ..datetime_fields import said
from ..posts.differences import Differences
from .status_summary import name_of

NOT_WORDS = {"kind", "token"}
FIELDS = ("kicker", "headline", "standfirst", "byline", "slug", "language")


def about_approval(post):
    """For a page that asks whether to let a story out: None before a review, then {is_changed,
    said, saves, rows}.

    `saves` are sentences on who saved since the approval, `rows` what differs, {label, theirs,
    mine} in markup, as far as the approved words are kept.
    """
    reading = Reading(post)
    if reading.approval is None:
        return None
    changed = reading.read_version != reading.version
    rows = list(changes(kept_words(post, reading.read_version), compose(post))) if changed else []
    return {
        "is_changed": bool(changed or reading.changed_pictures),
        "said": _approved(reading, changed or reading.changed_pictures),
        "saves": [
            _("%(name)s saved it %(moment)s.") % {"name": name_of(row.by), "moment": said(row.at)}
            for row in reading.saves
        ]
        + [
            _("%(name)s saved the picture “%(picture)s” in the library %(moment)s.")
            % {
                "name": name_of(entry.user),
                "picture": photo,
                "moment": said(entry.action_time),
            }
            for entry, photo in reading.picture_saves
        ],
        "rows": rows or list(changes_of_pictures(reading)),
    }


def _approved(reading, changed):
    step = reading.approval
    words = {"name": name_of(step.by), "moment": said(step.at)}
    if (step.version or reading.read_version) != reading.read_version:
        return _("It came from a file after it was approved.")
    if step.action == Transition.Action.APPROVE:
        if changed:
            return _("Changed since %(name)s approved it %(moment)s:") % words
        return _("%(name)s approved it %(moment)s; nothing was changed since.") % words
    if changed:
        return _("Changed since %(name)s published it %(moment)s:") % words
    return _("%(name)s published it %(moment)s; nothing was changed since.") % words


def waiting_for_reader(post, where):
    """A sentence on words that wait for a second reader, in a list of none or one."""
    reading = Reading(post)
    known = where.live or where.pending or post.status != Post.Status.DRAFT
    if not settings.SECOND_READER or not known or reading.is_complete:
        return []
    if reading.pending_request:
        words = {
            "name": name_of(reading.pending_request.by),
            "moment": said(reading.pending_request.at),
        }
        return [_("%(name)s sent it to review %(moment)s; a colleague has to approve it.") % words]
    return [reading.unread_message] if post.status != Post.Status.IN_REVIEW else []


def kept_words(post, version):
    """The document of an earlier version of a post, or None."""
    rows = (post.editions.filter(version=version), post.checkpoints.filter(version=version))
    found = (row.values_list("document", flat=True).first() for row in rows)
    return next((document for document in found if document), None)


def changes(before, after):
    """What differs between two documents of a post, as rows of {label, theirs, mine}."""
    if before is None:
        return
    page = Differences()
    for label, theirs, mine in _texts(before, after):
        if theirs != mine:
            left, right = page.marked(theirs, mine)
            yield {"label": capfirst(str(label)), "theirs": left, "mine": right}


def changes_of_pictures(reading):
    """What the picture library says otherwise since the approval, as the same rows."""
    page = Differences()
    for slug, words in sorted(reading.changed_pictures.items()):
        for name in filter(words.get, library_words.PICTURE_TEXTS):
            left, right = page.marked(*words[name])
            label = f"{capfirst(Photo._meta.get_field(name).verbose_name)} ({slug})"
            yield {"label": label, "theirs": left, "mine": right}


def _texts(before, after):
    """What two documents of a post say, as (label, text of the one, text of the other)."""
    for name in FIELDS:
        yield _label(name), before[name], after[name]
    for name in ("authors", "topics"):
        yield _label(name), _names(before[name]), _names(after[name])
    sections = ([each["section"]] if each["section"] else [] for each in (before, after))
    yield _label("section"), *map(_names, sections)
    for region in Post.regions:
        yield from _blocks(before["regions"][region.key], after["regions"][region.key])


def _label(name):
    return Post._meta.get_field(name).verbose_name


def _names(things):
    return ", ".join(thing["name"] for thing in things)


def _blocks(before, after):
    """Blocks by their place among those of their kind."""
    for kind in dict.fromkeys(block["kind"] for block in [*before, *after]):
        old, new = (
            [_words(block) for block in blocks if block["kind"] == kind]
            for blocks in (before, after)
        )
        name = capfirst(model_for(kind)._meta.verbose_name)
        for place, texts in enumerate(zip_longest(old, new, fillvalue=""), start=1):
            yield f"{name} {place}", *texts


def _words(block):
    """A block of a document as a person would read it."""
    if "html" in block:
        return prose.plain(block["html"])
    shown = block.get("picture") or block
    texts = (value for name, value in shown.items() if name not in NOT_WORDS)
    return "\n".join(text for text in texts if text and isinstance(text, str))
