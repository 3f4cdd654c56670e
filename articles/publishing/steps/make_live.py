"""Making a post live from a moment on: what publish, schedule and put back have in common."""

import datetime as dt

from django.contrib.auth.models import User

from ...desk import library_words
from ...desk.post import Post
from ...desk.second_reader_rule import ReviewState
from ...desk.transition import Transition
from ...desk.workflow import Refusal
from ...library.days import is_possible, outside
from ..dates import day_of, whole_second
from ..editions.document import Parts, compose
from ..editions.edition import Edition
from ..editions.freeze import freeze
from ..editions.story_parts import editions_made
from .embargo import embargo_refusals
from .intervals import end, next_number, remove_pending
from .list_edition import keep_address, list_edition
from .readiness import NotReady, lock_pictures, refuse_taken_address, shortcomings
from .step import finish_step

Action = Transition.Action


def refuse_impossible(post: Post, at: dt.datetime) -> None:
    """Raise Refusal for moments that no page could show."""
    for moment in (at, post.published_at):
        if moment and not is_possible(moment):
            raise Refusal(outside(moment))


def make_live(
    post: Post, action: Action, *, by: User | None, at: dt.datetime, note: str, now: dt.datetime
) -> Edition:
    """End the edition before at this moment, and freeze one that is live from then on."""
    parts = ready_parts(post, at=at, is_scheduled=at > now)
    document = compose(post, parts)
    # Asked again of the very words: the library may have changed since the step was allowed.
    if by is not None and (refused := ReviewState(post, document=document).refusal(action, by)):
        raise Refusal(refused)
    before = remove_pending(post, now=now)
    at = whole_second(at, after=must_start_after(before, at) if before else None)
    if before and before.live_until > at:
        end(before, at=at)
    edition = freeze(
        post,
        document,
        number=next_number(post, before),
        live_from=at,
        now=now,
        by=by,
        before=before,
    )
    if before is None or before.get_absolute_url() != edition.get_absolute_url():
        keep_address(edition)
        refuse_taken_address(post, edition.posted_on, edition.slug)
    edition.save()
    list_edition(edition, parts)
    editions_made.send(sender=Edition, editions=[edition])
    # The edition has taken over the note about this change.
    post.slug, post.published_at = edition.slug, edition.published_at
    post.published_version = post.version
    post.change_kind, post.change_note = Post.Change.SILENT, ""
    finish_step(
        action,
        post,
        status=Post.Status.PUBLISHED,
        by=by,
        note=note,
        now=now,
        at=at,
        pictures=library_words.of_document(document),
    )
    return edition


def ready_parts(post: Post, *, at: dt.datetime, is_scheduled: bool) -> Parts:
    """The parts of a post that may go on the site at a moment.

    Raises NotReady with all that is missing, or Refusal while the embargo lasts.
    """
    parts = Parts([post])
    if is_scheduled:
        lock_pictures(parts.blocks[post.pk])
    if missing := shortcomings(post, parts, on=day_of(at)):
        raise NotReady(missing)
    if embargoed := embargo_refusals(post, at):
        raise Refusal(embargoed[0])
    return parts


def must_start_after(edition: Edition, at: dt.datetime) -> dt.datetime:
    """The moment after which the next edition, which is to begin at `at`, may begin."""
    return edition.live_until if edition.live_until <= at else edition.live_from
