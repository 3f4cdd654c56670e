"""Steps as the admin takes them, provided that the post is as the person saw it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.post import Post
from ...desk.second_reader_rule import ReviewState
from ...desk.transition import Transition
from ...desk.workflow import STEPS, Refusal, may, move
from ...publishing.steps.cancel_schedule import cancel_schedule
from ...publishing.steps.publish import publish
from ...publishing.steps.put_back import put_back
from ...publishing.steps.schedule import schedule
from ...publishing.steps.step import lock_post
from ...publishing.steps.withdraw import withdraw
from ..datetime_fields import format_moment
from .status_summary import who_and_when

Action = Transition.Action

BUTTON_LABELS = {
    Action.SEND_TO_REVIEW: gettext_lazy("Send to review"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish now"),
    Action.SCHEDULE: gettext_lazy("Schedule"),
    Action.SEND_BACK: gettext_lazy("Send back"),
    Action.CANCEL: gettext_lazy("Cancel what is scheduled"),
    Action.WITHDRAW: gettext_lazy("Withdraw"),
    Action.PUT_BACK: gettext_lazy("Put back"),
}
"""In the order of the buttons."""

IMMEDIATE_STEPS = {Action.SEND_TO_REVIEW, Action.APPROVE}
"""Steps that a button takes without asking anything more: readers notice nothing."""

VERSION_BOUND_STEPS = {
    Action.SEND_TO_REVIEW,
    Action.APPROVE,
    Action.PUBLISH,
    Action.SCHEDULE,
    Action.PUT_BACK,
}
"""Steps that let out or pass on the words, so they are taken with the version that was seen."""


class Changed(Refusal):
    """The post is not as it was when the person decided."""


def possible_steps(post, user, on_site, review=None):
    """The steps that this person may take now and that would have an effect, in order."""
    review = review or ReviewState(post)
    allowed = [action for action in BUTTON_LABELS if may(action, post, user, review)]
    return [action for action in allowed if _would_change(action, on_site)]


def offered_steps(post, user, on_site):
    """The possible steps, without those that a rule would refuse: each gets a button."""
    review = ReviewState(post)
    found = possible_steps(post, user, on_site, review)
    if settings.SECOND_READER:
        found = [action for action in found if not review.refusal(action, user)]
        if post.status != Post.Status.DRAFT and review.pending_request:
            found = [action for action in found if action != Action.SEND_TO_REVIEW]
    return found


def _would_change(action, on_site):
    if action == Action.CANCEL:
        return on_site.is_scheduled
    if action == Action.WITHDRAW:
        return bool(on_site.live)
    if action == Action.PUT_BACK:
        return not on_site.live
    return True


def refuse_role(action, user):
    """Raise PermissionDenied unless this person's role allows the step (on some post)."""
    if action not in STEPS or not user.has_perm(STEPS[action].permission):
        raise PermissionDenied(_("Your role does not allow this step."))


def state_token(action, post):
    """A post as a person saw it when deciding on a step, as a short text (an ETag)."""
    latest = post.editions.order_by("-number").values_list("number", "live_until").first()
    number, until = latest or (0, None)
    version = post.version if action in VERSION_BOUND_STEPS else ""
    return f"{version}/{post.status}/{number}/{until.timestamp() if until else ''}"


@transaction.atomic
def take_step(action, post, *, by, now, seen=None, at=None, note="", meant=None):
    """Take the step with the post as it is now.

    With `seen`, a state token, the post must be as it was; `meant` is as for `publish`. Raises
    PermissionDenied or Refusal (Changed, NotReady), and then nothing has changed.
    """
    refuse_role(action, by)
    post = lock_post(post)
    if seen is not None and seen != state_token(action, post):
        raise Changed(_change_sentence(post, seen))
    logged = {"by": by, "note": note, "now": now}
    if action == Action.PUBLISH:
        return publish(post, meant=meant, **logged)
    if action == Action.SCHEDULE:
        return schedule(post, at=at, meant=meant, **logged)
    if action == Action.WITHDRAW:
        return withdraw(post, at=at, **logged)
    if action == Action.CANCEL:
        return cancel_schedule(post, **logged)
    if action == Action.PUT_BACK:
        return put_back(post, meant=meant, **logged)
    return move(post, action, **logged)


def _change_sentence(post, seen):
    if seen.split("/")[0] not in {"", str(post.version)}:
        what = saved_sentence(post)
    else:
        what = _("A colleague moved this story meanwhile: it is now “%s”.") % (
            post.get_status_display()
        )
    return what + " " + _("Nothing was done. Look again, then decide.")


def saved_sentence(post):
    return _("%(name)s saved this story %(moment)s, after you opened this page.") % who_and_when(
        post.saved_by, post.saved_at
    )


def done_sentence(action, *, at=None):
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
    return words % format_moment(at) if "%s" in words else words
