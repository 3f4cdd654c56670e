"""Making a post live from a moment on: what publish, schedule and put back have in common."""

import datetime as dt

from django.contrib.auth.models import User

from ...desk import library_words
from ...desk.post import Post
from ...desk.search.index import index_posts
from ...desk.second_reader_rule import ReviewState
from ...desk.transition import Transition
from ...desk.workflow import Refusal
from ...library.days import is_possible, outside
from ..dates import FOREVER, day_of, whole_second
from ..editions.document import Parts, compose
from ..editions.edition import Edition
from ..editions.freeze import freeze
from ..editions.reader_notes import forget_change
from ..editions.story_parts import editions_made
from ..endings.tombstone import remove_tombstone
from .embargo import embargo_refusals
from .house_style import as_shortcoming, keeps_back, style_findings
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
    review = ReviewState(post, document=lambda: document)
    if by is not None and (refused := review.refusal(action, by)):
        raise Refusal(refused)
    indexed = _indexed(post)
    before = remove_pending(post, now=now)
    at = whole_second(at, after=must_start_after(before, at) if before else None)
    if before and before.live_until != FOREVER:
        remove_tombstone(post)  # it was withdrawn, or was to be
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
    put_on_site(post, edition, parts, before=before)
    # The edition has taken over the note about this change.
    post.slug, post.published_at = edition.slug, edition.published_at
    post.published_version = post.version
    forget_change(post)
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
    if _indexed(post) != indexed:
        index_posts([post.pk])
    return edition


def _indexed(post: Post) -> tuple[str, dt.date | None]:
    """What publishing gives a post that the desk's index of words holds."""
    return post.slug, day_of(post.published_at) if post.published_at else None


def put_on_site(post: Post, edition: Edition, parts: Parts, *, before: Edition | None) -> None:
    """Store an edition that was frozen, at its address and in the lists.

    Raises Refusal when another story has the address.
    """
    if before is None or before.get_absolute_url() != edition.get_absolute_url():
        keep_address(edition)
        refuse_taken_address(post, edition.posted_on, edition.slug)
    edition.save()
    list_edition(edition, parts)
    editions_made.send(sender=Edition, editions=[edition])


def ready_parts(post: Post, *, at: dt.datetime, is_scheduled: bool) -> Parts:
    """The parts of a post that may go on the site at a moment.

    Raises NotReady with all that is missing and what the house's style forbids, or Refusal while
    the embargo lasts.
    """
    parts = Parts([post])
    if is_scheduled:
        lock_pictures(parts.blocks[post.pk])
    against_style = keeps_back(style_findings(post, parts))
    if missing := [*shortcomings(post, parts, on=day_of(at)), *map(as_shortcoming, against_style)]:
        raise NotReady(missing)
    if embargoed := embargo_refusals(post, at):
        raise Refusal(embargoed[0])
    return parts


def must_start_after(edition: Edition, at: dt.datetime) -> dt.datetime:
    """The moment after which the next edition, which is to begin at `at`, may begin."""
    return edition.live_until if edition.live_until <= at else edition.live_from
