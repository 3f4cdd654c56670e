"""Publishing: from the desk to the site, at a moment, in one transaction."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk import library_words
from ...desk.post import Post
from ...desk.second_reader_rule import ReviewState
from ...desk.transition import Transition
from ...desk.workflow import Refusal, refuse_unless_allowed
from ...library.days import is_possible, outside
from ..dates import day_of, next_whole_second, whole_second
from ..editions.document import Parts, compose
from ..editions.edition import Edition
from ..editions.freeze import freeze
from ..editions.story_parts import editions_made
from .intervals import end, next_number, remove_pending, step_moment
from .list_edition import keep_address, list_edition
from .posted_on import moment_meant
from .readiness import NotReady, embargo_refusals, lock_pictures, refuse_taken_address, shortcomings
from .step import finish_step, lock_post

Action = Transition.Action


@transaction.atomic
def publish(
    post: Post,
    *,
    by: User | None,
    at: dt.datetime | None = None,
    note: str = "",
    now: dt.datetime | None = None,
    meant: str | None = None,
) -> Edition:
    """Freeze the post as it stands and show it to readers from the given moment (now, if none).

    A moment in the future schedules it: nothing has to run then. Replaces what was scheduled
    before. `meant` says what is meant by a “posted on” that is later (`posted_on.Meant`).
    Raises PermissionDenied, Refusal, PostedLater when `meant` is needed, or NotReady with a list
    of what is missing; then nothing has changed.
    """
    post = lock_post(post)
    asked_at = now or timezone.now()
    now = step_moment(post, asked_at)
    at = now if at is None or at == asked_at else at
    at = next_whole_second(at) if at > now else at
    refuse_unless_allowed(Action.SCHEDULE if at > now else Action.PUBLISH, post, by=by)
    refuse_impossible(post, at)
    if at < now:
        raise Refusal(_("That moment has passed. Choose one to come, or publish now."))
    at = moment_meant(post, at, meant)
    action = Action.SCHEDULE if at > now else Action.PUBLISH
    return _make_live(post, action, by=by, at=at, note=note, now=now)


@transaction.atomic
def put_back(
    post: Post,
    *,
    by: User | None,
    note: str = "",
    now: dt.datetime | None = None,
    meant: str | None = None,
) -> Edition:
    """Show a withdrawn story again, as it stands on the desk: in a new edition, from now on; or
    from the moment that its “posted on” names, as for `publish`."""
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Action.PUT_BACK, post, by=by)
    refuse_impossible(post, now)
    at = moment_meant(post, now, meant)
    return _make_live(post, Action.PUT_BACK, by=by, at=at, note=note, now=now)


def refuse_impossible(post: Post, at: dt.datetime) -> None:
    """Raise Refusal for moments that no page could show."""
    for moment in (at, post.published_at):
        if moment and not is_possible(moment):
            raise Refusal(outside(moment))


def _make_live(
    post: Post, action: Action, *, by: User | None, at: dt.datetime, note: str, now: dt.datetime
) -> Edition:
    """End the edition before at this moment, and freeze one that is live from then on."""
    parts = ready_parts(post, at=at, is_scheduled=at > now)
    document = compose(post, parts)
    # Asked again of the very words: the library may have changed since the step was allowed.
    if by is not None and (refused := ReviewState(post, document=document).refusal(action, by)):
        raise Refusal(refused)
    before = remove_pending(post, now=now)
    at = whole_second(at, after=last_moment(before, at) if before else None)
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


def last_moment(edition: Edition, at: dt.datetime) -> dt.datetime:
    """The last moment of an edition that the next one, from `at` on, must not share."""
    return edition.live_until if edition.live_until <= at else edition.live_from
