"""Moving what stands in the calendar: what is scheduled, or what is due."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ...desk.planning.move_due import move_due
from ...desk.planning.rules import may_change_plan, plan_of
from ...desk.steps_table import ON_THE_DESK, STEPS
from ...desk.workflow import may_change
from ...library.date_formats import format_moment, local
from ...publishing.steps.reschedule import reschedule
from ..steps.take_step import Action
from ..time_machine.moments import read_moment, write_moment


@dataclass(frozen=True)
class Standing:
    """How a story stands in the calendar: scheduled ("coming") or due, and for which moment; or
    planned for no day yet ("undated")."""

    kind: str
    moment: object

    @property
    def was(self):
        """The moment as forms send it back."""
        return write_moment(self.moment) if self.moment else ""

    @property
    def mark(self):
        """The mark of its row in the calendar once it is moved."""
        return "coming" if self.kind == "coming" else "due"

    @property
    def initial(self):
        if not self.moment:
            return {}
        return {"day": local(self.moment).date(), "time": local(self.moment).time()}

    @classmethod
    def sent_in(cls, data):
        """As it stood on the page from which a form was sent, or None."""
        kind, moment = data.get("kind"), read_moment(data.get("was", ""))
        if kind == "undated":
            return cls(kind, None)
        return cls(kind, moment) if kind in {"coming", "due"} and moment else None


def standing_of(post, *, now):
    """How a story stands in the calendar now, or None."""
    pending = post.editions.filter(live_from__gt=now).order_by("number").last()
    if pending:
        return Standing("coming", pending.live_from)
    plan = plan_of(post)
    if plan and post.status in ON_THE_DESK:
        return Standing("due" if plan.due_at else "undated", plan.due_at)
    return None


def may_move(row, user):
    """Whether somebody may move a Row of the calendar, as far as their role says."""
    post = row.story.post
    if row.mark == "coming":
        return STEPS[Action.SCHEDULE].is_for(user, post)
    return row.mark == "due" and may_move_due(post, user)


def may_move_due(post, user):
    """Whether somebody may say when a story is due."""
    return may_change_plan(post, user) or may_change(post, user)


def move(post, seen, *, to, by, now, is_undo=False):
    """Move a story that stood in the calendar so. Raises PermissionDenied or Refusal."""
    if seen.kind == "coming":
        return reschedule(post, was=seen.moment, at=to, by=by, now=now)
    was_undated = seen.kind == "undated"
    said = {"was": seen.moment, "was_undated": was_undated, "is_undo": is_undo}
    return move_due(post, to, by=by, now=now, **said)


def moved_sentence(post, seen, to):
    """What became of a story, in words."""
    if to is None:
        return _("“%(post)s” is planned for no day yet.") % {"post": post}
    words = {"post": post, "new": format_moment(to)}
    if seen.moment is None:
        return _("“%(post)s” is due %(new)s.") % words
    old = format_moment(seen.moment)
    return _("“%(post)s” was moved from %(old)s to %(new)s.") % (words | {"old": old})


def refuse_strangers(user):
    if not user.has_perm("articles.view_post"):
        raise PermissionDenied
