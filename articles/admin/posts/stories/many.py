"""What can be done with many stories at once: to each what its own page would do, one by one."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....desk.post import Post
from ....desk.rights.may_do import may_do, may_somewhere
from ....desk.steps_table import STEPS, WRITE
from ....desk.workflow import Refusal
from ....desk.write_conflicts import tried_twice
from ....library.section import Section
from ....library.topic import Topic
from ....library.whole_numbers import parse_whole_number
from ....publishing.steps.filing import add_topic, put_into_section
from ....publishing.steps.hold_back import hold_back_refused
from ....publishing.steps.step import lock_post
from ...fields.alike_topics import alike_sentence
from ...steps.take_step import (
    BUTTON_LABELS,
    Action,
    Changed,
    change_sentence,
    done_sentence,
    take_step,
)
from .listed import PAGE_SIZE


@dataclass(frozen=True)
class Many:
    """An action: its key, its button, the permissions, and what it asks for beside it. With
    `asks_first` a page names the stories before anything is done."""

    key: str
    title: Any
    permissions: tuple[str, ...]
    wants: str = ""
    asks_first: bool = False

    def fits(self, post):
        if self.key == Action.PUBLISH:
            return post.status == Post.Status.READY
        if step := STEPS.get(self.key):
            reread = step.reread_origins if settings.SECOND_READER else set()
            return post.status in step.origins | reread
        return True

    def is_for(self, user, post):
        return self.fits(post) and all(may_do(user, each, post) for each in self.permissions)


def of_step(action, **options):
    return Many(action, BUTTON_LABELS[action], STEPS[action].permissions, **options)


MANY = [
    of_step(Action.SEND_TO_REVIEW),
    of_step(Action.APPROVE),
    of_step(Action.PUBLISH, asks_first=True),
    Many("section", gettext_lazy("Move to section"), (WRITE,), wants="section"),
    Many("topic", gettext_lazy("Add topic"), (WRITE,), wants="topic"),
]


@dataclass
class Outcome:
    """What became of each story: [(post, sentence)] of what was done, and of what was refused."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)


def known(user):
    """The actions that somebody's role knows."""
    return [many for many in MANY if all(may_somewhere(user, each) for each in many.permissions)]


def offered(user, posts):
    """Those of them that are possible with some of the stories shown, as far as roles and states
    tell."""
    return [many for many in known(user) if any(many.is_for(user, post) for post in posts)]


def chosen_action(request):
    """The Many that was asked for. Raises PermissionDenied."""
    key = request.POST.get("action", "")
    found = next((many for many in known(request.user) if many.key == key), None)
    if found is None:
        raise PermissionDenied(_("Your role does not allow this step."))
    return found


def chosen_posts(request):
    """The stories that were ticked, in the order of the list, at most a page of them."""
    ticked = map(parse_whole_number, request.POST.getlist("_selected_action"))
    keys = list(dict.fromkeys(key for key in ticked if key))[:PAGE_SIZE]
    found = Post.objects.select_related("section", "saved_by").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def seen_mark(post):
    """A story as the list shows it, which its actions bring back."""
    return f"{post.pk}/{post.version}/{post.status}"


def do_with_each(request, many, posts, *, log_change):
    """Do it with each story in a transaction of its own, and say what became of each.

    What changes a story without being a step, which logs itself, is logged by `log_change`. Raises
    Refusal or ValidationError for what was asked wrongly; then nothing was done.
    """
    outcome, now = Outcome(), timezone.now()
    act = action_on_one(request, many, now, log_change)
    seen = {mark.partition("/")[0]: mark for mark in request.POST.getlist("seen")}
    for post in posts:
        try:
            said = tried_twice(partial(do_with_one, act, post, seen.get(str(post.pk), "")))
            outcome.done.append((post, said))
        except (Refusal, PermissionDenied) as refusal:
            outcome.refused.append((post, sentences(refusal)))
        except Post.DoesNotExist:
            outcome.refused.append((post, _("It was deleted meanwhile.")))
    say(request, outcome)


@transaction.atomic
def do_with_one(act, post, seen):
    """Do it with a story that is still as the list showed it; returns what to say."""
    stored = lock_post(post)
    if not seen:
        raise Changed(_("The page did not say how this story was. Look again, then decide."))
    if seen != seen_mark(stored):
        raise Changed(change_sentence(stored, seen.partition("/")[2]))
    return act(stored)


def action_on_one(request, many, now, log_change):
    """The function that does it with one story and says what it did. Raises Refusal or
    ValidationError for what was asked wrongly."""
    user = request.user
    if many.key == "section":
        slug = request.POST.get("section", "").replace("\x00", "")[:120]
        section = Section.objects.filter(slug=slug).first()
        if section is None:
            raise Refusal(_("Choose a section, then press the button beside it."))
        return partial(filed, request, many, put_into_section, section, now, log_change)
    if many.key == "topic":
        topic = topic_named(request.POST.get("topic", ""), user)
        return partial(filed, request, many, add_topic, topic, now, log_change)
    return partial(stepped, many.key, user, now)


def topic_named(name, user):
    """The topic of this name; a new one, not stored yet, where this person may make it."""
    name = name.replace("\x00", "").strip()[:100]
    if not name:
        raise Refusal(_("Type the name of a topic, then press the button beside it."))
    if topic := Topic.objects.find_by_name(name):
        return topic
    if not user.has_perm("articles.add_topic"):
        raise Refusal(_("There is no topic “%s”.") % name)
    return Topic.new(name)


def stepped(action, user, now, post):
    if action == Action.PUBLISH and post.published_version is not None:
        raise Refusal(
            _("Readers know this story. Publish it on its own page, where you say what changed.")
        )
    take_step(action, post, by=user, now=now)
    return done_sentence(action)


def filed(request, many, file, under, now, log_change, post):
    alike = ""
    if under.pk is None:
        alike = alike_sentence(under.name)
        # With the first story that takes it: when all refuse, no topic is left over.
        under = Topic.objects.get_or_create_by_name(under.name)
    if not file(post, under, by=request.user, now=now):
        return _("Was there already.")
    log_change(request, post, [{"changed": {"fields": [many.wants]}}])
    held = hold_back_refused(by=request.user, post=post)
    return " ".join(filter(None, [_("Filed under %s.") % under, alike, *map(str, held)]))


def say(request, outcome):
    """One message of what was done and one of what was not, each with a line for each story."""
    done, refused = len(outcome.done), len(outcome.refused)
    if done:
        count = ngettext("Done with %s story", "Done with %s stories", done) % done
        messages.success(request, lines(count, outcome.done))
    if refused:
        count = ngettext("Not done with %s story", "Not done with %s stories", refused) % refused
        messages.error(request, lines(count, outcome.refused))


def lines(title, rows):
    said = format_html_join("", "<li><b>{}</b> {}</li>", ((post, what) for post, what in rows))
    return format_html('{}<ul class="said-of-each">{}</ul>', title, said)


def sentences(refusal):
    return " ".join(getattr(refusal, "messages", None) or [str(refusal)])
