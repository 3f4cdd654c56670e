"""The page of a step that readers notice or that needs a note."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.second_reader_rule import TO_READERS, ReviewState
from ...desk.workflow import STEPS, Refusal
from ...library.date_formats import local
from ...library.days import is_possible
from ...publishing.dates import day_of
from ...publishing.editions.document import Parts
from ...publishing.steps.posted_on import is_posted_later
from ...publishing.steps.readiness import NotReady, shortcomings
from ..datetime_fields import MomentForm, format_moment, format_time_zone
from ..desk_page import desk_page
from .approval_summary import approval_summary
from .status_summary import current_editions, site_status, status_chips, status_sentences
from .step_forms import MeantForm, NoteForm
from .take_step import (
    BUTTON_LABELS,
    Action,
    done_sentence,
    possible_steps,
    refuse_role,
    state_token,
    take_step,
)

STEP_HELP = {
    Action.SEND_TO_REVIEW: gettext_lazy(
        "An editor will read it. You can change it again if they send it back."
    ),
    Action.APPROVE: gettext_lazy("The story is good to be published."),
    Action.SEND_BACK: gettext_lazy("The story becomes a draft again, for its reporter to change."),
    Action.PUBLISH: gettext_lazy("Readers see the story as it is saved, at once."),
    Action.SCHEDULE: gettext_lazy(
        "Readers see the story as it is saved now, from that moment on. "
        "Later changes are not in it."
    ),
    Action.CANCEL: gettext_lazy("Nothing will happen at that moment. What readers see now stays."),
    Action.WITHDRAW: gettext_lazy(
        "The story leaves every list, and its address says that it was withdrawn. "
        "It can be put back."
    ),
    Action.PUT_BACK: gettext_lazy("Readers see the story again, as it is saved, at once."),
}
STEPS_WITH_APPROVAL = {*TO_READERS, Action.APPROVE}
"""Steps whose page says what was changed since the last approval, and by whom."""
STEPS_WITH_MOMENT = {Action.SCHEDULE, Action.WITHDRAW}


class StepScreen:
    """One step with one post, taken by one person."""

    def __init__(self, admin, request, post, action):
        refuse_role(action, request.user)
        self.admin, self.request, self.post, self.action = admin, request, post, Action(action)
        self.now = timezone.now()
        self.read_status()

    def read_status(self):
        editions = current_editions(self.now).filter(post=self.post)
        self.on_site = site_status(editions, self.now)
        self.is_possible = self.action in possible_steps(self.post, self.request.user, self.on_site)

    def response(self):
        if self.request.method == "POST":
            return self.take()
        if not self.is_possible:
            return self.leave(messages.WARNING, self.not_possible())
        # Where a moment is to be chosen it may well be that of “posted on”.
        meant = None if self.action in STEPS_WITH_MOMENT else self.meant_form(at=self.now)
        return self.ask(*self.forms(), meant)

    def not_possible(self):
        return _("“%(step)s” is not possible now: this story is “%(status)s”.") % {
            "step": BUTTON_LABELS[self.action],
            "status": status_chips(self.post, self.on_site, self.now)[0].text,
        }

    def forms(self, data=None):
        """The note's form, and the moment's where the step has one."""
        note = NoteForm(data, required=STEPS[self.action].needs_note)
        if self.action not in STEPS_WITH_MOMENT:
            return note, None
        must_choose = self.action == Action.SCHEDULE
        return note, MomentForm(
            data, now=self.now, must_choose=must_choose, initial=self.initial_moment(must_choose)
        )

    def initial_moment(self, must_choose):
        """The moment suggested: the end of the embargo, “posted on”, or today."""
        dates = filter(None, (self.post.embargo_until, self.post.published_at))
        latest = max(filter(is_possible, dates), default=self.now)
        if must_choose and latest > self.now:
            return {"day": local(latest).date(), "time": local(latest).time()}
        return {"day": day_of(self.now)} if must_choose else {}

    def meant_form(self, data=None, *, at):
        """Asks what is meant if “posted on” is later than the step; else None."""
        asks = self.action in TO_READERS and is_posted_later(self.post, at)
        return MeantForm(data) if asks else None

    def take(self):
        note, moment = self.forms(self.request.POST)
        at = moment and moment.chosen
        meant = self.meant_form(self.request.POST, at=at or self.now)
        valid = [form.is_valid() for form in (note, moment, meant) if form is not None]
        if not all(valid):
            return self.ask(note, moment, meant)
        try:
            done = take_step(
                self.action,
                self.post,
                by=self.request.user,
                now=self.now,
                seen=self.request.POST.get("seen", ""),
                at=at,
                note=note.cleaned_data["note"],
                meant=meant and meant.cleaned_data["meant"],
            )
        except Refusal as refusal:
            self.post.refresh_from_db()
            self.read_status()
            if not self.is_possible:
                return self.leave(messages.ERROR, str(refusal))
            return self.ask(note, moment, meant, refusal)
        return self.leave(messages.SUCCESS, self.done_sentence(done, at))

    def done_sentence(self, done, at):
        """An edition that waits for its “posted on” is scheduled, not published."""
        if self.action in TO_READERS and self.now < done.live_from.replace(microsecond=0):
            return done_sentence(Action.SCHEDULE, at=done.live_from)
        return done_sentence(self.action, at=at)

    def leave(self, level, message):
        messages.add_message(self.request, level, message)
        return redirect("admin:articles_post_change", self.post.pk)

    def shortcomings(self, at):
        """What is missing for the step at a moment, in sentences."""
        if self.action not in TO_READERS:
            return []
        # The pictures must be free to use on that day.
        missing = shortcomings(self.post, Parts([self.post]), on=day_of(at))
        unread_words = ReviewState(self.post).refusal(self.action, self.request.user)
        return [*missing, unread_words] if unread_words else missing

    def ask(self, note, moment, meant, refusal=None):
        missing = self.shortcomings((moment and moment.chosen) or self.now)
        if missing and (isinstance(refusal, NotReady) or str(refusal) in missing):
            refusal = None  # it is in the list of what is missing
        return desk_page(
            self.admin,
            self.request,
            "post/step",
            title=BUTTON_LABELS[self.action],
            subtitle=str(self.post),
            post=self.post,
            action=self.action,
            help=STEP_HELP[self.action],
            chips=status_chips(self.post, self.on_site, self.now),
            sentences=status_sentences(self.post, self.on_site, None, self.now),
            saved=format_moment(self.post.saved_at),
            note_form=note,
            moment_form=moment,
            meant_form=meant,
            posted_on=meant and format_moment(self.post.published_at),
            zone=format_time_zone(self.now),
            time_now=format_moment(self.now),
            missing=missing,
            refusal=refusal,
            seen=state_token(self.action, self.post),
            approval=approval_summary(self.post) if self.action in STEPS_WITH_APPROVAL else None,
        )
