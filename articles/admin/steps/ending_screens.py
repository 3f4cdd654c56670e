"""The pages of the steps that end a story's life on the site: withdrawing and killing it."""

from functools import cached_property

from django.contrib import messages
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...desk.rights.who_may import names_of_who_may
from ...desk.steps_table import KILL
from ...desk.translation import families_of
from ...publishing.endings.links_lost import links_lost
from ...publishing.endings.replace_links import replace_links
from ...publishing.kill.kill_request import open_request, refusal_to_confirm
from ...publishing.kill.words_of import pictures_of_its_own, recordings_of_its_own
from ..desk_page import desk_page
from ..fields.datetime_fields import format_moment
from .sealed_words import sealed_in_words
from .status_summary import display_name
from .step_forms import AskKillForm, WithdrawForm
from .step_screen import StepScreen
from .take_step import Action, can_take

MOST_PICTURES = 20
"""Pictures of a story that is to be killed and are named."""


class WithdrawScreen(StepScreen):
    """Says what loses its link, and offers another story for all of it."""

    def own_form(self, data=None):
        return WithdrawForm(data)

    def own_values(self, own):
        return {name: own.cleaned_data[name] for name in ("told", "replacement")}

    def own_context(self):
        may_kill = can_take(Action.ASK_KILL, self.story, self.request.user)
        return {"lost": links_lost(self.post, at=self.now), "may_kill": may_kill}

    def done(self, done, at, own):
        replacement = own.cleaned_data["replacement"]
        if own.cleaned_data["replace_links"] and at is None:
            now = timezone.now()
            outcome = replace_links(
                self.post, replacement, by=self.request.user, publish_again=True, now=now
            )
            self.tell(outcome, replacement)
        return super().done(done, at, own)

    def tell(self, outcome, replacement):
        """Messages about the stories that lead to the other one now, and those that do not."""
        published, waiting = len(outcome.published), outcome.to_publish
        if published:
            said = ngettext(
                "%(count)s story leads to “%(story)s” now.",
                "%(count)s stories lead to “%(story)s” now.",
                published,
            )
            messages.success(self.request, said % {"count": published, "story": replacement})
        names = [f"“{post}”" for post, _why in waiting[:5]]
        if names:
            said = _("Somebody has to publish these again: %s.")
            messages.warning(self.request, said % ", ".join(names))
        self.tell_of_those_to_come(outcome)
        for post, why in outcome.refused[:5]:
            messages.warning(self.request, f"“{post}”: {why}")
        for held in outcome.held[:5]:
            messages.warning(self.request, held)

    def tell_of_those_to_come(self, outcome):
        """A message about stories that were changed and that readers do not see yet."""
        to_come = [post for post in outcome.changed if post.status != post.Status.PUBLISHED]
        if not to_come:
            return
        said = _(
            "Changed, too, but not seen by readers yet: %s. An approval of them is of their "
            "earlier words."
        )
        messages.warning(self.request, said % ", ".join(f"“{post}”" for post in to_come[:5]))


class AskKillScreen(StepScreen):
    """Asks what readers are told; the story leaves the site at once."""

    def own_form(self, data=None):
        return AskKillForm(data)

    def own_context(self):
        return {"lost": links_lost(self.post, at=self.now), "kill": kill_facts(self.story)}

    def done_sentence(self, done, at):
        said = super().done_sentence(done, at)
        return said + " " + who_may_confirm(self.post, self.request.user)


class AnswerKillScreen(StepScreen):
    """Shows who asked for the kill and why, to the second person."""

    @cached_property
    def asked(self):
        return open_request(self.post)

    def response(self):
        if self.asked and self.action == Action.KILL:
            said = refusal_to_confirm(self.asked, self.request.user, now=self.now)
            if said:
                others = who_may_confirm(self.post, self.asked.by, self.request.user)
                return self.leave(messages.WARNING, said + " " + others)
        return super().response()

    def own_context(self):
        if self.asked is None:
            return {}
        facts = kill_facts(self.story) if self.action == Action.KILL else {}
        said = {"name": display_name(self.asked.by), "moment": format_moment(self.asked.at)}
        return {"asked": self.asked, "asked_by": _("%(name)s asked for it %(moment)s.") % said} | {
            "kill": facts
        }


class SealedScreen(StepScreen):
    """Asks for a reason, and answers with what was sealed."""

    def done(self, done, at, own):
        editions = done["rows"].get("articles.edition", [])
        return desk_page(
            self.admin,
            self.request,
            "post/sealed",
            title=_("Sealed words"),
            subtitle=str(self.post),
            post=self.post,
            editions=[as_shown(edition) for edition in editions],
            everything=sealed_in_words(done),
            is_nav_sidebar_enabled=False,
        )


def as_shown(edition):
    """A sealed edition as readers saw it; its body is in `pieces` of {html, links}."""
    return {
        **edition,
        "live_from": parse_datetime(edition["live_from"]),
        "pieces": edition["body"] or (),
    }


def who_may_confirm(post, *but):
    """Some colleagues who may be the second person of a kill, in a sentence."""
    names = names_of_who_may(KILL, post, but=but)
    if not names:
        return _("Nobody else may: ask an administrator to give a colleague the right.")
    return _("These may: %s.") % ", ".join(names)


def kill_facts(story):
    """What goes, and what stays, of a StoryAtHand: {editions, pictures, recordings,
    translations}."""
    return {
        "editions": story.newest.number if story.newest else 0,
        "pictures": list(pictures_of_its_own(story.post)[:MOST_PICTURES]),
        "recordings": list(recordings_of_its_own(story.post)[:MOST_PICTURES]),
        "translations": families_of([story.post])[story.post.pk],
    }


ENDING_SCREENS = {
    Action.WITHDRAW: WithdrawScreen,
    Action.ASK_KILL: AskKillScreen,
    Action.KILL: AnswerKillScreen,
    Action.DECLINE_KILL: AnswerKillScreen,
    Action.OPEN_SEALED: SealedScreen,
}
