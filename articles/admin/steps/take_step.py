"""Steps as the admin takes them, provided that the post is as the person saw it."""

from copy import copy

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.audit_log.log import log_action
from ...desk.audit_log.verbs import Verb
from ...desk.embargo.embargoed import embargo_sentence, is_embargoed
from ...desk.legal_hold.held import hold_refusals, hold_sentence, is_on_hold
from ...desk.optimistic_lock import next_version
from ...desk.planning.begin import back_to_plan, begin_draft
from ...desk.post import Post
from ...desk.steps_table import STEPS
from ...desk.transition import Transition
from ...desk.workflow import Refusal, may, move
from ...publishing.kill.ask import ask_kill, decline_kill
from ...publishing.kill.kill import kill_locked, open_sealed
from ...publishing.kill.kill_request import open_request, refusal_to_confirm
from ...publishing.steps.cancel_schedule import cancel_schedule
from ...publishing.steps.checkpoint import Reason, keep, keep_replaced
from ...publishing.steps.embargo import embargo_refusals
from ...publishing.steps.intervals import step_moment_with_newest
from ...publishing.steps.publish import publish_locked
from ...publishing.steps.put_back import put_back_locked
from ...publishing.steps.schedule import schedule_locked
from ...publishing.steps.step import lock_post
from ...publishing.steps.withdraw import withdraw
from ...publishing.stops.embargo import break_embargo_locked, set_embargo_locked
from ...publishing.stops.legal_hold import lift_hold, place_hold_locked
from ..fields.datetime_fields import format_moment
from .status_summary import who_and_when

Action = Transition.Action

BUTTON_LABELS = {
    Action.BEGIN: gettext_lazy("Start writing"),
    Action.SEND_TO_REVIEW: gettext_lazy("Send to review"),
    Action.APPROVE: gettext_lazy("Approve"),
    Action.PUBLISH: gettext_lazy("Publish now"),
    Action.SCHEDULE: gettext_lazy("Schedule"),
    Action.SEND_BACK: gettext_lazy("Send back"),
    Action.TAKE_BACK: gettext_lazy("Take back"),
    Action.CANCEL: gettext_lazy("Cancel what is scheduled"),
    Action.WITHDRAW: gettext_lazy("Withdraw"),
    Action.PUT_BACK: gettext_lazy("Put back"),
    Action.BACK_TO_PLAN: gettext_lazy("Back to plan"),
    Action.LIFT_HOLD: gettext_lazy("Lift the legal hold"),
    Action.BREAK_EMBARGO: gettext_lazy("Break the embargo"),
    Action.EMBARGO: gettext_lazy("Embargo"),
    Action.PLACE_HOLD: gettext_lazy("Put on legal hold"),
    Action.ASK_KILL: gettext_lazy("Ask for a kill"),
    Action.KILL: gettext_lazy("Confirm the kill"),
    Action.DECLINE_KILL: gettext_lazy("Do not kill"),
    Action.OPEN_SEALED: gettext_lazy("Open the sealed words"),
}
"""In the order of the buttons."""

IMMEDIATE_STEPS = {Action.BEGIN, Action.SEND_TO_REVIEW, Action.APPROVE, Action.TAKE_BACK}
"""Steps that a button takes without asking anything more: readers notice nothing."""

STEPS_ONWARDS = {
    *(Action.BEGIN, Action.SEND_TO_REVIEW, Action.APPROVE, Action.PUBLISH, Action.SCHEDULE),
    *(Action.PUT_BACK, Action.KILL, Action.OPEN_SEALED),
}
"""Steps that may be a story's next one. All others stand among the others, where nobody takes one
by a press too many."""

STEPS_BESIDE = {Action.SCHEDULE, Action.TAKE_BACK}
"""Steps with a button of their own beside the next one."""

VERSION_BOUND_STEPS = {
    Action.SEND_TO_REVIEW,
    Action.APPROVE,
    Action.PUBLISH,
    Action.SCHEDULE,
    Action.PUT_BACK,
    Action.BACK_TO_PLAN,
    Action.BREAK_EMBARGO,
}
"""Steps that let out or pass on the words, so they are taken with the version that was seen."""


STEPS_THAT_FREEZE = {Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK, Action.BREAK_EMBARGO}
"""Steps that make an edition of the words."""

OF_A_KILL = {Action.ASK_KILL, Action.KILL, Action.DECLINE_KILL, Action.OPEN_SEALED}
"""Steps that leave no words to keep."""

OF_AN_EMBARGO = {Action.EMBARGO, Action.BREAK_EMBARGO}

LOCKED_STEPS = {
    Action.PLACE_HOLD: place_hold_locked,
    Action.BREAK_EMBARGO: break_embargo_locked,
    Action.EMBARGO: set_embargo_locked,
    Action.PUBLISH: publish_locked,
    Action.SCHEDULE: schedule_locked,
    Action.PUT_BACK: put_back_locked,
    Action.KILL: kill_locked,
}
"""The longest steps: they take the post that was locked here, and the moment read with it."""

OTHER_STEPS = {
    Action.LIFT_HOLD: lift_hold,
    Action.WITHDRAW: withdraw,
    Action.CANCEL: cancel_schedule,
    Action.BEGIN: begin_draft,
    Action.BACK_TO_PLAN: back_to_plan,
    Action.ASK_KILL: ask_kill,
    Action.DECLINE_KILL: decline_kill,
    Action.OPEN_SEALED: open_sealed,
}

ANSWERS = {
    Action.PUBLISH: {"note", "meant"},
    Action.PUT_BACK: {"note", "meant"},
    Action.SCHEDULE: {"note", "at", "meant"},
    Action.WITHDRAW: {"note", "at"},
    Action.EMBARGO: {"note", "embargo"},
    Action.ASK_KILL: {"reason"},
    Action.OPEN_SEALED: {"reason"},
}
"""What a step takes of what was answered, if it is more than a note."""


class Changed(Refusal):
    """The post is not as it was when the person decided."""


def can_take(action, story, user):
    """Whether this person may take the step now with a StoryAtHand, and it would have an effect."""
    return may(action, story.post, user, story.review) and _would_change(action, story)


def offered_steps(story, user):
    """The possible steps in order, without those that a rule would refuse: each gets a button."""
    post, review = story.post, story.review
    found = [action for action in BUTTON_LABELS if can_take(action, story, user)]
    found = [action for action in found if not stop_refusals(action, post, story.now)]
    if settings.SECOND_READER:
        found = [action for action in found if not review.refusal(action, user)]
        if post.status != Post.Status.DRAFT and review.pending_request:
            found = [action for action in found if action != Action.SEND_TO_REVIEW]
    if Action.KILL in found and refusal_to_confirm(open_request(post), user, now=story.now):
        found.remove(Action.KILL)
    # What is to go out at its hour is seldom meant to go out now.
    first = {Action.SCHEDULE} if story.on_site.pending else ()
    return sorted(found, key=lambda action: action not in first)


def next_step(steps, story):
    """Which of the offered steps leads on, or None: nothing is due before readers who see the story
    as it stands."""
    on_site, post = story.on_site, story.post
    is_as_seen = on_site.live and not on_site.pending and not post.has_unpublished_changes
    due = [action for action in steps if action in STEPS_ONWARDS]
    if is_as_seen:
        due = [action for action in due if action not in {Action.PUBLISH, Action.SCHEDULE}]
    return due[0] if due else None


def button_label(action, post, on_site):
    """What the button of a step says: what is scheduled already gets another hour."""
    pending = on_site.pending
    if action == Action.SCHEDULE and pending:
        return _("Change the hour") if pending.version == post.version else _("Schedule again")
    return str(BUTTON_LABELS[action])


def stop_refusals(action, post, now):
    """Why a hold or an embargo refuses a step, whatever its moment, in sentences."""
    if not STEPS[action].lets_out:
        return []
    refusals = hold_refusals(post)
    if action == Action.SCHEDULE and post.embargo_until:
        return refusals
    return refusals if action == Action.BREAK_EMBARGO else refusals + embargo_refusals(post, now)


def _would_change(action, story):
    on_site, post = story.on_site, story.post
    if action in {Action.PLACE_HOLD, Action.LIFT_HOLD}:
        return is_on_hold(post) == (action == Action.LIFT_HOLD)
    if action == Action.BREAK_EMBARGO:
        return is_embargoed(post, story.now)
    if action == Action.EMBARGO:
        return not on_site.live or is_embargoed(post, story.now)
    if action == Action.CANCEL:
        return on_site.is_scheduled
    if action == Action.WITHDRAW:
        return bool(on_site.live)
    if action == Action.PUT_BACK:
        return not on_site.live
    return True


def refuse_role(action, user):
    """Raise PermissionDenied unless this is a step that people take (an embargo is eased by that of
    setting one), and this person's role allows it (on some post)."""
    if action not in BUTTON_LABELS or not STEPS[action].is_for_some(user):
        raise PermissionDenied(_("Your role does not allow this step."))


def state_token(action, post):
    """A post as a person saw it when deciding on a step, as a short text (an ETag)."""
    newest = post.editions.only("post", "number", "live_until").order_by("-number").first()
    return token_of(action, post, newest)


def token_of(action, post, newest):
    """The same of a post whose newest edition (or None) is at hand."""
    number, until = (newest.number, newest.live_until) if newest else (0, None)
    version = post.version if action in VERSION_BOUND_STEPS else ""
    ended = until.timestamp() if until else ""
    return f"{version}/{post.status}/{number}/{ended}/{what_it_ends(action, post)}"


def what_it_ends(action, post):
    """The hold, the embargo or the request that a step is about, for its token: another one may
    stand there by the time that somebody has decided."""
    if action == Action.LIFT_HOLD:
        return post.held_at.timestamp() if post.held_at else ""
    if action in OF_AN_EMBARGO:
        return "open" if post.embargo_open_ended else post.embargo_until or ""
    if action in {Action.KILL, Action.DECLINE_KILL}:
        request = open_request(post)
        return request.pk if request else ""
    return ""


@transaction.atomic
def take_step(
    action,
    post,
    *,
    by,
    now,
    seen=None,
    at=None,
    note="",
    meant=None,
    told=None,
    embargo=None,
    own=None,
):
    """Take the step with the post as it is now.

    With `seen`, a state token, the post must be as it was; `meant` is as for `publish`; `told`,
    {field: value}, is saved first: what readers are told; `embargo` is the one to be set; `own` is
    what this step alone takes. Raises PermissionDenied or Refusal (Changed, NotReady), and then
    nothing has changed.
    """
    refuse_role(action, by)
    post = lock_post(post)
    moment, newest = step_moment_with_newest(post, now)
    if seen is not None and seen != token_of(action, post, newest):
        raise Changed(change_sentence(post, seen, action))
    if told:
        _save_told(post, told, by=by, now=now)
    at = moment if at == now else at
    answers = {"at": at, "note": note, "reason": note, "meant": meant, "embargo": embargo}
    taken = {name: answers[name] for name in ANSWERS.get(action, {"note"})} | (own or {})
    if action in LOCKED_STEPS:
        done = LOCKED_STEPS[action](post, by=by, now=moment, **taken)
    elif action in OTHER_STEPS:
        done = OTHER_STEPS[action](post, by=by, now=now, **taken)
    else:
        done = move(post, action, by=by, now=now, **taken)
    if action not in STEPS_THAT_FREEZE | OF_A_KILL:
        # The words that it was taken at: an edition has what was published.
        keep(post, now=now, reason=Reason.STEP)
    return done


def _save_told(post, told, *, by, now):
    """Make what readers are told a version of its own, as the writing screen would; the step saves
    it with what it writes itself."""
    keep_replaced(post, now=now)
    next_version(post, copy(post), by=by, now=now)
    changes = [
        {"field": name, "from": getattr(post, name), "to": value} for name, value in told.items()
    ]
    for name, value in told.items():
        setattr(post, name, value)
    log_action(Verb.CHANGE, post, by=by, changes=changes, now=now)


def change_sentence(post, seen, action=""):
    """What happened to a post since it was seen with the state token, or since a page told none."""
    if seen.split("/")[0] not in {"", str(post.version)}:
        what = saved_sentence(post)
    elif action == Action.LIFT_HOLD and is_on_hold(post):
        what = hold_sentence(post)
    elif action in OF_AN_EMBARGO and is_embargoed(post):
        what = embargo_sentence(post)
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
        Action.BEGIN: _("It is a draft now: write."),
        Action.SEND_TO_REVIEW: _("Sent to review."),
        Action.APPROVE: _("Approved: it is ready to be published."),
        Action.SEND_BACK: _("Sent back, with your note."),
        Action.TAKE_BACK: _("Taken back: it is your draft again."),
        Action.PUBLISH: _("Published: readers see it now."),
        Action.SCHEDULE: _("Scheduled for %s."),
        Action.CANCEL: _("Cancelled: nothing is scheduled for this story any more."),
        Action.WITHDRAW: _("It will be withdrawn on %s.") if at else _("Withdrawn from the site."),
        Action.PUT_BACK: _("Put back: readers see it again."),
        Action.BACK_TO_PLAN: _("It is a plan again."),
        Action.PLACE_HOLD: _("On legal hold: nothing of it goes out until the hold is lifted."),
        Action.LIFT_HOLD: _("The legal hold is lifted: the story can go out again."),
        Action.BREAK_EMBARGO: _("The embargo is broken: readers see the story now."),
        Action.ASK_KILL: _("It is off the site. Somebody else has to confirm that it is killed."),
        Action.KILL: _("Killed: no word of it is left on the site or on the desk."),
        Action.DECLINE_KILL: _("It is not killed. It stays off the site until it is put back."),
    }[action]
    return words % format_moment(at) if "%s" in words else words
