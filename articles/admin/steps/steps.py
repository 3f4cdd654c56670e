"""Taking a step with a post from the admin: which are possible, what they are called, and one
function that takes any of them, with what the person saw."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.post import Post
from ...desk.second_reader import Reading
from ...desk.transition import Transition
from ...desk.workflow import STEPS, Refusal, may, move
from ...publishing.steps.publish import cancel_schedule, locked, publish, put_back, withdraw
from ..datetime_fields import said
from .status_summary import name_of

Action = Transition.Action

BUTTONS = {
    Action.SEND_TO_REVIEW: gettext_lazy("Send to review"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish now"),
    Action.SCHEDULE: gettext_lazy("Schedule"),
    Action.SEND_BACK: gettext_lazy("Send back"),
    Action.CANCEL: gettext_lazy("Cancel what is scheduled"),
    Action.WITHDRAW: gettext_lazy("Withdraw"),
    Action.PUT_BACK: gettext_lazy("Put back"),
}
"""What each button says, in the order of the buttons."""

AT_ONCE = {Action.SEND_TO_REVIEW, Action.APPROVE}
"""Steps that a button takes without asking anything more: readers notice nothing."""

OF_THE_WORDS = {
    Action.SEND_TO_REVIEW,
    Action.APPROVE,
    Action.PUBLISH,
    Action.SCHEDULE,
    Action.PUT_BACK,
}
"""Steps that are taken with the words as they were seen."""


class Changed(Refusal):
    """The post is not as it was when the person decided."""


def possible(post, user, where):
    """The steps that this person may take now and that would do something, in order."""
    reading = Reading(post)
    return [
        action for action in BUTTONS if may(action, post, user, reading) and _does(action, where)
    ]


def offered(post, user, where):
    """Those of them that this person is offered a button for: no rule stands in the way."""
    reading, found = Reading(post), possible(post, user, where)
    if settings.SECOND_READER:
        found = [action for action in found if not reading.refusal(action, user)]
        if post.status != Post.Status.DRAFT and reading.pending_request:
            found = [action for action in found if action != Action.SEND_TO_REVIEW]
    return found


def _does(action, where):
    if action == Action.CANCEL:
        return where.is_scheduled
    if action == Action.WITHDRAW:
        return bool(where.live)
    if action == Action.PUT_BACK:
        return not where.live
    return True


def refuse_role(action, user):
    """Raise PermissionDenied when no post at all lets this person take this step."""
    if action not in STEPS or not user.has_perm(STEPS[action].permission):
        raise PermissionDenied(_("Your role does not allow this step."))


def mark(action, post):
    """What a person sees of a post when deciding on a step, as a short text to compare."""
    latest = post.editions.order_by("-number").values_list("number", "live_until").first()
    number, until = latest or (0, None)
    version = post.version if action in OF_THE_WORDS else ""
    return f"{version}/{post.status}/{number}/{until.timestamp() if until else ''}"


@transaction.atomic
def take(action, post, *, by, now, seen=None, at=None, note="", meant=None):
    """Take the step with the post as it is now.

    With `seen`, a mark, it must be as it was; `meant` is for `publish`. Raises PermissionDenied
    or Refusal (Changed, NotReady); then nothing has changed.
    """
    refuse_role(action, by)
    post = locked(post)
    if seen is not None and seen != mark(action, post):
        raise Changed(_said_of(post, seen))
    said_with = {"by": by, "note": note, "now": now}
    if action == Action.PUBLISH:
        return publish(post, meant=meant, **said_with)
    if action == Action.SCHEDULE:
        return publish(post, at=at, meant=meant, **said_with)
    if action == Action.WITHDRAW:
        return withdraw(post, at=at, **said_with)
    if action == Action.CANCEL:
        return cancel_schedule(post, **said_with)
    if action == Action.PUT_BACK:
        return put_back(post, meant=meant, **said_with)
    return move(post, action, **said_with)


def _said_of(post, seen):
    if seen.split("/")[0] not in {"", str(post.version)}:
        what = _("%(name)s saved this story %(moment)s, after you opened this page.") % {
            "name": name_of(post.saved_by),
            "moment": said(post.saved_at),
        }
    else:
        what = _("A colleague moved this story meanwhile: it is now “%s”.") % (
            post.get_status_display()
        )
    return what + " " + _("Nothing was done. Look again, then decide.")


def told(action, *, at=None):
    """What has been done, as a sentence for the person who did it."""
    words = {
        Action.SEND_TO_REVIEW: _("Sent to review."),
        Action.APPROVE: _("Approved: it is ready to be published."),
        Action.SEND_BACK: _("Sent back, with your note."),
        Action.PUBLISH: _("Published: readers see it now."),
        Action.SCHEDULE: _("Scheduled for %s."),
        Action.CANCEL: _("Cancelled: nothing is scheduled for this story any more."),
        Action.WITHDRAW: _("It will be withdrawn on %s.") if at else _("Withdrawn from the site."),
        Action.PUT_BACK: _("Put back: readers see it again."),
    }[action]
    return words % said(at) if "%s" in words else words
