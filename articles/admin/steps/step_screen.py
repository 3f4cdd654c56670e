"""The page of a step that readers notice or that needs a note."""

from copy import copy

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.embargo.embargoed import is_embargoed
from ...desk.second_reader_rule import TO_READERS
from ...desk.steps_table import STEPS
from ...desk.workflow import Refusal
from ...library.date_formats import local
from ...library.days import is_possible
from ...publishing.dates import day_of
from ...publishing.steps.embargo import embargo_refusals
from ...publishing.steps.posted_on import is_posted_later
from ...publishing.steps.readiness import NotReady
from ...publishing.stops.embargo import AlreadySeen
from ..desk_page import desk_page
from ..fields.datetime_fields import MomentForm, format_moment, format_time_zone
from .advice import checks, line_of, needs_of
from .approval_summary import approval_summary, approvals_by_link, document_diff
from .embargo_form import EmbargoForm, embargo_set_sentence
from .status_summary import status_chips, status_sentences
from .step_forms import MeantForm, NoteForm, ToldForm
from .story_at_hand import StoryAtHand
from .take_step import (
    OF_A_KILL,
    Action,
    button_label,
    can_take,
    done_sentence,
    refuse_role,
    stop_refusals,
    take_step,
    token_of,
)

STEP_HELP = {
    Action.BEGIN: gettext_lazy("The plan becomes the draft of whoever is to write it."),
    Action.SEND_TO_REVIEW: gettext_lazy(
        "An editor will read it. You can change it again if they send it back."
    ),
    Action.APPROVE: gettext_lazy("The story is good to be published."),
    Action.TAKE_BACK: gettext_lazy(
        "The story becomes a draft again. You can do that until a colleague has opened it."
    ),
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
    Action.BACK_TO_PLAN: gettext_lazy(
        "Nothing is written in it yet. It is planned as it was, for the same day and people."
    ),
    Action.PLACE_HOLD: gettext_lazy(
        "Nothing of the story goes out until somebody with that right lifts the hold: it is not "
        "published, scheduled or put back, and what is scheduled is held back. What readers see "
        "already stays."
    ),
    Action.LIFT_HOLD: gettext_lazy(
        "The story can go out again. What the hold took off the schedule is to be scheduled again."
    ),
    Action.EMBARGO: gettext_lazy(
        "Until then nothing of the story may be public, whoever tries. What is scheduled for an "
        "earlier hour is held back."
    ),
    Action.BREAK_EMBARGO: gettext_lazy(
        "The embargo ends now, before its time, and readers see the story as it is saved, at once. "
        "The log says who broke it and why."
    ),
    Action.ASK_KILL: gettext_lazy(
        "For legal reasons only. The story leaves the site at once. When somebody else has "
        "confirmed it, every word of it is gone from the site and the desk, for good; a lawyer "
        "can still read what was sealed."
    ),
    Action.KILL: gettext_lazy(
        "Every word of this story goes from the site and the desk, with its earlier editions, "
        "revisions and notes. Nothing brings it back."
    ),
    Action.DECLINE_KILL: gettext_lazy(
        "The story stays off the site, and may be put back like any other that was withdrawn."
    ),
    Action.OPEN_SEALED: gettext_lazy(
        "You will see all that was ever written of this story. That you opened it, and why, is "
        "kept in its log."
    ),
}
STEPS_WITH_APPROVAL = {*TO_READERS, Action.APPROVE}
"""Steps whose page says what was changed since the last approval, and by whom."""
STEPS_WITH_MOMENT = {Action.SCHEDULE, Action.WITHDRAW}
STEPS_WITH_EDITION = {Action.PUBLISH, Action.SCHEDULE}
"""Steps that put something else before the readers of a live story."""
STEPS_WITHOUT_CHECKS = {
    *(Action.CANCEL, Action.WITHDRAW, Action.BACK_TO_PLAN, Action.TAKE_BACK),
    *(Action.PLACE_HOLD, Action.LIFT_HOLD, Action.EMBARGO),
    *OF_A_KILL,
}
"""Steps after which nobody reads the story, whatever is missing."""


class StepScreen:
    """One step with one post, taken by one person."""

    def __init__(self, admin, request, post, action):
        refuse_role(action, request.user)
        self.admin, self.request, self.post, self.action = admin, request, post, Action(action)
        self.now = timezone.now()
        self.read_story()

    def read_story(self):
        compares = self.action in STEPS_WITH_APPROVAL
        self.story = StoryAtHand(self.post, self.now, words=compares)
        self.checked = {}

    @property
    def on_site(self):
        return self.story.on_site

    @property
    def is_possible(self):
        return can_take(self.action, self.story, self.request.user)

    def response(self):
        if self.request.method == "POST":
            return self.take()
        if not self.is_possible:
            return self.leave(messages.WARNING, self.not_possible())
        # Where a moment is to be chosen it may well be that of “posted on”.
        meant = None if self.action in STEPS_WITH_MOMENT else self.meant_form(at=self.now)
        return self.ask(*self.forms(), meant)

    def not_possible(self):
        if self.action == Action.EMBARGO and self.on_site.live:
            return str(AlreadySeen(self.post))
        return _("“%(step)s” is not possible now: this story is “%(status)s”.") % {
            "step": button_label(self.action, self.post, self.on_site),
            "status": status_chips(self.post, self.on_site, self.now)[0].text,
        }

    def forms(self, data=None):
        """The note's form, and the moment's where the step has one."""
        note = NoteForm(data, required=STEPS[self.action].needs_note)
        if self.action not in STEPS_WITH_MOMENT:
            return note, None
        must_choose = self.action == Action.SCHEDULE
        initial = self.initial_moment(must_choose) if data is None else {}
        return note, MomentForm(data, now=self.now, must_choose=must_choose, initial=initial)

    def initial_moment(self, must_choose):
        """The moment suggested: that for which it is scheduled, the end of the embargo, “posted
        on”, or today."""
        if must_choose and self.on_site.pending:
            due = local(self.on_site.pending.live_from)
            return {"day": due.date(), "time": due.time().replace(second=0, microsecond=0)}
        dates = filter(None, (self.post.embargo_until, self.post.published_at))
        latest = max(filter(is_possible, dates), default=self.now)
        if must_choose and latest > self.now:
            return {"day": local(latest).date(), "time": local(latest).time()}
        return {"day": day_of(self.now)} if must_choose else {}

    def meant_form(self, data=None, *, at):
        """Asks what is meant if “posted on” is later than the step; else None."""
        if self.action not in TO_READERS or self.action == Action.BREAK_EMBARGO:
            return None
        return MeantForm(data) if is_posted_later(self.post, at) else None

    def embargo_form(self, data=None):
        """Asks until when the story is embargoed; None for other steps."""
        if self.action != Action.EMBARGO:
            return None
        return EmbargoForm(data, post=self.post, user=self.request.user, now=self.now)

    def told_form(self, data=None):
        """Asks what readers of a live story are told of its change, if it is changed; else None.

        Where every word needs a second reader, the note is written with the others.
        """
        asks = self.is_changed_before_readers and not settings.SECOND_READER
        return ToldForm(data, instance=copy(self.post)) if asks else None

    @property
    def is_changed_before_readers(self):
        """Whether the step shows readers another text than they see now."""
        is_live = self.action in STEPS_WITH_EDITION and bool(self.on_site.live)
        return is_live and self.post.has_unpublished_changes

    def take(self):
        note, moment = self.forms(self.request.POST)
        at = moment and moment.chosen
        if self.is_for_embargo_end:
            moment, at = None, self.post.embargo_until
        meant = self.meant_form(self.request.POST, at=at or self.now)
        told = self.told_form(self.request.POST) if "change_kind" in self.request.POST else None
        embargo = self.embargo_form(self.request.POST)
        own = self.own_form(self.request.POST)
        forms = (note, moment, meant, told, embargo, own)
        self.embargo = embargo and embargo.chosen
        valid = [form.is_valid() for form in forms if form is not None]
        if not all(valid):
            return self.ask(note, moment, meant, told=told, embargo=embargo, own=own)
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
                told=told and {name: told.cleaned_data[name] for name in told.changed_data},
                embargo=self.embargo,
                own=own and self.own_values(own),
            )
        except Refusal as refusal:
            self.post.refresh_from_db()
            self.read_story()
            if not self.is_possible:
                return self.leave(messages.ERROR, str(refusal))
            moment = moment or self.forms()[1]
            return self.ask(note, moment, meant, refusal, told, embargo, own)
        return self.done(done, at, own)

    def done(self, done, at, own):
        """The answer when the step was taken."""
        for held in done if isinstance(done, list) else ():
            messages.warning(self.request, str(held))
        return self.leave(messages.SUCCESS, self.done_sentence(done, at))

    def own_form(self, data=None):
        """The form that this step alone has, or None; see `ending_screens`."""
        return

    def own_values(self, own):
        """What the step's own form says, as its function takes it."""
        return own.cleaned_data

    def own_context(self):
        """What the page of this step alone shows."""
        return {}

    def done_sentence(self, done, at):
        """An edition that waits for its “posted on” is scheduled, not published."""
        publishes = self.action in TO_READERS and self.action != Action.BREAK_EMBARGO
        if publishes and done.made_at < done.live_from.replace(microsecond=0):
            return done_sentence(Action.SCHEDULE, at=done.live_from)
        if self.action == Action.EMBARGO:
            return embargo_set_sentence(self.embargo, was=self.post, now=self.now)
        said = done_sentence(self.action, at=at)
        if self.action != Action.SEND_TO_REVIEW or not self.checks(self.now).missing:
            return said
        missing = " ".join(self.checks(self.now).missing)
        return said + " " + _("Before it is published: %s") % missing

    def leave(self, level, message):
        if self.asked_by_script:
            is_done = level == messages.SUCCESS
            return JsonResponse({"done" if is_done else "refused": str(message)})
        messages.add_message(self.request, level, message)
        return redirect("admin:articles_post_change", self.post.pk)

    def checks(self, at):
        """What is to be put right, and what is well to have, at a moment; asked once."""
        if at not in self.checked:
            self.checked[at] = checks(self.story, needs_of(self.post), at=at)
        return self.checked[at]

    def shortcomings(self, at):
        """What is missing before readers may see the story at a moment, in sentences."""
        if self.action in STEPS_WITHOUT_CHECKS:
            return []
        # The pictures must be free to use on that day.
        missing = self.checks(at).missing
        if self.told_form():
            missing = [line for line in missing if line.place not in ToldForm.Meta.fields]
        if self.action not in TO_READERS:
            return missing
        missing = [*stop_refusals(self.action, self.post, self.now), *missing]
        unread_words = self.story.review.refusal(self.action, self.request.user)
        return [*missing, unread_words] if unread_words else missing

    @property
    def is_for_embargo_end(self):
        """Whether the story is to be scheduled for the very end of the embargo that was shown."""
        shown, until = self.request.POST.get("embargo_end"), self.post.embargo_until
        return self.action == Action.SCHEDULE and until is not None and shown == until.isoformat()

    def embargo_end(self, missing):
        """{moment, value, url} of a button that schedules the story for the end of its embargo, if
        nothing else keeps it from that; else None."""
        post, schedules = self.post, {Action.PUBLISH, Action.SCHEDULE, Action.PUT_BACK}
        may_schedule = can_take(Action.SCHEDULE, self.story, self.request.user)
        if self.action not in schedules or not may_schedule or not post.embargo_until:
            return None
        if not is_embargoed(post, self.now) or set(missing) - set(embargo_refusals(post, self.now)):
            return None
        return {
            "moment": format_moment(post.embargo_until),
            "value": post.embargo_until.isoformat(),
            "url": reverse("admin:articles_post_step", args=[post.pk, Action.SCHEDULE]),
        }

    @property
    def asked_by_script(self):
        """Whether the writing screen takes the step, without leaving the page."""
        return self.request.headers.get("Accept") == "application/json"

    def line_of(self, shortcoming):
        return line_of(self.post, shortcoming)

    def changes_for_readers(self):
        """What differs from what readers see now, as rows for a table, or None."""
        if not self.is_changed_before_readers:
            return None
        return list(document_diff(self.story.live_document, self.story.document))

    def advice(self, at):
        """What is well to have and bars nothing, as lines."""
        if self.action in STEPS_WITHOUT_CHECKS:
            return []
        return [self.line_of(line) for line in self.checks(at).advice]

    def ask(self, note, moment, meant, refusal=None, told=None, embargo=None, own=None):
        """The page of the step; the first field in which something is wrong has the focus."""
        forms = filter(None, (own, told, embargo, moment, meant, note))
        wrong = [form.fields[name] for form in forms for name in form.errors if name in form.fields]
        if wrong:
            wrong[0].widget.attrs["autofocus"] = True
        if self.asked_by_script:
            return JsonResponse({"refused": str(refusal or ""), "page": self.request.path})
        at = (moment and moment.chosen) or self.now
        missing = self.shortcomings(at)
        if missing and (isinstance(refusal, NotReady) or str(refusal) in missing):
            refusal = None  # it is in the list of what is missing
        return desk_page(
            self.admin,
            self.request,
            "post/step",
            title=button_label(self.action, self.post, self.on_site),
            subtitle=str(self.post),
            post=self.post,
            action=self.action,
            help=STEP_HELP[self.action],
            chips=status_chips(self.post, self.on_site, self.now),
            sentences=[
                *status_sentences(self.post, self.on_site, None, self.now),
                *approvals_by_link(self.story),
            ],
            saved=format_moment(self.post.saved_at),
            note_form=note,
            moment_form=moment,
            meant_form=meant,
            posted_on=meant and format_moment(self.post.published_at),
            zone=format_time_zone(self.now),
            time_now=format_moment(self.now),
            checks=self.action not in STEPS_WITHOUT_CHECKS,
            missing=[self.line_of(shortcoming) for shortcoming in missing],
            advice=self.advice(at),
            is_barred=bool(missing) and self.action in TO_READERS,
            told_form=told or self.told_form(),
            embargo_form=embargo or self.embargo_form(),
            embargo_end=self.embargo_end(missing),
            changes=self.changes_for_readers(),
            own_form=own or self.own_form(),
            **self.own_context(),
            is_nav_sidebar_enabled=False,
            refusal=refusal,
            seen=token_of(self.action, self.post, self.story.newest),
            approval=approval_summary(self.story) if self.action in STEPS_WITH_APPROVAL else None,
        )
