"""Leaving a note at a story, and marking it done."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...library.characters import tidy_line
from ..audit_log.log import log_action
from ..audit_log.verbs import Verb
from ..post import Post
from ..rights.may_do import may_do
from ..steps_table import CHANGE_ANY
from ..workflow import Refusal, lock_unless_killed
from .mail_wish import tell_by_mail
from .note import QUOTE_LENGTH, Note, NoteQuerySet

SEES_STORIES = "articles.view_post"


def notes_to(user: User) -> NoteQuerySet:
    """The open notes to somebody, newest first."""
    return Note.objects.filter(to=user).open().newest_first()


@dataclass(frozen=True)
class Passage:
    """What a note is about: a node of the story, and the words there as they were then."""

    node: str = ""
    quote: str = ""


def leave_note(
    post: Post,
    text: str,
    *,
    by: User,
    to: User | None = None,
    passage: Passage | None = None,
    answer_to: Note | None = None,
    now: dt.datetime | None = None,
) -> Note:
    """Leave a note at a story or at a passage of it, to a colleague or to everybody who opens it.

    The same again leaves no other while it is open. An answer is to whoever wrote the note, if it
    names nobody else; an answer to an answer belongs to the same note. Raises PermissionDenied, and
    Refusal for a colleague who could not read it, or at a story that is killed.
    """
    refuse_unless_sees_stories(by)
    text = text.strip()
    if not text:
        raise Refusal(_("The note is empty. Write what your colleague should know."))
    if answer_to is not None:
        to = to or (answer_to.to if answer_to.by_id == by.pk else answer_to.by)
        answer_to = answer_to.answer_to or answer_to
        if to is not None and not (to.is_active and to.has_perm(SEES_STORIES)):
            to = None  # whoever wrote has left: who opens the story reads it
    if to is not None and not (to.is_active and to.has_perm(SEES_STORIES)):
        raise Refusal(_("%s cannot open the desk's stories.") % (to.get_full_name() or to))
    now = now or timezone.now()
    with transaction.atomic():
        lock_unless_killed(post)
        said = {
            "post": post,
            "text": text,
            "by": by,
            "to": to,
            "answer_to": answer_to,
            "node": passage.node if passage else "",
            "quote": tidy_line(passage.quote)[:QUOTE_LENGTH] if passage else "",
        }
        if same := Note.objects.open().filter(**said).first():
            return same  # a double click, or sent again because the answer was lost
        note = Note.objects.create(**said, at=now)
        log_action(Verb.ADD, note, by=by, note=str(post), now=now)
        tell_by_mail(note, now=now)
    return note


def may_mark_done(note: Note, user: User) -> bool:
    """Whether it is for this person to say that a note is done: one to a colleague is for them, for
    whoever wrote it, and for those who may change any story of its section."""
    if not user.has_perm(SEES_STORIES):
        return False
    is_theirs = note.to_id is None or user.pk in (note.to_id, note.by_id)
    return is_theirs or may_do(user, CHANGE_ANY, note.post)


@transaction.atomic
def mark_done(note: Note, *, by: User, now: dt.datetime | None = None) -> Note:
    """Mark a note as done. One that is done already stays as it is. Raises PermissionDenied, and
    Refusal for a note to a colleague."""
    refuse_unless_sees_stories(by)
    notes = Note.objects.select_for_update(of=("self",)).select_related("to", "post")
    note = notes.get(pk=note.pk)
    if not may_mark_done(note, by):
        name = note.to and (note.to.get_full_name() or note.to)
        raise Refusal(
            _("This note is to %s: they say when it is done, or whoever wrote it.") % name
        )
    if note.done_at is None:
        note.done_at, note.done_by = now or timezone.now(), by
        note.save(update_fields=["done_at", "done_by"])
        log_action(Verb.CHANGE, note, by=by, changes=[{"field": "done_at"}], now=note.done_at)
        # With a note its answers are done, but those to colleagues who may not have seen them.
        answers = note.answers.open().filter(models.Q(to=None) | models.Q(to=by))
        answers.update(done_at=note.done_at, done_by=by)
    return note


def refuse_unless_sees_stories(user: User) -> None:
    if not user.has_perm(SEES_STORIES):
        raise PermissionDenied(_("Your role does not allow you to see stories."))
