"""Publishing: from the desk to the site, at a moment, in one transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...desk import library_words
from ...desk.post import Post
from ...desk.second_reader import Reading
from ...desk.transition import Transition
from ...desk.workflow import Refusal, log, refuse_unless_allowed
from ...library.days import is_possible, outside
from ..dates import FOREVER, day_of, next_whole_second, whole_second
from ..editions.document import Parts, compose
from ..editions.freeze import freeze
from ..invalidation.affected_keys import by_story
from ..invalidation.site_stamp import invalidate
from .list_edition import keep_address, list_edition
from .posted_on import moment_meant
from .readiness import NotReady, embargo_refusals, lock_pictures, refuse_taken_address, shortcomings
from .timeline import (
    WRITTEN_BY_STEPS,
    end,
    next_number,
    remove_pending,
    status_without_pending,
    step_moment,
)

Action = Transition.Action


@transaction.atomic
def publish(post, *, by, at=None, note="", now=None, meant=None):
    """Freeze the post as it stands and show it to readers from the given moment (now, if none).

    A moment in the future schedules it: nothing has to run then. Replaces what was scheduled
    before. `meant` says what is meant by a “posted on” that is later (`posted_on.Meant`).
    Returns the edition. Raises PermissionDenied, Refusal, PostedLater when `meant` is wanted, or
    NotReady with a list of what is missing; then nothing has changed.
    """
    post = locked(post)
    asked_at = now or timezone.now()
    now = step_moment(post, asked_at)
    at = now if at in (None, asked_at) else at
    at = next_whole_second(at) if at > now else at
    refuse_unless_allowed(Action.SCHEDULE if at > now else Action.PUBLISH, post, by=by)
    refuse_impossible(post, at)
    if at < now:
        raise Refusal(_("That moment has passed. Choose one to come, or publish now."))
    at = moment_meant(post, at, meant)
    action = Action.SCHEDULE if at > now else Action.PUBLISH
    parts = ready_parts(post, at=at, to_come=at > now)
    return _show(post, parts, action, by=by, at=at, note=note, now=now)


@transaction.atomic
def put_back(post, *, by, note="", now=None, meant=None):
    """Show a withdrawn story again, as it stands on the desk: in a new edition, from now on; or
    from the moment that its “posted on” names, as for `publish`."""
    post = locked(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Action.PUT_BACK, post, by=by)
    refuse_impossible(post, now)
    at = moment_meant(post, now, meant)
    parts = ready_parts(post, at=at, to_come=at > now)
    return _show(post, parts, Action.PUT_BACK, by=by, at=at, note=note, now=now)


@transaction.atomic
def withdraw(post, *, by, at=None, note="", now=None):
    """Take a story off the site, now or at a moment to come; its address then answers 410."""
    post = locked(post)
    now = step_moment(post, now)
    at = max(at or now, now)
    refuse_unless_allowed(Action.WITHDRAW, post, by=by)
    remove_pending(post, now=now)
    edition = post.editions.live(at).first()
    if edition is None:
        raise Refusal(_("Readers do not see this story yet: cancel its schedule instead."))
    end(edition, at=at)
    invalidate(by_story(post, now=now), later(at, now=now), visible_now=at <= now)
    from_status, post.status = post.status, Post.Status.WITHDRAWN
    post.save(update_fields=WRITTEN_BY_STEPS)
    log(
        Action.WITHDRAW,
        post,
        from_status=from_status,
        by=by,
        note=note,
        now=now,
        due_at=at if at > now else None,
    )
    return edition


@transaction.atomic
def cancel_schedule(post, *, by, note="", now=None):
    """Undo what is scheduled for the post (an edition to come, or a withdrawal to come)."""
    post = locked(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Action.CANCEL, post, by=by)
    live = post.editions.live(now).first()
    pending = post.editions.filter(live_from__gt=now).exists()
    if not pending and (live is None or live.live_until == FOREVER):
        raise Refusal(_("Nothing is scheduled for this story."))
    latest = remove_pending(post, now=now)
    invalidate(by_story(post, now=now))
    from_status = post.status
    if live:
        end(live, at=FOREVER)
    post.status = status_without_pending(live or latest, now=now)
    post.save(update_fields=WRITTEN_BY_STEPS)
    log(Action.CANCEL, post, from_status=from_status, by=by, note=note, now=now)


def locked(post):
    """The post as it is stored now, held until the transaction ends.

    Two editors pressing a button together must get two numbers, or one must be told; so the
    clock is read only afterwards.
    """
    return Post.objects.select_for_update(of=("self",)).select_related("section").get(pk=post.pk)


def refuse_impossible(post, at):
    """Raise Refusal for moments that no page could show."""
    for moment in (at, post.published_at):
        if moment and not is_possible(moment):
            raise Refusal(outside(moment))


def ready_parts(post, *, at, to_come=False):
    """The parts of a post that may go on the site at a moment.

    Raises NotReady with all that is missing, or Refusal while the embargo lasts.
    """
    parts = Parts([post])
    if to_come:
        lock_pictures(parts.blocks[post.pk])
    if missing := shortcomings(post, parts, on=day_of(at)):
        raise NotReady(missing)
    if embargoed := embargo_refusals(post, at):
        raise Refusal(embargoed[0])
    return parts


def _show(post, parts, action, *, by, at, note, now):
    """Close the interval before `at`, open one from `at`, and log the step."""
    document = compose(post, parts)
    # Asked again of the very words: the library may have changed since the step was allowed.
    if by is not None and (refused := Reading(post, document=document).refusal(action, by)):
        raise Refusal(refused)
    before = remove_pending(post, now=now)
    at = whole_second(at, after=before and last_of(before, at))
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
    # The edition before may have ended at the beginning of this second.
    invalidate(by_story(post, now=min(at, now)), later(at, now=now), visible_now=at <= now)
    from_status = settle(post, edition)
    log(
        action,
        post,
        from_status=from_status,
        by=by,
        note=note,
        now=now,
        due_at=at if at > now else None,
        pictures=library_words.of_document(document),
    )
    return edition


def last_of(edition, at):
    """The last moment that belongs to an edition which another one follows at a moment."""
    return edition.live_until if edition.live_until <= at else edition.live_from


def later(at, *, now):
    """The moment of a step, in a list, if it is still to come."""
    return [at] if at > now else []


def settle(post, edition):
    """Write on the desk that this edition is out; what was said of the change is used up.

    Returns the status the post had.
    """
    from_status, post.status = post.status, Post.Status.PUBLISHED
    post.slug, post.published_at = edition.slug, edition.published_at
    post.published_version = post.version
    post.change_kind, post.change_note = Post.Change.SILENT, ""
    post.save(update_fields=WRITTEN_BY_STEPS)
    return from_status
