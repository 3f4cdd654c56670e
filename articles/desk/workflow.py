"""The workflow of a post: the steps of the table, enforced here, each logged in its transaction.

Steps that reach the site (publish, withdraw …) are taken by functions in `publishing`, which use
`refuse_unless_allowed` and `log` from here.
"""

import datetime as dt
from copy import copy

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..library.section import Section
from . import library_words
from .audit_log.log import log_action
from .clock import step_time
from .embargo.embargoed import BREAK_EMBARGO, is_embargoed
from .killed import is_killed
from .legal_hold.held import LIFT_HOLD, hold_sentence, is_on_hold
from .planning.rules import is_plan_still, may_change_plan
from .post import Post
from .rights.may_do import may_do, may_somewhere
from .second_reader_rule import ReviewState
from .steps_table import APPROVE, CHANGE_ANY, MOVES, PUBLISH, STEPS, WRITE
from .taking_back import take_back_refusal
from .transition import Transition

Status, Action = Post.Status, Transition.Action


class Refusal(Exception):
    """A step that cannot be taken now, with a message for the editor who tried."""


FIELDS_FOR_PUBLISHERS = ("published_at",)
"""Fields of a post that decide when readers may see it."""


def may_set_dates(user: User, post: Post | None = None) -> bool:
    """Whether somebody may give a story (or some story) its date."""
    return may_do(user, PUBLISH, post) if post else may_somewhere(user, PUBLISH)


def may_change(post: Post, user: User) -> bool:
    """Whether this person may write in a story. In one that is only planned nobody does, nor in
    one that is killed or to be killed."""
    if post.status == Status.PLANNED or is_killed(post):
        return False
    if not may_do(user, WRITE, post):
        return False
    if may_do(user, CHANGE_ANY, post):
        return True
    return post.status == Status.DRAFT and post.created_by_id == user.pk


def refuse_foreign_section(post: Post, section: Section | None, *, by: User | None) -> None:
    """Raise PermissionDenied unless somebody may put a story, which is still where it was, into a
    section.

    A story that is stopped comes to no section in which they could let it go on, from one in which
    they could not; an approved one to none in which they could not have approved it, from one in
    which they could.
    """
    if by is None:
        return
    if section is not None and not may_do(by, WRITE, section):
        raise PermissionDenied(_("You have no rights in the section “%s”.") % section)
    moved = copy(post)
    moved.section = section
    is_approved = post.status == Status.READY
    if is_approved and may_do(by, APPROVE, post) and not may_do(by, APPROVE, moved):
        raise PermissionDenied(_("You have no rights in the section “%s”.") % section)
    is_dated = post.published_at is not None and post.published_version is None
    if is_dated and may_set_dates(by, post) and not may_set_dates(by, moved):
        raise PermissionDenied(_("You may not date stories of this section."))
    for stopped, right in ((is_on_hold, LIFT_HOLD), (is_embargoed, BREAK_EMBARGO)):
        if stopped(post) and may_do(by, right, moved) and not may_do(by, right, post):
            raise PermissionDenied(
                _("On legal hold or embargoed, this story stays in its section for you.")
            )


def may(action: str, post: Post, user: User, review: ReviewState | None = None) -> bool:
    step = STEPS[action]
    if not step.is_for(user, post):
        return False
    review = review or ReviewState(post)
    if not step.fits(action, post, review):
        return False
    if action == Action.TAKE_BACK and take_back_refusal(user, review):
        return False
    if action == Action.BACK_TO_PLAN and not is_plan_still(post):
        return False
    return not refusal_of_person(action, post, user)


def refusal_of_person(action: str, post: Post, user: User) -> str:
    """Why a step that somebody's role allows is not theirs with this story, or ""."""
    if action == Action.SEND_TO_REVIEW and not may_change(post, user):
        return _("This story belongs to a colleague.")
    if action in {Action.BEGIN, Action.BACK_TO_PLAN} and not may_change_plan(post, user):
        return _("This story is planned for a colleague.")
    if action == Action.EMBARGO and not may_embargo(post, user):
        return _("This story belongs to a colleague.")
    return ""


def may_embargo(post: Post, user: User) -> bool:
    """Whether this person may put a story under an embargo: who writes or plans it, or may
    publish it."""
    if may_do(user, PUBLISH, post) or may_change(post, user):
        return True
    return post.status == Status.PLANNED and may_change_plan(post, user)


def refuse_unless_allowed(action: str, post: Post, *, by: User | None, note: str = "") -> None:
    """Raise PermissionDenied or Refusal unless the step may be taken. `by=None` is a command."""
    step = STEPS[action]
    if by is not None and not step.is_for(by, post):
        raise PermissionDenied(refusal_of_role(action, post, by))
    review = ReviewState(post)
    if not step.fits(action, post, review):
        raise Refusal(
            _("“%(post)s” is now “%(status)s”, so this step is not possible. Open it again.")
            % {"post": post, "status": post.get_status_display()}
        )
    if by is not None and (message := refusal_of_person(action, post, by)):
        raise PermissionDenied(message)
    if action == Action.BACK_TO_PLAN and not is_plan_still(post):
        raise Refusal(_("There are words in this story, or no plan of it: it stays a draft."))
    if action == Action.SEND_TO_REVIEW and not post.headline.strip():
        raise Refusal(_("The headline is missing: write one, then send the story to review."))
    if step.needs_note and not note.strip():
        raise Refusal(_("Say in a note why, so that your colleague knows what to do."))
    if step.lets_out and is_on_hold(post):
        raise Refusal(hold_sentence(post))
    if by is not None and (message := review.refusal(action, by)):
        raise Refusal(message)
    if action == Action.TAKE_BACK and by and (message := take_back_refusal(by, review)):
        raise Refusal(message)


def lock_unless_killed(post: Post) -> None:
    """Hold a story while something is written beside it. Raises Refusal where it is killed, or is
    to be: what would be written then would be found by no kill."""
    if is_killed(Post.objects.select_for_update(no_key=True).only("status").get(pk=post.pk)):
        raise Refusal(_("This story is killed: nothing can be written at it any more."))


def refusal_of_role(action: str, post: Post, user: User) -> str:
    """Why somebody's role does not allow a step: it never does, or not in this section."""
    if post.section and STEPS[action].is_for_some(user):
        return _("You have no rights in the section “%s”.") % post.section
    return _("Your role does not allow this step.")


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
    moved = [{"field": "status", "from": from_status, "to": post.status}]
    changes = moved if from_status != post.status else []
    log_action(action, post, by=by, changes=changes, note=note.strip(), now=now)
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
    """Take a step that stays on the desk: send to review, take back, send back, approve.

    Raises PermissionDenied or Refusal, and then nothing has changed.
    """
    if action not in MOVES:
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
