"""What somebody outside answers by a preview link: a note, or that a version is approved."""

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from ...desk import library_words
from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.notes.leave_note import SEES_STORIES
from ...desk.notes.note import Note
from ...desk.post import Post
from ...desk.preview_links.preview_link import PreviewApproval, PreviewLink
from ...desk.transition import Transition
from ...desk.workflow import Refusal
from ..editions.edition import Edition
from .clean import clean_fields
from .open import open_link

Action = Transition.Action

SALT = "articles.preview_link.shown"
MOST_NOTES = 10
WITHIN = dt.timedelta(hours=1)
"""The first notes of a link within this time are taken."""
MOST_APPROVALS = 100


class Closed(Exception):
    """The link opens for nobody any more."""


class TooMany(Refusal):
    """More was sent by one link than anybody writes."""


@dataclass(frozen=True)
class Shown:
    """What a page of a link showed: a version of the story, with the words of the picture library
    at that time, as a digest."""

    key: str
    version: int
    pictures: str

    @classmethod
    def of(cls, link: PreviewLink, edition: Edition) -> "Shown":
        words = library_words.of_document(edition.document)
        return cls(link.key, edition.version, library_words.digest(words))

    def signed(self) -> str:
        """For the page's forms: only who was shown the page can send it."""
        return signing.dumps([self.key, self.version, self.pictures], salt=SALT)


def shown_in(signed: str, link: PreviewLink) -> Shown | None:
    """What a form of a link's page says that the page showed; None if it is no such form."""
    try:
        shown = Shown(*signing.loads(signed, salt=SALT))
    except (signing.BadSignature, TypeError):
        return None
    return shown if shown.key == link.key else None


@transaction.atomic
def note_by_link(token: str, text: str, *, name: str, now: dt.datetime) -> Note:
    """Leave a note at a link's story, for its maker. The same words again leave no other.

    Raises Closed or Refusal.
    """
    link = _answered(token, now)
    if not link.may_note:
        raise Refusal(_("Notes cannot be left by this link."))
    note = Note(post=link.post, text=text, to=_maker(link), preview_link=link, outside_name=name)
    note.at = now
    clean_fields(note, "text", "outside_name")
    same = link.notes.open().filter(text=note.text, outside_name=note.outside_name).first()
    if same:
        return same
    if link.notes.filter(at__gt=now - WITHIN).count() >= MOST_NOTES:
        raise TooMany(_("That is many notes in an hour. Please send the next one later."))
    note.save()
    log_action(Verb.ADD, note, by=None, by_name=note.outside_name, note=str(link.post), now=now)
    return note


@transaction.atomic
def approve_by_link(token: str, shown: Shown, *, name: str, now: dt.datetime) -> PreviewApproval:
    """Record that somebody who gives a name approves what the page showed; its maker is told.

    It takes the place of no approval of the newsroom. Raises Closed or Refusal.
    """
    link = _answered(token, now)
    if not link.may_approve:
        raise Refusal(_("This link asks for no approval."))
    approval = PreviewApproval(
        link=link,
        post=link.post,
        name=name,
        version=shown.version,
        pictures=shown.pictures,
        at=now,
    )
    clean_fields(approval, "name")
    same = link.approvals.filter(
        version=shown.version, pictures=shown.pictures, name=approval.name
    ).first()
    if same:
        return same
    if link.approvals.count() >= MOST_APPROVALS:
        raise TooMany(_("This link was used for very many approvals. Ask for a new one."))
    approval.save()
    of_story = str(link.post)
    log_action(Action.APPROVE, approval, by=None, by_name=approval.name, note=of_story, now=now)
    Note.objects.create(
        post=link.post,
        text=_("Approved version %s by the preview link.") % shown.version,
        to=_maker(link),
        at=now,
        preview_link=link,
        outside_name=approval.name,
    )
    return approval


def _answered(token: str, now: dt.datetime) -> PreviewLink:
    """The link, locked: what two windows send at once is taken one after the other."""
    if link := open_link(token, now=now):
        # The story first, as a kill holds it: then the link is gone, or its note is found.
        list(Post.objects.select_for_update(no_key=True).filter(pk=link.post_id).values("pk"))
        if link := open_link(token, now=now, lock=True):
            return link
    raise Closed


def _maker(link: PreviewLink):  # type: ignore[no-untyped-def]
    """Whom an answer is for; None, for everybody at the story, if the maker could not read it."""
    return link.made_by if link.made_by and link.made_by.has_perm(SEES_STORIES) else None
