"""The page between a button and a step that readers notice or that needs a word."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.second_reader import Reading
from ...desk.workflow import STEPS, Refusal
from ...library.days import is_possible
from ...library.fields import TidyFormField
from ...publishing.dates import day_of
from ...publishing.editions.document import Parts
from ...publishing.steps.posted_on import Meant, is_posted_later
from ...publishing.steps.readiness import NotReady, shortcomings
from ..datetime_fields import MomentForm, said, zone_said
from .approval import about_approval
from .status_summary import chips, current_editions, sentences, standing
from .steps import BUTTONS, Action, mark, possible, refuse_role, take, told

EXPLAINED = {
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
REACHES_READERS = {Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK}
ON_APPROVAL = REACHES_READERS | {Action.APPROVE}
"""Steps whose page says what was changed since the last approval, and by whom."""
WITH_MOMENT = {Action.SCHEDULE, Action.WITHDRAW}


class NoteForm(forms.Form):
    """A word to colleagues, kept in the log."""

    note = TidyFormField(
        label=gettext_lazy("Note to colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, required, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = required
        self.fields["note"].error_messages["required"] = _(
            "Say in a note why, so that your colleague knows what to do."
        )


def chosen(moment_form):
    """The moment that a form gives, as far as it is right; or None."""
    right = moment_form is not None and moment_form.is_valid()
    return moment_form.cleaned_data["moment"] if right else None


class MeantForm(forms.Form):
    """What is meant by a “posted on” that is still to come."""

    meant = forms.ChoiceField(choices=Meant, widget=forms.RadioSelect, label="")
    meant.error_messages["required"] = gettext_lazy("Choose one of the two.")


class StepPage:
    """One step with one post, asked for and taken by one person."""

    def __init__(self, admin, request, post, action):
        refuse_role(action, request.user)
        self.admin, self.request, self.post, self.action = admin, request, post, Action(action)
        self.now = timezone.now()
        self.where = standing(current_editions(self.now).filter(post=post), self.now)

    def answer(self):
        """Ask, take the step, or say why not."""
        if self.request.method == "POST":
            return self.take()
        if self.action not in possible(self.post, self.request.user, self.where):
            return self.leave(messages.WARNING, self.not_possible())
        # Where a moment is to be chosen it may well be that of “posted on”.
        meant = None if self.action in WITH_MOMENT else self.meant_form(at=self.now)
        return self.ask(*self.forms(), meant=meant)

    def not_possible(self):
        return _("“%(step)s” is not possible now: this story is “%(status)s”.") % {
            "step": BUTTONS[self.action],
            "status": chips(self.post, self.where, self.now)[0].text,
        }

    def forms(self, data=None):
        """The note's form, and the moment's where the step has one."""
        note = NoteForm(data, required=STEPS[self.action].needs_note)
        if self.action not in WITH_MOMENT:
            return note, None
        must_choose = self.action == Action.SCHEDULE
        return note, MomentForm(
            data, now=self.now, must_choose=must_choose, initial=self.first_guess(must_choose)
        )

    def first_guess(self, must_choose):
        """The moment offered: the end of the embargo, what “posted on” says, or today."""
        said = filter(None, (self.post.embargo_until, self.post.published_at))
        latest = max((moment for moment in said if is_possible(moment)), default=self.now)
        if must_choose and latest > self.now:
            local = timezone.localtime(latest, timezone.get_default_timezone())
            return {"day": local.date(), "time": local.time()}
        return {"day": day_of(self.now)} if must_choose else {}

    def meant_form(self, data=None, *, at):
        """Asks for the one or the other where “posted on” is later than the step; else None."""
        asks = self.action in REACHES_READERS and is_posted_later(self.post, at)
        return MeantForm(data) if asks else None

    def take(self):
        note, moment = self.forms(self.request.POST)
        at = chosen(moment)
        meant = self.meant_form(self.request.POST, at=at or self.now)
        valid = [form.is_valid() for form in (note, moment, meant) if form is not None]
        if not all(valid):
            return self.ask(note, moment, meant=meant)
        try:
            done = take(
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
            return self.refused(refusal, note, moment, meant)
        return self.leave(messages.SUCCESS, self.told(done, at))

    def told(self, done, at):
        """What was done: an edition that waits for its “posted on” is scheduled."""
        if self.action in REACHES_READERS and self.now < done.live_from.replace(microsecond=0):
            return told(Action.SCHEDULE, at=done.live_from)
        return told(self.action, at=at)

    def refused(self, refusal, note, moment, meant):
        """Show the page again as the post is now, or leave it when the step makes no sense."""
        self.post.refresh_from_db()
        self.where = standing(current_editions(self.now).filter(post=self.post), self.now)
        if self.action not in possible(self.post, self.request.user, self.where):
            return self.leave(messages.ERROR, str(refusal))
        return self.ask(note, moment, refusal, meant=meant)

    def leave(self, level, message):
        messages.add_message(self.request, level, message)
        return HttpResponseRedirect(self.admin.address_after_step(self.request, self.post))

    def day(self, moment):
        """The day of the step, as far as it is chosen: on it the pictures must be free to use."""
        return day_of(chosen(moment) or self.now)

    def is_said(self, refusal, missing):
        """Whether the list of what is missing says what a refusal says."""
        return bool(missing) and (isinstance(refusal, NotReady) or str(refusal) in missing)

    def ask(self, note, moment, refusal=None, *, meant=None):
        """The page itself."""
        missing = []
        if self.action in REACHES_READERS:
            missing = shortcomings(self.post, Parts([self.post]), on=self.day(moment))
            unread_words = Reading(self.post).refusal(self.action, self.request.user)
            missing += [unread_words] if unread_words else []
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": BUTTONS[self.action],
            "subtitle": str(self.post),
            "opts": self.admin.opts,
            "media": self.admin.media,
            "post": self.post,
            "action": self.action,
            "label": BUTTONS[self.action],
            "explained": EXPLAINED[self.action],
            "chips": chips(self.post, self.where, self.now),
            "sentences": sentences(self.post, self.where, None, self.now),
            "preview_url": self.admin.preview_address(self.post),
            "saved": said(self.post.saved_at),
            "note_form": note,
            "moment_form": moment,
            "meant_form": meant,
            "posted_on": meant and said(self.post.published_at),
            "zone": zone_said(self.now),
            "time_now": said(self.now),
            "missing": missing,
            "refusal": None if self.is_said(refusal, missing) else refusal,
            "seen": mark(self.action, self.post),
            "approval": about_approval(self.post) if self.action in ON_APPROVAL else None,
        }
        return TemplateResponse(self.request, "admin/articles/post/step.html", context)
