"""The life of a post on the desk: one table of steps, enforced here and logged in the same breath.

Steps that reach the site (publish, withdraw …) are taken by functions in `publishing`, which use
`allow` and `log` from here.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from .clock import step_time
from .post import Post
from .transition import Transition

Status, Action = Post.Status, Transition.Action


class Refusal(Exception):
    """A step that cannot be taken now, in words for the editor who tried."""


@dataclass(frozen=True)
class Step:
    """One row of the table: from which states, to which, and the permission it takes."""

    origins: frozenset
    target: str | None
    permission: str
    needs_note: bool = False


def _step(*origins, to, permission, needs_note=False):
    return Step(frozenset(origins), to, f"articles.{permission}", needs_note)


STEPS = {
    Action.SEND_TO_REVIEW: _step(
        Status.DRAFT, to=Status.IN_REVIEW, permission="send_post_to_review"
    ),
    Action.SEND_BACK: _step(
        Status.IN_REVIEW,
        Status.READY,
        to=Status.DRAFT,
        permission="approve_post",
        needs_note=True,
    ),
    Action.APPROVE: _step(Status.IN_REVIEW, to=Status.READY, permission="approve_post"),
    Action.PUBLISH: _step(
        Status.READY, Status.PUBLISHED, to=Status.PUBLISHED, permission="publish_post"
    ),
    Action.SCHEDULE: _step(
        Status.READY, Status.PUBLISHED, to=Status.PUBLISHED, permission="publish_post"
    ),
    # Where a cancelled post goes back to depends on what readers see without it.
    Action.CANCEL: _step(Status.PUBLISHED, Status.WITHDRAWN, to=None, permission="publish_post"),
    Action.WITHDRAW: _step(Status.PUBLISHED, to=Status.WITHDRAWN, permission="publish_post"),
    Action.PUT_BACK: _step(Status.WITHDRAWN, to=Status.PUBLISHED, permission="publish_post"),
}


def may_change(post, user):
    """Whether this person may change the words of this post now."""
    if not user.has_perm("articles.change_post"):
        return False
    if user.has_perm("articles.change_any_post"):
        return True
    return post.status == Status.DRAFT and post.created_by_id == user.pk


def may(action, post, user):
    """Whether this person may take this step with this post now."""
    step = STEPS[action]
    if post.status not in step.origins or not user.has_perm(step.permission):
        return False
    if action == Action.SEND_TO_REVIEW:
        return may_change(post, user)
    return True


def allow(action, post, *, by, note=""):
    """Raise PermissionDenied or Refusal unless the step may be taken. `by=None` is a command."""
    step = STEPS[action]
    if by is not None and not by.has_perm(step.permission):
        raise PermissionDenied(_("Your role does not allow this step."))
    if post.status not in step.origins:
        raise Refusal(
            _("“%(post)s” is now “%(status)s”, so this step is not possible. Open it again.")
            % {"post": post, "status": post.get_status_display()}
        )
    if by is not None and action == Action.SEND_TO_REVIEW and not may_change(post, by):
        raise PermissionDenied(_("This story belongs to a colleague."))
    if step.needs_note and not note.strip():
        raise Refusal(_("Say in a note why, so that your colleague knows what to do."))
    if action == Action.APPROVE and settings.SECOND_READER and by is not None:
        sent = post.transitions.filter(action=Action.SEND_TO_REVIEW).first()
        if sent is not None and sent.by_id == by.pk:
            raise Refusal(_("You sent this story to review; a colleague has to approve it."))


def log(action, post, *, from_status, by, note="", now, due_at=None):
    """Write a step into the desk's log."""
    return Transition.objects.create(
        post=post,
        action=action,
        from_status=from_status,
        to_status=post.status,
        by=by,
        at=now,
        due_at=due_at,
        note=note.strip(),
    )


@transaction.atomic
def move(post, action, *, by, note="", now=None):
    """Take a step that stays on the desk: send to review, send back, approve.

    Raises PermissionDenied or Refusal, and then nothing has changed.
    """
    if action not in {Action.SEND_TO_REVIEW, Action.SEND_BACK, Action.APPROVE}:
        raise ValueError(f"{action} reaches the site: call the function in publishing.")
    post = Post.objects.select_for_update().get(pk=post.pk)
    allow(action, post, by=by, note=note)
    from_status, post.status = post.status, STEPS[action].target
    post.save(update_fields=["status"])
    return log(action, post, from_status=from_status, by=by, note=note, now=step_time(post, now))
