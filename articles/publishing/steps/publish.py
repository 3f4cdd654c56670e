"""Publishing: from the desk to the site, at a moment, in one transaction."""

import datetime as dt

from django.contrib.auth.models import User
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
from ..editions.edition import Edition
from ..editions.freeze import freeze
from ..invalidation.affected_keys import keys_of_story
from ..invalidation.site_stamp import invalidate
from .intervals import end, next_number, remove_pending, status_without_pending, step_moment
from .list_edition import keep_address, list_edition
from .posted_on import moment_meant
from .readiness import NotReady, embargo_refusals, lock_pictures, refuse_taken_address, shortcomings

Action = Transition.Action

STEP_FIELDS = (
    "status",
    "slug",
    "published_at",
    "published_version",
    "change_kind",
    "change_note",
    "removed_number",
)
"""The fields of a post that steps of publishing write."""


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


@transaction.atomic
def withdraw(
    post: Post,
    *,
    by: User | None,
    at: dt.datetime | None = None,
    note: str = "",
    now: dt.datetime | None = None,
) -> Edition:
    """Take a story off the site, now or at a future moment; its address then answers 410."""
    post = lock_post(post)
    now = step_moment(post, now)
    at = max(at or now, now)
    refuse_unless_allowed(Action.WITHDRAW, post, by=by)
    remove_pending(post, now=now)
    edition = post.editions.live(at).first()
    if edition is None:
        raise Refusal(_("Readers do not see this story yet: cancel its schedule instead."))
    end(edition, at=at)
    finish_step(
        Action.WITHDRAW, post, status=Post.Status.WITHDRAWN, by=by, note=note, now=now, at=at
    )
    return edition


@transaction.atomic
def cancel_schedule(
    post: Post, *, by: User | None, note: str = "", now: dt.datetime | None = None
) -> None:
    """Undo what is scheduled for the post: a pending edition or a pending withdrawal."""
    post = lock_post(post)
    now = step_moment(post, now)
    refuse_unless_allowed(Action.CANCEL, post, by=by)
    live = post.editions.live(now).first()
    pending = post.editions.filter(live_from__gt=now).exists()
    if not pending and (live is None or live.live_until == FOREVER):
        raise Refusal(_("Nothing is scheduled for this story."))
    latest = remove_pending(post, now=now)
    if live:
        end(live, at=FOREVER)
    status = status_without_pending(live or latest, now=now)
    finish_step(Action.CANCEL, post, status=status, by=by, note=note, now=now)


def lock_post(post: Post) -> Post:
    """The post as it is stored now, locked until the transaction ends.

    Two editors pressing a button together must get two numbers, or one must be refused; so the
    clock is read only afterwards.
    """
    return Post.objects.select_for_update(of=("self",)).select_related("section").get(pk=post.pk)


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
    if by is not None and (refused := Reading(post, document=document).refusal(action, by)):
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
    # What the post said of this change is used up.
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


def finish_step(
    action: Action,
    post: Post,
    *,
    status: Post.Status,
    by: User | None,
    now: dt.datetime,
    at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    note: str = "",
    pictures: dict | None = None,
) -> None:
    """Invalidate the pages that a step affects, save what it wrote on the post, and log it.

    `at` is the moment at which it takes effect for readers, if not now; the log repeats it, or
    names another moment as `due_at`.
    """
    at = at or now
    is_later = at > now
    # An edition may have ended at the beginning of this very second, so `at` may be before now.
    keys = keys_of_story(post, now=min(at, now))
    invalidate(keys, [at] if is_later else [], visible_now=not is_later)
    from_status, post.status = post.status, status
    post.save(update_fields=STEP_FIELDS)
    log(
        action,
        post,
        from_status=from_status,
        by=by,
        note=note,
        now=now,
        due_at=at if is_later else due_at,
        pictures=pictures,
    )
