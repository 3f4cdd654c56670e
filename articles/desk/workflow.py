"""The workflow of a post: one table of steps, enforced here, each logged in its transaction.

Steps that reach the site (publish, withdraw …) are taken by functions in `publishing`, which use
`refuse_unless_allowed` and `log` from here.
"""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from . import library_words
from .clock import step_time
from .post import Post
from .second_reader_rule import ReviewState
from .transition import Transition

Status, Action = Post.Status, Transition.Action


class Refusal(Exception):
    """A step that cannot be taken now, with a message for the editor who tried."""


@dataclass(frozen=True)
class Step:
    """One row of the table: from which states, to which, and the permission it takes.

    `reread_origins` are further origins while words wait for a second reader
    (NEWSROOM_SECOND_READER).
    """

    origins: Set[str]
    target: str | None
    permission: str
    needs_note: bool = False
    reread_origins: Set[str] = frozenset()

    def fits(self, action: str, post: Post, review: ReviewState) -> bool:
        """Whether the step is possible from where the post is."""
        if post.status in self.origins:
            return True
        if post.status not in self.reread_origins or not settings.SECOND_READER:
            return False
        if action == Action.SEND_BACK:
            return review.pending_request is not None
        return not review.is_complete

    def status_after(self, post: Post) -> str:
        """The status of a post after the step. A published or withdrawn story keeps its own
        while it is reviewed."""
        return self.target if self.target and post.status in ON_THE_DESK else post.status


ON_THE_DESK = {Status.DRAFT, Status.IN_REVIEW, Status.READY}


APPROVE, PUBLISH = "articles.approve_post", "articles.publish_post"

STEPS: dict[str, Step] = {
    Action.SEND_TO_REVIEW: Step(
        {Status.DRAFT},
        Status.IN_REVIEW,
        "articles.send_post_to_review",
        reread_origins={Status.READY, Status.PUBLISHED, Status.WITHDRAWN},
    ),
    Action.SEND_BACK: Step(
        {Status.IN_REVIEW, Status.READY},
        Status.DRAFT,
        APPROVE,
        needs_note=True,
        reread_origins={Status.PUBLISHED, Status.WITHDRAWN},
    ),
    Action.APPROVE: Step(
        {Status.IN_REVIEW},
        Status.READY,
        APPROVE,
        reread_origins={Status.READY, Status.PUBLISHED, Status.WITHDRAWN},
    ),
    Action.PUBLISH: Step({Status.READY, Status.PUBLISHED}, Status.PUBLISHED, PUBLISH),
    Action.SCHEDULE: Step({Status.READY, Status.PUBLISHED}, Status.PUBLISHED, PUBLISH),
    # Where a cancelled post goes back to depends on what readers see without it.
    Action.CANCEL: Step({Status.PUBLISHED, Status.WITHDRAWN}, None, PUBLISH),
    Action.WITHDRAW: Step({Status.PUBLISHED}, Status.WITHDRAWN, PUBLISH),
    Action.PUT_BACK: Step({Status.WITHDRAWN}, Status.PUBLISHED, PUBLISH),
}

FIELDS_FOR_PUBLISHERS = ("published_at", "embargo_until", "embargo_note")
"""Fields of a post that decide when readers may see it."""


def may_set_dates(user: User) -> bool:
    return user.has_perm("articles.publish_post")


def may_change(post: Post, user: User) -> bool:
    if not user.has_perm("articles.change_post"):
        return False
    if user.has_perm("articles.change_any_post"):
        return True
    return post.status == Status.DRAFT and post.created_by_id == user.pk


def may(action: str, post: Post, user: User, review: ReviewState | None = None) -> bool:
    step = STEPS[action]
    if not user.has_perm(step.permission):
        return False
    if not step.fits(action, post, review or ReviewState(post)):
        return False
    if action == Action.SEND_TO_REVIEW:
        return may_change(post, user)
    return True


def refuse_unless_allowed(action: str, post: Post, *, by: User | None, note: str = "") -> None:
    """Raise PermissionDenied or Refusal unless the step may be taken. `by=None` is a command."""
    step = STEPS[action]
    if by is not None and not by.has_perm(step.permission):
        raise PermissionDenied(_("Your role does not allow this step."))
    review = ReviewState(post)
    if not step.fits(action, post, review):
        raise Refusal(
            _("“%(post)s” is now “%(status)s”, so this step is not possible. Open it again.")
            % {"post": post, "status": post.get_status_display()}
        )
    if by is not None and action == Action.SEND_TO_REVIEW and not may_change(post, by):
        raise PermissionDenied(_("This story belongs to a colleague."))
    if step.needs_note and not note.strip():
        raise Refusal(_("Say in a note why, so that your colleague knows what to do."))
    if by is not None and (message := review.refusal(action, by)):
        raise Refusal(message)


def log(
    action: str,
    post: Post,
    *,
    from_status: str,
    by: User | None,
    now: dt.datetime,
    note: str = "",
    due_at: dt.datetime | None = None,
    pictures: library_words.LibraryWords | None = None,
) -> Transition:
    """Log a step; `pictures` are the picture library's texts that it approves or publishes."""
    return Transition.objects.create(
        post=post,
        action=action,
        from_status=from_status,
        to_status=post.status,
        by=by,
        at=now,
        version=post.version,
        due_at=due_at,
        pictures=pictures,
        note=note.strip(),
    )


@transaction.atomic
def move(
    post: Post, action: str, *, by: User | None, note: str = "", now: dt.datetime | None = None
) -> Transition:
    """Take a step that stays on the desk: send to review, send back, approve.

    Raises PermissionDenied or Refusal, and then nothing has changed.
    """
    if action not in {Action.SEND_TO_REVIEW, Action.SEND_BACK, Action.APPROVE}:
        raise ValueError(f"{action} reaches the site: call the function in publishing.")
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_unless_allowed(action, post, by=by, note=note)
    from_status, post.status = post.status, STEPS[action].status_after(post)
    post.save(update_fields=["status"])
    return log(
        action,
        post,
        from_status=from_status,
        by=by,
        note=note,
        now=step_time(post, now),
        pictures=library_words.of_post(post) if action == Action.APPROVE else None,
    )
